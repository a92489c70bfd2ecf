import { asyncScheduler, filter, ignoreElements, merge, mergeMap, tap, timer } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import type { WorkspaceInput } from '../../model/index.js';
import { RecentSet } from '../operators/index.js';
import type { Store } from '../state/index.js';
import type { OutboxStore } from './outbox-store.js';

/** How long the echo of an accepted message may stay away before the position in the log is taken as proof. In milliseconds. */
export const ECHO_PATIENCE = 2_000;

/** More than are ever accepted at a time and without an echo. */
const OVERDUE_REMEMBERED = 1_000;

export interface AcknowledgementOptions {
  readonly store: Store;
  readonly scheduler?: SchedulerLike;
}

/**
 * Lets messages leave that the log has, in every tab by its own: by their echo (the event, or the transcript, that has their client id), and where a
 * snapshot has no echoes, by their place in the log. Never emits.
 */
export function acknowledge(
  outbox: OutboxStore,
  { store, scheduler = asyncScheduler }: AcknowledgementOptions,
): Observable<never> {
  /** Accepted messages whose echo is not waited for any longer: should it still be on its way, the message must not blink. */
  const overdue = new RecentSet<string>(OVERDUE_REMEMBERED);
  const settle = (): void => {
    const { cursor } = store.state;
    for (const { clientId, step } of outbox.items) {
      if (step.at !== 'accepted' || !cursor) continue;
      const { epoch, seq } = step.cursor;
      // A log that was replaced may never show what another tab had seen in it.
      const isIn = cursor.epoch === epoch ? overdue.has(clientId) && cursor.seq >= seq : step.logged;
      if (isIn) outbox.leave(step.cursor, [clientId]);
    }
  };
  const folded$ = store.folded$.pipe(tap((input) => acknowledgeEchoes(outbox, store.state.epoch, input)));
  const overdue$ = outbox.items$.pipe(
    mergeMap((items) => items),
    filter(({ clientId, step }) => step.at === 'accepted' && !overdue.has(clientId)),
    mergeMap(({ clientId }) => timer(ECHO_PATIENCE, scheduler).pipe(tap(() => overdue.add(clientId)))),
  );
  return merge(folded$, overdue$).pipe(tap(settle), ignoreElements());
}

/** The agent's messages that an input brings into the log's sight leave. */
function acknowledgeEchoes(outbox: OutboxStore, epoch: string, input: WorkspaceInput): void {
  if (input.kind === 'event') {
    const { type, seq, command } = input.event;
    // A message has the id of its command as client id. A reaction has no message of its own.
    if (type === 'message-sent' || type === 'message-changed') outbox.leave({ epoch, seq }, [command]);
  }
  if (input.kind === 'transcript-page') {
    const { items, cursor } = input.page;
    outbox.leave(
      cursor,
      items.map((item) => (item.kind === 'message' ? item.message.clientId : null)),
    );
  }
}
