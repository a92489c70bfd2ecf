import {
  BehaviorSubject,
  EMPTY,
  Subscription,
  asyncScheduler,
  catchError,
  concatMap,
  defer,
  distinctUntilChanged,
  filter,
  finalize,
  groupBy,
  map,
  merge,
  mergeMap,
  switchMap,
  take,
  takeUntil,
  tap,
  timer,
} from 'rxjs';
import type { Observable } from 'rxjs';
import type { Command, DomainEvent, OutboxItem, Receipt, WorkspaceInput } from '../model/index.js';
import { answered } from './answered.js';
import type { AnswerOptions } from './answered.js';
import type { Desk } from './desk.js';
import { sameElements } from './equal.js';
import { failureOf } from './failure.js';
import { entryOf, isDue, joinStored, putEntry, putForeign, queued, turns } from './outbox-entries.js';
import type { OutboxEntries, OutboxEntry } from './outbox-entries.js';
import type { Locks } from './platform.js';
import type { Store } from './store.js';

/** How long the echo of an accepted message may stay away before the position in the log is taken as proof. In milliseconds. */
export const ECHO_PATIENCE = 2_000;

/** How many messages that have left are remembered, so that late news of them does not bring them back. */
const LEFT_REMEMBERED = 1_000;

export interface OutboxOptions extends AnswerOptions {
  readonly store: Store;
  /** null while the storage is not open. */
  readonly desk$: Observable<Desk | null>;
  readonly online$: Observable<boolean>;
  readonly locks: Locks;
}

