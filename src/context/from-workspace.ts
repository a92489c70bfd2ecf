import type { ReactiveControllerHost } from 'lit';
import { distinctUntilChanged, map } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Workspace } from '../streams/workspace.js';
import { StreamController } from './stream-controller.js';

type Host = ReactiveControllerHost & { readonly workspace: Workspace | null };

/** One of the workspace's streams, for an element that is connected; `initial` while there is no workspace. */
export function fromWorkspace<T>(
  host: Host,
  stream: (workspace: Workspace) => Observable<T>,
  initial: T,
): StreamController<T> {
  return new StreamController<T>(
    host,
    () => host.workspace && stream(host.workspace),
    initial,
    () => [host.workspace],
  );
}

/** A part of what one of the workspace's streams says, told only when it is another one than before: what does not concern an element must not render it. */
export function partOf<T, P>(
  host: Host,
  stream: (workspace: Workspace) => Observable<T>,
  part: (value: T) => P,
  initial: P,
): StreamController<P> {
  return fromWorkspace(
    host,
    (workspace) => stream(workspace).pipe(map(part), distinctUntilChanged()),
    initial,
  );
}

/** A part of the workspace's state. */
export function fromState<P>(
  host: Host,
  part: (state: Workspace['state']) => P,
  initial: P,
): StreamController<P> {
  return partOf(host, (workspace) => workspace.state$, part, initial);
}
