import { ContextProvider } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Workspace } from '../streams/workspace.js';
import { workspaceContext } from './workspace-context.js';

type Host = ReactiveControllerHost & HTMLElement & { readonly workspace: Workspace | null };

/** Hands an element's workspace on to the elements inside it, wherever it has it from: those that are given none find this one. */
export class WorkspaceInside implements ReactiveController {
  readonly #host: Host;
  readonly #provider: ContextProvider<typeof workspaceContext, Host>;

  constructor(host: Host) {
    this.#host = host;
    this.#provider = new ContextProvider(host, { context: workspaceContext, initialValue: null });
    host.addController(this);
  }

  hostUpdate(): void {
    this.#provider.setValue(this.#host.workspace);
  }
}
