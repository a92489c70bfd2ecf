import { open, rm } from 'node:fs/promises';
import { withFileLock } from '../../src/store/file-lock.js';

/** When a process is to take which lock: all of them at the same moment. */
export interface LockTurn {
  readonly path: string;
  /** In milliseconds since the epoch. */
  readonly at: number;
}

// A process that takes the lock of a file when it is told to, and says whether it was alone inside.
process.on('message', ({ path, at }: LockTurn) => {
  while (Date.now() < at);
  void withFileLock(path, async () => {
    const inside = await open(`${path}.inside`, 'wx').catch(() => null);
    if (!inside) return 'was not alone';
    await inside.sync();
    await inside.close();
    await rm(`${path}.inside`);
    return 'was alone';
  }).then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.(String(error)),
  );
});
process.send?.('ready');