/**
 * Messages on their way to the log. Each is stored before it is sent, and leaves only when the log has shown it (its echo) or the agent discards it.
 *
 * Of the agent's tabs one at a time sends, elected by a lock among those that are online; within it, messages of one contact go in order and
 * contacts in parallel. What a tab was sending when it lost its link, the lock or its life is sent again with the same id, which has no
 * second effect. Nothing here errors: a refusal becomes a failed item, and what comes behind it goes on.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #entries$ = new BehaviorSubject<OutboxEntries>([]);
  readonly #left = new Set<string>();
  readonly #subscription = new Subscription();
  #desk: Desk | null = null;

  /** What is on its way, oldest first. Replays. */
  readonly items$: Observable<readonly OutboxItem[]> = this.#entries$.pipe(
    map((entries) => entries.map(({ item }) => item)),
    distinctUntilChanged(sameElements),
  );

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#subscription.add(options.store.folded$.subscribe((input) => this.#noticeEchoes(input)));
    this.#subscription.add(
      options.desk$
        .pipe(
          tap((desk) => this.#sitDown(desk)),
          switchMap((desk) => (desk ? this.#serve(desk) : EMPTY)),
        )
        .subscribe(),
    );
  }

  get(clientId: string): OutboxItem | undefined {
    return entryOf(this.#entries$.value, clientId)?.item;
  }

  /** Shows the message at once and sends it in its turn. With the storing of it, the draft of its interaction is forgotten or kept. */
  add(item: OutboxItem, draft: 'forget' | 'keep'): void {
    this.#put({ item, stored: false, accepted: null });
    if (this.#desk) this.#store(this.#desk, item, draft);
  }

  /**
   * Sends a failed message again as the same one, if nobody knows whether it went: its id keeps it from going twice. What was refused for a reason
   * needs a new message, because the id has had its answer.
   * @returns Whether this is such a message.
   */
  sendAgain(clientId: string): boolean {
    const desk = this.#desk;
    const item = this.get(clientId);
    if (!desk || item?.state !== 'failed' || item.error?.kind !== 'unavailable') return false;
    const again = queued(item);
    desk.storage
      .write((storage) => storage.updateOutbox(again))
      .subscribe(() => {
        if (this.#desk === desk && this.get(clientId)?.state === 'failed') this.#change(desk, again);
      });
    return true;
  }

  /** Throws a failed message away; does nothing with others, which may have left already. */
  discard(clientId: string): void {
    if (this.get(clientId)?.state !== 'failed') return;
    this.#leave(clientId);
    this.#desk?.tabs.tell({ kind: 'discarded', clientId });
  }

  /** Emits once and completes when no message of the interaction is still to be handed over. */
  drained$(interaction: string): Observable<unknown> {
    const waits = (entry: OutboxEntry): boolean => entry.item.interaction === interaction && isDue(entry);
    return this.#entries$.pipe(
      filter((entries) => !entries.some(waits)),
      take(1),
    );
  }

  close(): void {
    this.#subscription.unsubscribe();
    this.#entries$.complete();
  }

  #sitDown(desk: Desk | null): void {
    this.#desk = desk;
    if (!desk) {
      this.#entries$.next([]);
      return;
    }
    for (const { item, stored } of this.#entries$.value) if (!stored) this.#store(desk, item, 'keep');
  }

  #serve(desk: Desk): Observable<unknown> {
    const { tabs } = desk;
    return merge(
      this.#load(desk),
      tabs.hear('outbox').pipe(tap(({ item }) => this.#hear(item))),
      tabs.hear('discarded').pipe(tap(({ clientId }) => this.#forget(clientId))),
      this.#flush(desk),
    );
  }

  #load(desk: Desk): Observable<unknown> {
    return desk.storage
      .read((storage) => storage.outbox(), [])
      .pipe(
        tap((items) => {
          const stale = items.filter(({ clientId }) => this.#left.has(clientId));
          const stored = items.filter((item) => !stale.includes(item));
          this.#entries$.next(joinStored(this.#entries$.value, stored));
          for (const { clientId } of stale)
            desk.storage.write((storage) => storage.deleteFromOutbox(clientId));
        }),
      );
  }

  /** Only tabs that are online stand for election, so that one without a link does not keep the others from sending. */
  #flush(desk: Desk): Observable<unknown> {
    const { online$, locks } = this.#options;
    const held$ = locks.hold(`${desk.name} outbox`).pipe(
      // What other tabs have stored, and perhaps died over, is sent by this one.
      switchMap(() => this.#load(desk)),
      switchMap(() => this.#lanes(desk)),
    );
    return online$.pipe(switchMap((online) => (online ? held$ : EMPTY)));
  }

  #lanes(desk: Desk): Observable<unknown> {
    return this.#entries$.pipe(
      mergeMap(turns),
      groupBy(({ contact }) => contact),
      mergeMap((lane) =>
        lane.pipe(
          map(({ next }) => next),
          // A message that comes round again has been nobody's turn between.
          distinctUntilChanged(),
          concatMap((next) => (next === null ? EMPTY : this.#deliver(desk, next))),
        ),
      ),
    );
  }

  /** Completes when the message is accepted, failed or gone. */
  #deliver(desk: Desk, clientId: string): Observable<unknown> {
    return defer(() => {
      const entry = entryOf(this.#entries$.value, clientId);
      if (!entry || !isDue(entry)) return EMPTY;
      const { item } = entry;
      this.#change(desk, { ...item, state: 'sending', error: null });
      return answered(sendMessage(item), this.#options).pipe(
        tap((receipt) => this.#believe(desk, item, receipt)),
        catchError((error: unknown) => {
          const { kind, sentence } = failureOf(error);
          this.#fail(desk, item, { kind: kind === 'invalid' ? 'invalid' : 'unavailable', sentence });
          return EMPTY;
        }),
        takeUntil(this.#gone$(clientId)),
        finalize(() => this.#requeue(desk, clientId)),
      );
    });
  }

  #believe(desk: Desk, item: OutboxItem, receipt: Receipt): void {
    if (!receipt.ok) {
      this.#fail(desk, item, { kind: receipt.error.kind, sentence: receipt.error.sentence });
      return;
    }
    const entry = entryOf(this.#entries$.value, item.clientId);
    if (!entry) return;
    const { store, scheduler = asyncScheduler } = this.#options;
    this.#put({ ...entry, accepted: { epoch: store.state.epoch, seq: receipt.seq } });
    this.#subscription.add(
      timer(ECHO_PATIENCE, scheduler).subscribe(() => this.#leaveIfShown(item.clientId, receipt.seq)),
    );
  }

  #fail(desk: Desk, item: OutboxItem, error: NonNullable<OutboxItem['error']>): void {
    const failed: OutboxItem = { ...item, state: 'failed', error };
    this.#change(desk, failed);
    desk.storage.write((storage) => storage.updateOutbox(failed));
  }

  #requeue(desk: Desk, clientId: string): void {
    const entry = entryOf(this.#entries$.value, clientId);
    if (entry?.item.state === 'sending' && entry.accepted === null) this.#change(desk, queued(entry.item));
  }

  #store(desk: Desk, item: OutboxItem, draft: 'forget' | 'keep'): void {
    desk.storage
      .write((storage) => storage.enqueue(item, draft))
      .subscribe(() => {
        if (this.#desk !== desk) return;
        const told = this.get(item.clientId);
        if (told) desk.tabs.tell({ kind: 'outbox', item: told });
        const entry = entryOf(this.#entries$.value, item.clientId);
        if (entry) this.#put({ ...entry, stored: true });
      });
  }

  #change(desk: Desk, item: OutboxItem): void {
    const entry = entryOf(this.#entries$.value, item.clientId);
    if (!entry) return;
    desk.tabs.tell({ kind: 'outbox', item });
    this.#put({ ...entry, item });
  }

  #hear(item: OutboxItem): void {
    if (!this.#left.has(item.clientId)) this.#entries$.next(putForeign(this.#entries$.value, item));
  }

  #put(entry: OutboxEntry): void {
    this.#entries$.next(putEntry(this.#entries$.value, entry));
  }

  #gone$(clientId: string): Observable<unknown> {
    return this.#entries$.pipe(filter((entries) => !entryOf(entries, clientId)));
  }

  /** Forgets a message here and in the storage. */
  #leave(clientId: string): void {
    this.#forget(clientId);
    this.#desk?.storage.write((storage) => storage.deleteFromOutbox(clientId));
  }

  #forget(clientId: string): void {
    this.#remember(clientId);
    const entries = this.#entries$.value;
    const rest = entries.filter(({ item }) => item.clientId !== clientId);
    if (rest.length < entries.length) this.#entries$.next(rest);
  }

  #remember(clientId: string): void {
    this.#left.add(clientId);
    const [oldest] = this.#left;
    if (this.#left.size > LEFT_REMEMBERED && oldest !== undefined) this.#left.delete(oldest);
  }

  #noticeEchoes(input: WorkspaceInput): void {
    for (const clientId of shownIn(input)) {
      if (this.get(clientId)) this.#leave(clientId);
      else this.#remember(clientId);
    }
    for (const { item, accepted } of this.#entries$.value) {
      // The next place counts, not this one: should the echo still be on its way, the message must not blink.
      if (accepted) this.#leaveIfShown(item.clientId, accepted.seq + 1);
    }
  }

  /** Removes an accepted message once the log has come to `seq`: a snapshot has no echoes. */
  #leaveIfShown(clientId: string, seq: number): void {
    const entry = entryOf(this.#entries$.value, clientId);
    if (!entry?.accepted) return;
    const { epoch, cursor } = this.#options.store.state;
    if (epoch !== entry.accepted.epoch) this.#doubt(entry);
    else if (cursor?.epoch === epoch && cursor.seq >= seq) this.#leave(clientId);
  }

  /** The log was replaced between acceptance and echo: whether the message has gone out cannot be known, so it is not sent again blindly. */
  #doubt({ item }: OutboxEntry): void {
    if (!this.#desk) return;
    const sentence =
      'The contact centre was restored from a backup: whether this message was sent is unknown.';
    this.#put({ item, stored: true, accepted: null });
    this.#fail(this.#desk, item, { kind: 'unavailable', sentence });
  }
}

function sendMessage({ clientId, interaction, content }: OutboxItem): Command {
  return { id: clientId, name: 'send-message', args: { interaction, content } };
}

/** Client ids of the agent's messages that an input brings into the log's sight. */
function shownIn(input: WorkspaceInput): readonly string[] {
  if (input.kind === 'event' && input.event.type === 'message-sent') {
    const { message } = (input.event as DomainEvent<'message-sent'>).body;
    return message.clientId === null ? [] : [message.clientId];
  }
  if (input.kind !== 'transcript-page') return [];
  return input.page.items.flatMap((item) =>
    item.kind === 'message' && item.message.clientId !== null ? [item.message.clientId] : [],
  );
}
