import {
  NEVER,
  asyncScheduler,
  catchError,
  concatMap,
  filter,
  firstValueFrom,
  map,
  merge,
  of,
  switchMap,
  take,
  takeUntil,
  tap,
  throwError,
  timeout,
} from 'rxjs';
import type { Observable } from 'rxjs';
import type { Command, Receipt, Refusal } from '../../model/index.js';
import { answered } from './answered.js';
import type { AnswerOptions } from './answered.js';
import { failureOf } from '../connection/index.js';
import type { CommandOutcome, Connection } from '../workspace.js';

/** How long a command is tried over lost links before the agent is told that it cannot be had now, in milliseconds. */
export const COMMAND_PATIENCE = 10_000;

export interface CommandOptions extends AnswerOptions {
  /** Replays. */
  readonly connection$: Observable<Connection>;
  /** Ends what is under way: the desk was closed, or is another agent's now. */
  readonly closed$: Observable<unknown>;
}

/**
 * Executes a command now, whether or not the outcome is awaited: sends it as soon as there is a link, again with the same id over each new link, for a
 * while. Never rejects: what the transport fails with is an `unavailable` outcome.
 * @param before Must emit first, for commands that must not overtake others.
 */
export function executeNow(
  command: Command,
  before: Observable<unknown>,
  options: CommandOptions,
): Promise<CommandOutcome> {
  const { connection$, closed$, scheduler = asyncScheduler } = options;
  const refused$ = connection$.pipe(
    filter((connection) => connection.at === 'refused'),
    concatMap(({ sentence }) => throwError(() => new Error(sentence))),
  );
  const receipt$ = connection$.pipe(
    map(({ at }) => at === 'online'),
    switchMap((online) => (online ? answered(command, options) : NEVER)),
    take(1),
  );
  let waiting = true;
  const late = (): Observable<CommandOutcome> => of(unavailable(waiting ? BLOCKED : TOO_LATE));
  const outcome$ = before.pipe(
    take(1),
    tap(() => (waiting = false)),
    switchMap(() => merge(receipt$, refused$)),
    take(1),
    map(outcomeOf),
    timeout({ first: COMMAND_PATIENCE, scheduler, with: late }),
    catchError((error: unknown) => of(unavailable(failureOf(error).sentence))),
    takeUntil(closed$),
  );
  return firstValueFrom(outcome$, { defaultValue: unavailable('The desk was closed.') });
}

const BLOCKED = 'Messages of this conversation have not left yet.';

/** If the request reached it, its effect will still show. */
const TOO_LATE = 'The contact centre did not answer in time.';

function outcomeOf(receipt: Receipt): CommandOutcome {
  return receipt.ok ? { ok: true } : { ok: false, error: receipt.error };
}

function unavailable(sentence: string): CommandOutcome {
  const error: Refusal = { kind: 'unavailable', sentence, retryable: true };
  return { ok: false, error };
}
