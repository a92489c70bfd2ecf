import { distinctUntilChanged, map, scan } from 'rxjs';
import type { Observable } from 'rxjs';
import { isKnown } from '../../model/index.js';
import type { WorkspaceInput, WorkspaceState } from '../../model/index.js';
import { changedInteractions } from '../state/index.js';
import type { Store } from '../state/index.js';
import { sameElements } from '../operators/index.js';

/** An interaction that is over. */
export interface Ending {
  readonly interaction: string;
  /** The one that it ended in, when two contacts turned out to be one person. */
  readonly into: string | null;
}

/** What an input ends; null for nearly all. */
export function endingIn(input: WorkspaceInput): Ending | null {
  if (input.kind !== 'event' || !isKnown(input.event)) return null;
  const { type, body } = input.event;
  if (type === 'interaction-done') return { interaction: body.interaction.id, into: null };
  if (type === 'interaction-merged') return { interaction: body.interaction.id, into: body.into.id };
  return null;
}

type Joined = ReadonlyMap<string, readonly string[]>;

const NONE: readonly string[] = [];

/** What has ended in the interactions on the desk, heard of or not, when that changes. Replays. */
export function endings(store: Store): Observable<readonly Ending[]> {
  return changedInteractions(store).pipe(
    scan<string | null, Joined>((known, id) => joinedIn(store.state, known, id), new Map()),
    distinctUntilChanged(),
    map((joined) =>
      [...joined].flatMap(([into, ended]) => ended.map((interaction) => ({ interaction, into }))),
    ),
  );
}

/** The same map while the same has ended. Walks through the desk only where several interactions may have changed. */
function joinedIn({ interactions }: WorkspaceState, known: Joined, changed: string | null): Joined {
  const now = new Map(changed === null ? [] : known);
  const looked = changed === null ? interactions.keys() : [changed];
  for (const id of looked) {
    const { joined = NONE } = interactions.get(id) ?? {};
    if (joined.length > 0) now.set(id, joined);
    else now.delete(id);
  }
  return sameLists(now, known) ? known : now;
}

function sameLists(a: Joined, b: Joined): boolean {
  return a.size === b.size && [...a].every(([key, list]) => sameElements(list, b.get(key) ?? NONE));
}
