import { asyncScheduler, ignoreElements, merge, mergeMap, tap, timer } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import type { DomainEvent, OutboxItem, WorkspaceInput } from '../../model/index.js';
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
 * Lets messages leave that the log has, in every tab: by their echo (the event, or the transcript, that has their client id), and where a snapshot has
 * no echoes, by their place in the log. Never emits.
 */
export function acknowledge(
  outbox: OutboxStore,
  { store, scheduler = asyncScheduler }: AcknowledgementOptions,
): Observable<never> {
  /** Accepted messages whose echo is not waited for any longer. */
  const overdue = new RecentSet<string>(OVERDUE_REMEMBERED);
  const settle = (item: OutboxItem): void => {
    if (item.step.at !== 'accepted') return;
    const { cursor } = store.state;
    const { epoch, seq } = item.step.cursor;
    // The next place counts, not this one: should the echo still be on its way, the message must not blink.
    const proof = overdue.has(item.clientId) ? seq : seq + 1;
    if (cursor?.epoch === epoch && cursor.seq >= proof) outbox.leave(item.clientId);
  };
  const awaited = new RecentSet<string>(OVERDUE_REMEMBERED);
  let items: readonly OutboxItem[] = [];
  const folded$ = store.folded$.pipe(
    tap((input) => {
      const echoes = echoesIn(input);
      if (echoes.length > 0) outbox.leave(...echoes);
      items.forEach(settle);
    }),
  );
  const overdue$ = outbox.items$.pipe(
    tap((now) => (items = now)),
    mergeMap((now) => now.filter(({ clientId, step }) => step.at === 'accepted' && !awaited.has(clientId))),
    tap(({ clientId }) => awaited.add(clientId)),
    mergeMap((item) =>
      timer(ECHO_PATIENCE, scheduler).pipe(
        tap(() => overdue.add(item.clientId)),
        tap(() => settle(item)),
      ),
    ),
  );
  return merge(folded$, overdue$).pipe(ignoreElements());
}

/** Client ids of the agent's messages that an input brings into the log's sight. */
function echoesIn(input: WorkspaceInput): readonly string[] {
  if (input.kind === 'event' && input.event.type === 'message-sent') {
    const { message } = (input.event as DomainEvent<'message-sent'>).body;
    return message.clientId === null ? [] : [message.clientId];
  }
  if (input.kind !== 'transcript-page') return [];
  return input.page.items.flatMap((item) =>
    item.kind === 'message' && item.message.clientId !== null ? [item.message.clientId] : [],
  );
}
