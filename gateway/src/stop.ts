import { errorFields, type Log } from './log.js';

/**
 * A signal so soon after the first is the same request, in milliseconds: a process group and whoever started us both pass it on. Whoever asks later has
 * waited, and does not want to wait longer.
 */
const SAME_REQUEST = 3000;
/** Stopping takes no longer, in milliseconds: whoever stops us kills us after 30 s, if he is Kubernetes. */
export const STOP_LIMIT = 28_000;

export interface StopOptions {
  /** Stops in order. */
  readonly close: () => Promise<void>;
  /** Ends the process, with its exit code. */
  readonly leave: (code: number) => void;
  readonly log: Log;
  /** Milliseconds that only go on. */
  readonly now?: () => number;
}

/** What a process does when it is sent a signal to stop: it stops in order, but not for ever. */
export function stopper({ close, leave, log, now = () => performance.now() }: StopOptions): () => void {
  let stoppedAt: number | null = null;
  return () => {
    if (stoppedAt !== null) {
      if (now() - stoppedAt > SAME_REQUEST) leave(1);
      return;
    }
    stoppedAt = now();
    const late = () => {
      const sentence = 'The gateway did not stop in time: what it was sending may be in doubt';
      log.error(sentence, { limitMs: STOP_LIMIT });
      leave(1);
    };
    setTimeout(late, STOP_LIMIT).unref();
    close().then(
      () => leave(0),
      (error: unknown) => {
        log.error('The gateway did not stop in order', errorFields(error));
        leave(1);
      },
    );
  };
}
