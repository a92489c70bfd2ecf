import {
  BehaviorSubject,
  EMPTY,
  Subject,
  Subscription,
  catchError,
  combineLatest,
  defer,
  distinctUntilChanged,
  filter,
  map,
  pairwise,
  repeat,
  takeUntil,
  tap,
  throttle,
  throwError,
  throwIfEmpty,
  timeout,
  timer,
} from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { callsForSnapshot, isKnown } from '../../model/index.js';
import type { Command, Cursor, MediaRef, Query, Receipt, ResultOf } from '../../model/index.js';
import type { MediaSource, TransportAdapter, TransportFrame, WelcomeFrame } from '../../transport/adapter.js';
import { WELCOME_PATIENCE, keepConnected } from './connection.js';
import { failureOf } from './failure.js';
import type { DeskIdentity } from '../platform.js';
import { ServerClock } from './server-clock.js';
import { Store } from '../state/index.js';
import type { Connection } from '../workspace.js';

/** How long it takes at least from one snapshot that a doubtful fact made necessary to the next, in milliseconds. Doubles while such facts go on coming. */
export const RESYNC_PAUSE = 5_000;

/** How long that may become. */
export const RESYNC_PAUSE_MOST = 5 * 60_000;

export interface CentreLinkOptions {
  readonly transport: TransportAdapter;
  /** When a new try has better chances than before. */
  readonly nudge$: Observable<unknown>;
  readonly random: () => number;
  readonly scheduler: SchedulerLike;
}

/** That the other side welcomed another agent than the one whose place in the log it was given. */
class AnotherAgent extends Error {}

/** That an adapter does not keep to the contract: asking again would change nothing. */
class Unanswered extends Error {
  readonly kind = 'invalid';
}

/** The living connection: what comes in is folded into the store, resumed from where the store is. */
export class CentreLink {
  readonly store = new Store();
  readonly clock: ServerClock;
  /** Replays, like all here. */
  readonly connection$: Observable<Connection>;
  readonly online$: Observable<boolean>;
  /** Whether there is a link and a place in its log: whether pages can be asked for. */
  readonly ready$: Observable<boolean>;
  /** Who was welcomed last; before the first time who is assumed, or null. */
  readonly identity$: Observable<DeskIdentity | null>;
  /** Cold: when, after subscribing, another agent is welcomed than the one who was there. Replays nothing. */
  readonly agentChanged$: Observable<unknown>;

  /** When the credentials end, by `clock`; null where that is not known. */
  readonly tokenExpiresAt$: Observable<number | null>;

  readonly #transport: TransportAdapter;
  readonly #scheduler: SchedulerLike;
  readonly #connection$ = new BehaviorSubject<Connection>({ at: 'connecting', attempt: 0 });
  readonly #identity$ = new BehaviorSubject<DeskIdentity | null>(null);
  readonly #retry$ = new Subject<void>();
  readonly #snapshotNeeded$ = new Subject<void>();
  readonly #tokenExpiresAt$ = new BehaviorSubject<number | null>(null);
  /** Whether only a snapshot tells what lies on the desk. */
  #needsSnapshot = false;
  readonly #subscription = new Subscription();

