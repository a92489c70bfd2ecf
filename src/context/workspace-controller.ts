import { ContextEvent, ContextRoot } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Workspace } from '../streams/workspace.js';
import { Patience } from './patience.js';
import { workspaceContext, workspaceRegistry } from './workspace-context.js';

let root: ContextRoot | null = null;

/** Keeps requests that nobody has answered, for a provider that comes later. */
function keepRequests(): void {
  if (root) return;
  root = new ContextRoot();
  root.attach(document.documentElement);
}

type Host = ReactiveControllerHost & HTMLElement & { readonly workspace: Workspace | null };

/** Finds the workspace of an element: by id if there is one, else that of the nearest provider around it, also when that comes later or another does. */
export class WorkspaceController implements ReactiveController {
  readonly #host: Host;
  readonly #patience = new Patience();
  #id: string | null = null;
  #workspace: Workspace | null = null;
  #connected = false;
  #answered = false;
  #leave: (() => void) | null = null;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  get workspace(): Workspace | null {
    return this.#workspace;
  }

  /** The id of the `<whatsapp-workspace>`; null to look around. */
  set id(id: string | null) {
    if (id === this.#id) return;
    this.#id = id;
    if (this.#connected) this.#look();
  }

  hostConnected(): void {
    this.#connected = true;
    this.#look();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#patience.end();
    this.#leave?.();
    this.#leave = null;
  }

  #look(): void {
    this.#leave?.();
    this.#leave = null;
    const id = this.#id;
    this.#patience.begin(
      () => !this.#host.workspace,
      ({ warnOfMissingWorkspace }) => warnOfMissingWorkspace(this.#host, id),
    );
    if (id !== null) {
      this.#leave = workspaceRegistry.subscribe(id, (workspace) => this.#use(workspace));
      this.#use(workspaceRegistry.get(id));
      return;
    }
    keepRequests();
    this.#answered = false;
    this.#host.dispatchEvent(new ContextEvent(workspaceContext, this.#host, this.#onContext, true));
    // Moved to where there is none: what it had is not its own any more.
    if (!this.#answered) this.#use(null);
  }

  readonly #onContext = (workspace: Workspace | null, unsubscribe?: () => void): void => {
    // A request from before a move, or before an id was given, may be answered later.
    if (!this.#connected || this.#id !== null) {
      unsubscribe?.();
      return;
    }
    if (unsubscribe && unsubscribe !== this.#leave) {
      this.#leave?.();
      this.#leave = unsubscribe;
    }
    this.#answered = true;
    this.#use(workspace);
  };

  #use(workspace: Workspace | null): void {
    if (workspace === this.#workspace) return;
    this.#workspace = workspace;
    this.#host.requestUpdate();
  }
}
