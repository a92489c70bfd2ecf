import { distinctUntilChanged, scan } from 'rxjs';
import type { Observable } from 'rxjs';
import { isKnown } from '../../model/index.js';
import type { WorkspaceInput } from '../../model/index.js';
import { changedInteractions } from '../state/index.js';
import type { Store } from '../state/index.js';

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

/** What has ended in the interactions on the desk, heard of or not, when that changes. Replays. Walks through the desk only where several may have changed. */
export function endings(store: Store): Observable<readonly Ending[]> {
  return changedInteractions(store).pipe(
    scan<string | null, readonly Ending[]>((known, id) => {
      const { interactions } = store.state;
      const changed = id === null ? [...interactions.values()] : [interactions.get(id)];
      const now = changed.flatMap((one) =>
        one ? (one.joined ?? []).map((interaction) => ({ interaction, into: one.id })) : [],
      );
      const rest = known.filter(({ into }) => id !== null && into !== id);
      const before = known.filter((ending) => !rest.includes(ending));
      return JSON.stringify(now) === JSON.stringify(before) ? known : [...rest, ...now];
    }, []),
    distinctUntilChanged(),
  );
}
