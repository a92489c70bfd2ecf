import type { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { Observable } from 'rxjs';
import type { Workspace } from '../streams/workspace.js';
import { FrameGate } from './frame-gate.js';
import { fromWorkspace } from './from-workspace.js';
import { WorkspaceController } from './workspace-controller.js';

// oxlint-disable-next-line typescript/no-explicit-any -- TypeScript asks for exactly this of a mixin's constructor.
type Constructor<T> = abstract new (...args: any[]) => T;

/** An element that looks as was chosen for all elements of its workspace, if it can. */
interface Looking extends LitElement {
  look?(looks: Settings | null): void;
}

type Settings = Workspace['settings$'] extends Observable<infer S> ? S : never;

/** What an element has that finds its workspace. */
export declare class ConnectedInterface {
  /**
   * The workspace: one set here (an id is taken for `workspaceId`), else the one of `workspace="id"`, else that of the `<whatsapp-workspace>` around
   * the element. null while there is none.
   */
  get workspace(): Workspace | null;
  set workspace(workspace: Workspace | string | null);
  /** The id of a `<whatsapp-workspace>` somewhere else on the page. */
  workspaceId: string | null;
}

function isWorkspace(value: unknown): value is Workspace {
  return typeof value === 'object' && value !== null && 'state$' in value;
}

/**
 * Gives an element its workspace, and the looks that were chosen for all of its elements, whether the provider is there first, comes later, or the
 * element moves.
 */
export function Connected<T extends Constructor<Looking>>(Base: T): T & Constructor<ConnectedInterface> {
  abstract class ConnectedElement extends Base {
    readonly #found = new WorkspaceController(this);
    readonly #gate = new FrameGate();
    readonly #looks = fromWorkspace<Settings | null>(this, ({ settings$ }) => settings$, null);
    #given: Workspace | null = null;
    #id: string | null = null;
    /** Whether the id came by the property `workspace`, and goes with it. */
    #idByProperty = false;

    @property({ attribute: 'workspace' })
    get workspaceId(): string | null {
      return this.#id;
    }
    set workspaceId(id: string | null) {
      this.#id = typeof id === 'string' && id !== '' ? id : null;
      this.#idByProperty = false;
      this.#found.id = this.#id;
    }

    @property({ attribute: false })
    get workspace(): Workspace | null {
      return this.#given ?? this.#found.workspace;
    }
    set workspace(workspace: Workspace | string | null) {
      this.#given = isWorkspace(workspace) ? workspace : null;
      // Some frameworks set the property where the page's author wrote the attribute.
      const id = typeof workspace === 'string' ? workspace : null;
      if (id !== null || this.#idByProperty) this.workspaceId = id;
      this.#idByProperty = id !== null;
    }

    /** Events come one by one, thousands of them in a frame when a link is back; what nobody would see is not rendered. */
    protected override scheduleUpdate(): void | Promise<unknown> {
      const { closed } = this.#gate;
      return closed ? closed.then(() => this.#renderNow()) : this.#renderNow();
    }

    #renderNow(): void | Promise<unknown> {
      this.#gate.close();
      this.look?.(this.#looks.value);
      return super.scheduleUpdate();
    }
  }
  return ConnectedElement as unknown as T & Constructor<ConnectedInterface>;
}
