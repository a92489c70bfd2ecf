import { setTimeout as wait } from 'node:timers/promises';

/** Waits for work, but no longer than so many milliseconds. @throws What the work throws within that time. */
export async function atMost(milliseconds: number, work: Iterable<Promise<unknown>>): Promise<void> {
  const done = new AbortController();
  try {
    await Promise.race([Promise.all(work), wait(milliseconds, undefined, { signal: done.signal })]);
  } finally {
    done.abort();
  }
}
