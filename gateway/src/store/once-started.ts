import { setTimeout as wait } from 'node:timers/promises';
import { errorFields, type Log } from '../log.js';
import { ConnectionFailed } from './db.js';

/** SQLSTATEs of a server that takes no connections now: it starts, recovers, stops or crashes, or has too many of them. */
const NOT_NOW = /^(?:57P0[1-3]|53300|08...)$/;
/** The way to the server is cut; a name or a folder that is not there was rather mistyped. */
const CUT = /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EAI_AGAIN)$/;
/** What pg says of a connection that ended, or did not come about, without a code. */
const ENDED = /terminated|timeout/i;
const STARTING = '57P03';
const FIRST_PAUSE = 200;
const LAST_PAUSE = 2000;

/**
 * Does what begins with a connection, as soon as the database can be had: after a power cut it comes up together with the gateway, and may have much to
 * recover; and it may go away again at any moment. What was done before the connection broke is done again.
 * @param stopping Ends the waiting.
 * @throws What `work` throws for another reason; an AbortError when the waiting is ended.
 */
export async function onceStarted<T>(log: Log, work: () => Promise<T>, stopping?: AbortSignal): Promise<T> {
  let told: string | null = null;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LAST_PAUSE)) {
    try {
      return await work();
    } catch (error) {
      const state = codeOf(error);
      if (!isPassing(error, state)) throw error;
      const sentence =
        state === STARTING
          ? 'The database starts or recovers: it is waited for'
          : 'The database cannot be reached: it is waited for';
      if (sentence !== told) log.warn(sentence, errorFields(error));
      told = sentence;
      await wait(pause, undefined, { signal: stopping });
    }
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | null)?.code ?? '';
}

function isPassing(error: unknown, code: string): boolean {
  if (NOT_NOW.test(code)) return true;
  return error instanceof ConnectionFailed && (code === '' ? ENDED.test(error.message) : CUT.test(code));
}
