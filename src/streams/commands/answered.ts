import { asyncScheduler, defer, map, retry, take, throwError, timeout, timer } from 'rxjs';
import type { Observable, ObservableInput, SchedulerLike } from 'rxjs';
import type { Command, Receipt, Refusal } from '../../model/index.js';
import { backoff, failureOf } from '../connection/index.js';
import type { BackoffPolicy } from '../connection/index.js';

export const SEND_AGAIN: BackoffPolicy = { base: 500, cap: 10_000 };

/** An adapter says itself when no answer comes; one that forgets to is not waited for longer than this. In milliseconds. */
export const ANSWER_PATIENCE = 30_000;

/** How often a refusal that may be different the next time is heard before it is believed. */
export const REFUSALS_HEARD = 5;

export interface AnswerOptions {
  readonly send: (command: Command) => ObservableInput<Receipt>;
  /** Whether a refusal that may be different the next time is heard once more. Default: it is believed when it comes the fifth time. */
  readonly triesAgain?: (refusal: Refusal) => boolean;
  readonly random: () => number;
  readonly scheduler?: SchedulerLike;
}

/**
 * Sends a command until it is answered, again and again with the same id: that is harmless, because it is idempotent by its id. Emits one receipt.
 * Errors only with what no repetition can mend (`invalid`, `unsupported`). Goes on for as long as it is subscribed to.
 */
export function answered(command: Command, options: AnswerOptions): Observable<Receipt> {
  const { send, random, scheduler = asyncScheduler } = options;
  return defer(() => {
    let refusals = 0;
    const { triesAgain = () => ++refusals < REFUSALS_HEARD } = options;
    return defer(() => send(command)).pipe(
      take(1),
      timeout({ first: ANSWER_PATIENCE, scheduler }),
      map((receipt) => {
        if (receipt.ok || !receipt.error.retryable || !triesAgain(receipt.error)) return receipt;
        throw new Error('The same command may succeed later.');
      }),
      retry({
        delay: (error, failures) =>
          mayMend(error) ? timer(backoff(failures, SEND_AGAIN, random), scheduler) : throwError(() => error),
      }),
    );
  });
}

function mayMend(error: unknown): boolean {
  const { kind } = failureOf(error);
  return kind !== 'invalid' && kind !== 'unsupported';
}
