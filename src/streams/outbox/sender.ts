import {
  EMPTY,
  catchError,
  combineLatest,
  concatMap,
  defer,
  distinctUntilChanged,
  filter,
  map,
  merge,
  mergeMap,
  switchMap,
  takeUntil,
  tap,
} from 'rxjs';
import type { Observable } from 'rxjs';
import { OUTBOX_PATIENCE, successorOf } from '../../model/index.js';
import type { Clock, Command, OutboxItem, Receipt, Refusal } from '../../model/index.js';
import { answered } from '../commands/index.js';
import type { AnswerOptions } from '../commands/index.js';
import type { AgentScope } from '../storage/index.js';
import { failureOf } from '../connection/index.js';
import type { Locks } from '../platform.js';
import type { Store } from '../state/index.js';
import { isComplete, isDue, itemOf, lanes } from './lanes.js';
import type { OutboxStore } from './outbox-store.js';

export interface SenderOptions extends AnswerOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly online$: Observable<boolean>;
  readonly visible$: Observable<boolean>;
  readonly locks: Locks;
}

type Mine = (item: OutboxItem) => boolean;

/**
 * Hands messages over. Those on the disk are sent by one of the agent's tabs at a time, elected by a lock among those that are online, visible ones
 * first; those that the browser refuses to store, by the tab that has them. What a tab was sending when it lost its link, the lock or its life is sent
 * again with the same id, which has no second effect.
 */
export class Sender {
  readonly #outbox: OutboxStore;
  readonly #options: SenderOptions;
  /** Since when there has been a link. */
  #linkedAt = 0;

  constructor(outbox: OutboxStore, options: SenderOptions) {
    this.#outbox = outbox;
    this.#options = options;
  }

