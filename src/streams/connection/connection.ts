import {
  asyncScheduler,
  catchError,
  concat,
  concatMap,
  defer,
  ignoreElements,
  merge,
  of,
  repeat,
  take,
  throwError,
  timeout,
  timer,
} from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import type { Clock } from '../../model/index.js';
import type { TransportErrorKind, TransportFrame } from '../../transport/adapter.js';
import { backoff } from './backoff.js';
import type { BackoffPolicy } from './backoff.js';
import { failureOf } from './failure.js';
import type { Failure } from './failure.js';
import type { Connection } from '../workspace.js';

export const RECONNECT: BackoffPolicy = { base: 300, cap: 15_000 };

/** A link that was lost sooner than this counts as one more failure: a gateway that falls over at each hello is not asked ten times a second. */
export const MIN_UPTIME = 10_000;

/** How long the other side may take to say welcome, in milliseconds. */
export const WELCOME_PATIENCE = 20_000;

/** How long to wait until there may be room for one more desk of the agent, in milliseconds. */
export const ROOM_PAUSE = 60_000;

export interface ConnectionOptions {
  /** Cold; asked at each try, so that the cursor is read afresh. */
  readonly connect: () => Observable<TransportFrame>;
  /** When a try has better chances than before: the network is back, the tab has woken. Ends a wait. */
  readonly nudge$: Observable<unknown>;
  /** The agent asks to try now. Ends a wait, and the refusal. */
  readonly retry$: Observable<unknown>;
  /** Of the instants that are told. */
  readonly clock: Clock;
  readonly random: () => number;
  readonly scheduler?: SchedulerLike;
}

export type ConnectionSignal =
  | { readonly kind: 'frame'; readonly frame: TransportFrame }
  | { readonly kind: 'connection'; readonly connection: Connection };

/** Credentials and versions do not mend by themselves: trying again would only be noise. Room comes when another desk is closed. */
const TERMINAL: readonly TransportErrorKind[] = ['unauthorized', 'refused', 'unsupported', 'too-many'];

/**
 * Keeps a link up: connecting → online → waiting → connecting …, or refused. Subscribing connects, unsubscribing closes; never errors or completes.
 *
 * `online` comes after the welcome frame. A link that has gone silent is found by the adapter, which alone hears the pings of its other side and
 * errs when they stay away; here only the welcome has a time limit. Where timers were throttled or stood still while the machine slept, the wait
 * ends as soon as they run again, or by a nudge.
 */
export function keepConnected(options: ConnectionOptions): Observable<ConnectionSignal> {
  const { connect, clock, scheduler = asyncScheduler } = options;
  return defer(() => {
    let failures = 0;
    let onlineAt: number | null = null;

    const attempt = defer(() => {
      onlineAt = null;
      return concat(
        of(told({ at: 'connecting', attempt: failures })),
        untilLost(connect(), scheduler).pipe(
          concatMap((frame) => {
            const signal: ConnectionSignal = { kind: 'frame', frame };
            if (frame.kind !== 'welcome' || onlineAt !== null) return of(signal);
            onlineAt = scheduler.now();
            // The frame first: whoever hears "online" already knows who the agent is and what time it is.
            return concat(
              of(signal),
              defer(() => of(told({ at: 'online', since: clock.now() }))),
            );
          }),
        ),
      );
    });

    const afterLoss = (error: unknown): Observable<ConnectionSignal> => {
      const failure = failureOf(error);
      const steady = onlineAt !== null && scheduler.now() - onlineAt >= MIN_UPTIME;
      const refused = TERMINAL.includes(failure.kind);
      failures = refused ? 0 : steady ? 1 : failures + 1;
      return refused ? refusal(failure, options) : pause(failures, options);
    };

    return attempt.pipe(catchError(afterLoss), repeat());
  });
}

function untilLost(
  frames$: Observable<TransportFrame>,
  scheduler: SchedulerLike,
): Observable<TransportFrame> {
  const lost = (sentence: string): Observable<never> => throwError(() => new Error(sentence));
  return concat(
    frames$.pipe(
      timeout({
        first: WELCOME_PATIENCE,
        scheduler,
        with: () => lost('The contact centre did not answer in time.'),
      }),
    ),
    lost('The link to the contact centre was closed.'),
  );
}

function pause(failures: number, options: ConnectionOptions): Observable<ConnectionSignal> {
  const { nudge$, retry$, clock, random, scheduler = asyncScheduler } = options;
  const delay = backoff(failures, RECONNECT, random);
  const over$ = merge(timer(delay, scheduler), nudge$, retry$).pipe(take(1), ignoreElements());
  return concat(of(told({ at: 'waiting', retryAt: clock.now() + delay, attempt: failures })), over$);
}

function refusal({ kind, sentence }: Failure, options: ConnectionOptions): Observable<ConnectionSignal> {
  const { retry$, scheduler = asyncScheduler } = options;
  const again$ = kind === 'too-many' ? merge(retry$, timer(ROOM_PAUSE, scheduler)) : retry$;
  return concat(of(told({ at: 'refused', kind, sentence })), again$.pipe(take(1), ignoreElements()));
}

function told(connection: Connection): ConnectionSignal {
  return { kind: 'connection', connection };
}
