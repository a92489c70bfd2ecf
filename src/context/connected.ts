import type { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { Workspace } from '../streams/workspace.js';
import { WorkspaceController } from './workspace-controller.js';

// oxlint-disable-next-line typescript/no-explicit-any -- TypeScript asks for exactly this of a mixin's constructor.
type Constructor<T> = abstract new (...args: any[]) => T;

/** What an element has that finds its workspace. */
export declare class ConnectedInterface {
  /**
   * The workspace: one set here, else the one of `workspace="id"`, else that of the `<whatsapp-workspace>` around the element. null while there is none.
   */
  get workspace(): Workspace | null;
  set workspace(workspace: Workspace | null);
  /** The id of a `<whatsapp-workspace>` somewhere else on the page. */
  workspaceId: string | null;
}

/** Gives an element its workspace, whether the provider is there first, comes later, or the element moves. */
export function Connected<T extends Constructor<LitElement>>(Base: T): T & Constructor<ConnectedInterface> {
  abstract class ConnectedElement extends Base {
    readonly #found = new WorkspaceController(this);
    #given: Workspace | null = null;
    #id: string | null = null;

    @property({ attribute: 'workspace' })
    get workspaceId(): string | null {
      return this.#id;
    }
    set workspaceId(id: string | null) {
      this.#id = id || null;
      this.#found.id = this.#id;
    }

    @property({ attribute: false })
    get workspace(): Workspace | null {
      return this.#given ?? this.#found.workspace;
    }
    set workspace(workspace: Workspace | null) {
      this.#given = workspace ?? null;
    }
  }
  return ConnectedElement as unknown as T & Constructor<ConnectedInterface>;
}