  /** Sends for as long as it is subscribed to. */
  send(scope: AgentScope): Observable<unknown> {
    const isStored: Mine = (item) => this.#outbox.isStored(item);
    const inMemory: Mine = (item) => !isStored(item) && item.step.at !== 'saving';
    return this.#options.online$.pipe(
      tap(() => (this.#linkedAt = this.#options.clock.now())),
      switchMap((online) =>
        online ? merge(this.#lanes(inMemory), this.#elected(scope, this.#lanes(isStored))) : EMPTY,
      ),
    );
  }

  /** Only tabs that are online, and can read what is stored, stand for election. */
  #elected(scope: AgentScope, lanes$: Observable<unknown>): Observable<unknown> {
    const { locks, visible$ } = this.#options;
    // What other tabs have stored, and perhaps died over, is sent by this one.
    const sending$ = defer(() => this.#outbox.read$()).pipe(
      switchMap(() => merge(lanes$, this.#markUnknown())),
    );
    const held$ = locks.hold(`${scope.name} outbox`, { visible$ });
    return scope.storage.usable$.pipe(
      switchMap((usable) => (usable ? held$ : EMPTY)),
      switchMap((held) => (held ? sending$ : EMPTY)),
    );
  }

  /** Messages of one lane in order, lanes in parallel. */
  #lanes(isMine: Mine): Observable<unknown> {
    const mayGo: Mine = (item) => isMine(item) && isComplete(item);
    // What a tab that has not heard of it writes into what has ended stands behind what was moved from there.
    const laneOf = ({ interaction }: OutboxItem) =>
      successorOf(this.#options.store.state.interactions, interaction);
    return lanes(this.#outbox.items$, laneOf, mayGo).pipe(
      mergeMap((lane$) =>
        lane$.pipe(
          map(({ next }) => next),
          // A message that comes round again has been nobody's turn between.
          distinctUntilChanged(),
          concatMap((next) => (next === null ? EMPTY : this.#deliver(next))),
        ),
      ),
    );
  }

  /** Completes when the message is accepted, failed or gone. */
  #deliver(clientId: string): Observable<unknown> {
    return defer(() => {
      const item = this.#outbox.get(clientId);
      if (!item || !isDue(item)) return EMPTY;
      const expiresAt = this.#begin(item);
      return answered(sendMessage(item), {
        ...this.#options,
        triesAgain: (refusal) => this.#hold(clientId, expiresAt, refusal),
      }).pipe(
        tap((receipt) => this.#handleReceipt(clientId, receipt)),
        catchError((error: unknown) => {
          const { kind, sentence } = failureOf(error);
          const known = kind === 'invalid' ? 'invalid' : 'unavailable';
          this.#step(clientId, { at: 'failed', cause: 'transport', kind: known, sentence });
          return EMPTY;
        }),
        takeUntil(this.#settled$(clientId)),
      );
    });
  }

  /** A message that had to wait for a link or for its turn has all its time before it: also one that was on its way when the link was lost. */
  #begin({ clientId, expiresAt, step: { at } }: OutboxItem): number {
    const since = at === 'queued' ? this.#options.clock.now() : this.#linkedAt;
    const extended = Math.max(expiresAt, since + OUTBOX_PATIENCE);
    if (at === 'queued' || extended > expiresAt)
      this.#outbox.change(clientId, (item) =>
        item.step.at === at ? { ...item, expiresAt: extended, step: sending(item) } : item,
      );
    return extended;
  }

  /** The contact centre may take it later: the lane waits, until the message expires. */
  #hold(clientId: string, expiresAt: number, { kind, sentence }: Refusal): boolean {
    if (this.#options.clock.now() >= expiresAt) return false;
    const known = this.#outbox.get(clientId)?.step;
    if (known?.at !== 'busy' || known.kind !== kind) this.#step(clientId, { at: 'busy', kind, sentence });
    return true;
  }

  #handleReceipt(clientId: string, receipt: Receipt): void {
    if (receipt.ok) {
      const cursor = { epoch: this.#options.store.state.epoch, seq: receipt.seq };
      this.#step(clientId, { at: 'accepted', cursor });
      return;
    }
    const { kind, sentence, retryable } = receipt.error;
    this.#step(clientId, { at: 'failed', cause: retryable ? 'expiry' : 'refusal', kind, sentence });
  }

  /** What another tab has settled meanwhile stays as it is. */
  #step(clientId: string, step: OutboxItem['step']): void {
    this.#outbox.change(clientId, (item) => (isDue(item) ? { ...item, step } : item));
  }

  /** When another tab has settled it, or the echo was faster than the receipt. */
  #settled$(clientId: string): Observable<unknown> {
    return this.#outbox.items$.pipe(
      map((items) => itemOf(items, clientId)),
      filter((item) => !item || !isDue(item)),
    );
  }

  /** The log was replaced between acceptance and echo: whether the message has gone out cannot be known, so it is not sent again blindly. */
  #markUnknown(): Observable<unknown> {
    const { store } = this.#options;
    return combineLatest([this.#outbox.items$, store.select(({ epoch }) => epoch)]).pipe(
      tap(([items, epoch]) => {
        for (const { clientId, step } of items)
          // Without an epoch nobody is welcomed: the desk is being left.
          if (epoch !== '' && step.at === 'accepted' && !step.logged && step.cursor.epoch !== epoch)
            this.#outbox.change(clientId, inDoubt);
      }),
    );
  }
}

function sending({ step }: OutboxItem): OutboxItem['step'] {
  return step.at === 'queued' ? { at: 'sending' } : step;
}

function inDoubt(item: OutboxItem): OutboxItem {
  const { step } = item;
  if (step.at !== 'accepted' || step.logged) return item;
  const sentence = 'The contact centre was restored from a backup.';
  return { ...item, step: { at: 'failed', cause: 'doubt', kind: 'unavailable', sentence } };
}

function sendMessage({ clientId, interaction, body, replyTo, batch }: OutboxItem): Command {
  return { id: clientId, name: 'send-message', args: { interaction, content: body, replyTo, batch } };
}