  constructor({ transport, scheduler }: CentreLinkOptions) {
    this.#transport = transport;
    this.#scheduler = scheduler;
    this.tokenExpiresAt$ = this.#tokenExpiresAt$.asObservable();
    this.clock = new ServerClock(scheduler);
    this.connection$ = this.#connection$.asObservable();
    this.identity$ = this.#identity$.pipe(distinctUntilChanged(isSame));
    this.agentChanged$ = this.identity$.pipe(
      pairwise(),
      filter(([before]) => before !== null),
    );
    this.online$ = this.#connection$.pipe(
      map(({ at }) => at === 'online'),
      distinctUntilChanged(),
    );
    this.ready$ = combineLatest([this.online$, this.store.select(({ cursor }) => cursor !== null)]).pipe(
      map(([online, placed]) => online && placed),
      distinctUntilChanged(),
    );
  }

  /** Connects, and stays connected until closed. */
  open({ nudge$, random, scheduler }: CentreLinkOptions): void {
    const signals$ = keepConnected({
      connect: () => this.#connect(),
      nudge$,
      retry$: this.#retry$,
      clock: this.clock,
      random,
      scheduler,
    });
    this.#subscription.add(this.#snapshotNeeded().subscribe(() => this.resync()));
    // A link may have died without a word while nobody looked.
    this.#subscription.add(nudge$.subscribe(() => this.#transport.check?.()));
    this.#subscription.add(
      signals$.subscribe((signal) => {
        if (signal.kind === 'connection') this.#connection$.next(signal.connection);
        else this.#receive(signal.frame);
      }),
    );
  }

  /** Cold: as the transport's; an answer that stays away puts the link in question. */
  send(command: Command): Observable<Receipt> {
    return this.#checkedWhenLate(defer(() => this.#transport.send(command)));
  }

  /** As `send`. */
  query<Q extends Query>(query: Q): Observable<ResultOf<Q>> {
    return this.#checkedWhenLate(defer(() => this.#transport.query(query)));
  }

  /** As `send`. An adapter that hands over no files has no answer. */
  media(media: MediaRef): Observable<MediaSource> {
    return this.#checkedWhenLate(defer(() => this.#transport.media?.(media) ?? EMPTY));
  }

  /** Until somebody is welcomed, the desk is that of the agent whom the credentials name. */
  assume(identity: DeskIdentity): void {
    if (!this.#identity$.value) this.#identity$.next(identity);
  }

  retryNow(): void {
    this.#retry$.next();
  }

  /** Takes a fresh snapshot. */
  resync(): void {
    this.#needsSnapshot = true;
    this.#snapshotNeeded$.next();
  }

  close(): void {
    this.#subscription.unsubscribe();
    this.#connection$.complete();
    this.#identity$.complete();
    this.#tokenExpiresAt$.complete();
    this.store.close();
  }

  /**
   * Connects from where the store is; anew and from the beginning when what has come leaves in doubt what lies on the desk. What the other side made of
   * another agent's place in the log is not looked at.
   */
  #connect(): Observable<TransportFrame> {
    let anew = false;
    return defer(() => {
      const frames$ = this.#connectFrom(this.#needsSnapshot ? null : this.store.state.cursor);
      // Who connects sees to it that the first welcome comes; here, those that follow.
      const limited$ = anew
        ? frames$.pipe(timeout({ first: WELCOME_PATIENCE, scheduler: this.#scheduler }))
        : frames$;
      anew = false;
      return limited$.pipe(takeUntil(this.#snapshotNeeded$.pipe(tap(() => (anew = true)))));
    }).pipe(repeat({ delay: () => (anew ? timer(0, this.#scheduler) : EMPTY) }));
  }

  #connectFrom(cursor: Cursor | null): Observable<TransportFrame> {
    return this.#transport.connect(cursor).pipe(
      tap((frame) => {
        if (frame.kind !== 'welcome' || !this.#isAnother(frame)) return;
        // Another agent gets nothing of what the former one knew, and so no place to resume from.
        this.store.reset();
        if (cursor) throw new AnotherAgent();
      }),
      catchError((error: unknown) => {
        if (error instanceof AnotherAgent) return this.#transport.connect(null);
        // What could not be read will come again after the same place: the next time it is jumped over by a snapshot.
        const stuck = failureOf(error).kind === 'invalid' && cursor?.seq === this.store.state.cursor?.seq;
        if (cursor && stuck) this.#needsSnapshot = true;
        return throwError(() => error);
      }),
    );
  }

  #checkedWhenLate<T>(answer$: Observable<T>): Observable<T> {
    return answer$.pipe(
      throwIfEmpty(() => new Unanswered('The transport ended without an answer.')),
      tap({
        error: (error: unknown) => {
          if (failureOf(error).kind === 'timeout') this.#transport.check?.();
        },
      }),
    );
  }

  #isAnother({ issuer, agent }: WelcomeFrame): boolean {
    const known = this.#identity$.value;
    return known !== null && !isSame(known, { issuer, agent: agent.id });
  }

  #receive(frame: TransportFrame): void {
    switch (frame.kind) {
      case 'welcome': {
        const { issuer, agent, epoch, policy, features, tokenExpiresAt = null } = frame;
        this.clock.correct(frame.serverTime);
        this.store.dispatch({ kind: 'welcome', agent, epoch, policy, features });
        this.#tokenExpiresAt$.next(tokenExpiresAt);
        this.#identity$.next({ issuer, agent: agent.id });
        return;
      }
      case 'time':
        return this.clock.correct(frame.serverTime);
      case 'token':
        return this.#tokenExpiresAt$.next(frame.expiresAt);
      case 'snapshot':
        this.#needsSnapshot = false;
        return this.store.dispatch(frame);
      case 'event':
      case 'cursor':
        return this.store.dispatch(frame);
      default:
      // An adapter may be newer than we are.
    }
  }

  /** When a fact came of which only a snapshot tells what it changed: at once, then less and less often, until none has come for a while. */
  #snapshotNeeded(): Observable<unknown> {
    let pause = 0;
    let last = -Infinity;
    const pause$ = (): Observable<unknown> => {
      const now = this.#scheduler.now();
      pause = now - last > 2 * pause ? RESYNC_PAUSE : Math.min(2 * pause, RESYNC_PAUSE_MOST);
      last = now;
      return timer(pause, this.#scheduler);
    };
    return this.store.folded$.pipe(
      filter((input) => input.kind === 'event' && !isKnown(input.event) && callsForSnapshot(input.event)),
      throttle(pause$, { leading: true, trailing: true }),
    );
  }
}

function isSame(a: DeskIdentity | null, b: DeskIdentity | null): boolean {
  return a?.issuer === b?.issuer && a?.agent === b?.agent;
}
