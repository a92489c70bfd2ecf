import {
  EMPTY,
  Subscription,
  asyncScheduler,
  combineLatest,
  distinctUntilChanged,
  filter,
  interval,
  map,
  merge,
  switchMap,
  take,
  tap,
} from 'rxjs';
import type { Observable } from 'rxjs';
import { OUTBOX_PATIENCE } from '../../model/index.js';
import type { Interaction, OutboxItem } from '../../model/index.js';
import type { AgentScope } from '../storage/index.js';
import { sameElements } from '../operators/index.js';
import { LOOK_AGAIN, looks } from '../tabs/index.js';
import type { Replaced } from '../platform.js';
import { acknowledge } from './acknowledgements.js';
import { isComplete, isDue, keepsItsId } from './lanes.js';
import { OutboxStore } from './outbox-store.js';
import { Sender } from './sender.js';
import type { SenderOptions } from './sender.js';

export interface OutboxOptions extends SenderOptions {
  /** null while the storage is not open. */
  readonly scope$: Observable<AgentScope | null>;
  /** Whether a message is not to be stored yet: other tabs do not have what it names. */
  readonly isHeldBack: (item: OutboxItem) => boolean | undefined;
}

/**
 * Messages on their way to the log. Each is on the disk before it is sent, and leaves a tab only when the tab's log has it or the agent discards it. Nothing here
 * errors: a refusal becomes a failed message.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #store: OutboxStore;
  readonly #sender: Sender;
  readonly #subscription = new Subscription();

  /** What is on its way, oldest first. Replays. */
  readonly items$: Observable<readonly OutboxItem[]>;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#store = new OutboxStore(options.store, options.isHeldBack);
    this.#sender = new Sender(this.#store, options);
    this.items$ = combineLatest([this.#store.items$, options.online$]).pipe(
      map(([items, online]) => (online ? items : items.map(withoutLink))),
      distinctUntilChanged(sameElements),
    );
    this.#subscription.add(acknowledge(this.#store, options).subscribe());
    this.#subscription.add(
      options.scope$
        .pipe(
          tap((scope) => this.#store.use(scope)),
          switchMap((scope) => (scope ? this.#follow(scope) : EMPTY)),
        )
        .subscribe(),
    );
  }

  get(clientId: string): OutboxItem | undefined {
    return this.#store.get(clientId);
  }

  /**
   * Shows messages at once, stores them with what they replace, and sends them in their turn.
   * @returns Whether it does: not if what they replace has been replaced already.
   */
  add(items: readonly OutboxItem[], replaced?: Replaced): boolean {
    return this.#store.add(items, replaced);
  }

  /**
   * Sends a failed message again as the same one, in its place, if it may have gone or may still go. What was refused for a reason needs a new
   * message, because the id has had its answer.
   * @returns Whether this is such a message.
   */
  sendAgain(clientId: string): boolean {
    const step = this.get(clientId)?.step;
    if (step?.at !== 'failed' || !keepsItsId(step)) return false;
    const expiresAt = this.#options.clock.now() + OUTBOX_PATIENCE;
    this.#store.change(clientId, (item) =>
      item.step.at === 'failed' ? { ...item, expiresAt, step: { at: 'queued' } } : item,
    );
    return true;
  }

  /**
   * Takes back that a failed message is to be sent anew, while there is no room for that.
   * @returns The failed one, which may be acted on again; any other message is returned as it is.
   */
  withdraw(clientId: string): string {
    return this.#store.withdraw(clientId);
  }

  /** Throws a failed message away, or one whose file is not uploaded yet; does nothing with others, which may have left already. */
  discard(clientId: string): void {
    this.#store.change(this.withdraw(clientId), (item) =>
      item.step.at === 'failed' || !isComplete(item) ? null : item,
    );
  }

  /** Changes a message as it then is. Does nothing when it is gone. */
  change(clientId: string, change: (item: OutboxItem) => OutboxItem): void {
    this.#store.change(clientId, change);
  }

  /** Whether other tabs can know of a message. */
  isStored(item: OutboxItem): boolean {
    return this.#store.isStored(item);
  }

  /** The words of a failed message stand in a draft: its storing throws the message away. */
  hide(clientId: string): void {
    this.#store.hide(clientId);
  }

  /**
   * An interaction has ended in another one: what has not gone yet belongs there now, also what was refused because of that. All tabs do it, to the same
   * end.
   */
  move(from: string, into: Interaction): void {
    const moved = (item: OutboxItem): OutboxItem =>
      item.interaction === from && item.step.at !== 'accepted'
        ? { ...item, interaction: into.id, lane: into.contact.id }
        : item;
    for (const item of this.#store.items) if (moved(item) !== item) this.#store.change(item.clientId, moved);
  }

  /** Looks at the disk, and then emits once and completes when no message of the interaction is still to be handed over. */
  drained$(interaction: string): Observable<unknown> {
    return this.#store.read$().pipe(
      switchMap(() => this.#store.items$),
      filter((items) => !items.some((item) => item.interaction === interaction && isDue(item))),
      take(1),
    );
  }

  close(): void {
    this.#subscription.unsubscribe();
    this.#store.close();
  }

  #follow(scope: AgentScope): Observable<unknown> {
    const { scheduler = asyncScheduler } = this.#options;
    return merge(
      // Before the look that comes at the same time. What the log has stays on the disk for one to two of these.
      interval(LOOK_AGAIN, scheduler).pipe(tap(() => this.#store.letGo())),
      looks(scope.tabs, 'outbox', this.#options).pipe(tap(() => this.#store.refresh())),
      scope.storage.outdated$.pipe(tap(() => this.#store.forgetStored())),
      this.#sender.send(scope),
    );
  }
}

const waiting = new WeakMap<OutboxItem, OutboxItem>();

/** Without a link nothing is on its way from here. The same for the same message. */
function withoutLink(item: OutboxItem): OutboxItem {
  if (item.step.at !== 'sending' && item.step.at !== 'uploading') return item;
  const known = waiting.get(item) ?? { ...item, step: { at: 'queued' } };
  waiting.set(item, known);
  return known;
}
