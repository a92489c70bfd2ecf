import {
  BehaviorSubject,
  Subject,
  Subscription,
  catchError,
  combineLatest,
  distinctUntilChanged,
  filter,
  map,
  pairwise,
  tap,
  throwError,
} from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import type { TransportAdapter, TransportFrame, WelcomeFrame } from '../transport/adapter.js';
import { keepConnected } from './connection.js';
import type { DeskIdentity } from './platform.js';
import { ServerClock } from './server-clock.js';
import { Store } from './store.js';
import type { Connection } from './workspace.js';

export interface LinkOptions {
  readonly transport: TransportAdapter;
  /** When a new try has better chances than before. */
  readonly nudge$: Observable<unknown>;
  readonly random: () => number;
  readonly scheduler: SchedulerLike;
}

/** That the other side welcomed another agent than the one whose place in the log it was given. */
class AnotherAgent extends Error {}

/** The living connection: what comes in is folded into the store, resumed from where the store is. */
export class Link {
  readonly store = new Store();
  readonly clock: ServerClock;
  /** Replays, like all here. */
  readonly connection$: Observable<Connection>;
  readonly online$: Observable<boolean>;
  /** Whether there is a link and a place in its log: whether pages can be asked for. */
  readonly ready$: Observable<boolean>;
  /** Who was welcomed last; null before the first time. */
  readonly identity$: Observable<DeskIdentity | null>;
  /** Cold: when, after subscribing, another agent is welcomed than the one who was there. Replays nothing. */
  readonly left$: Observable<unknown>;

  readonly #transport: TransportAdapter;
  readonly #connection$ = new BehaviorSubject<Connection>({ at: 'connecting', attempt: 0 });
  readonly #identity$ = new BehaviorSubject<DeskIdentity | null>(null);
  readonly #retry$ = new Subject<void>();
  readonly #subscription = new Subscription();

  constructor({ transport, scheduler }: LinkOptions) {
    this.#transport = transport;
    this.clock = new ServerClock(scheduler);
    this.connection$ = this.#connection$.asObservable();
    this.identity$ = this.#identity$.asObservable();
    this.left$ = this.#identity$.pipe(
      pairwise(),
      filter(([before, now]) => before !== null && now !== null && !isSame(before, now)),
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
  open({ nudge$, random, scheduler }: LinkOptions): void {
    const signals$ = keepConnected({
      connect: () => this.#connect(),
      nudge$,
      retry$: this.#retry$,
      clock: this.clock,
      random,
      scheduler,
    });
    this.#subscription.add(
      signals$.subscribe((signal) => {
        if (signal.kind === 'connection') this.#connection$.next(signal.connection);
        else this.#receive(signal.frame);
      }),
    );
  }

  retryNow(): void {
    this.#retry$.next();
  }

  close(): void {
    this.#subscription.unsubscribe();
    this.#connection$.complete();
    this.#identity$.complete();
    this.store.close();
  }

  /** Another agent gets nothing of what the former one knew, and so no place to resume from. */
  #connect(): Observable<TransportFrame> {
    const { cursor } = this.store.state;
    return this.#transport.connect(cursor).pipe(
      tap((frame) => {
        if (cursor && frame.kind === 'welcome' && this.#isAnother(frame)) throw new AnotherAgent();
      }),
      catchError((error: unknown) => {
        if (!(error instanceof AnotherAgent)) return throwError(() => error);
        this.store.reset();
        return this.#transport.connect(null);
      }),
    );
  }

  #isAnother({ issuer, agent }: WelcomeFrame): boolean {
    const known = this.#identity$.value;
    return known !== null && !isSame(known, { issuer, agent: agent.id });
  }

  #receive(frame: TransportFrame): void {
    if (frame.kind !== 'welcome') {
      this.store.dispatch(frame);
      return;
    }
    const { issuer, agent, epoch, policy } = frame;
    this.clock.correct(frame.serverTime);
    this.store.dispatch({ kind: 'welcome', agent, epoch, policy });
    this.#identity$.next({ issuer, agent: agent.id });
  }
}

function isSame(a: DeskIdentity, b: DeskIdentity): boolean {
  return a.issuer === b.issuer && a.agent === b.agent;
}
