import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openThere } from './foreign-folder.js';
import { commandOf, isAlive } from './processes.js';

/** PostgreSQL's own lock of a data folder; it is gone when the server has stopped in order. */
export function lockFile(folder: string): string {
  return join(folder, 'postmaster.pid');
}

/** The process that the lock names, whatever runs under that id by now; null when there is no lock. */
export function lockHolder(folder: string): number | null {
  try {
    const pid = Number(readFileSync(lockFile(folder), 'utf8').split('\n')[0]);
    return pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

/** The server that was started on a folder. A lock that was left over or copied may name any process: no other one is sent a signal. */
export function serverOf(folder: string): number | null {
  const pid = lockHolder(folder);
  if (pid === null || !isAlive(pid)) return null;
  return commandOf(pid)?.endsWith(`postgres -D ${folder}`) ? pid : null;
}

/**
 * PostgreSQL honours a lock that names any living process of its account: of a server that was killed, the id may be another program's by now. Such a
 * lock is made to name us, which PostgreSQL does not take for a server, since it is we who start it; that parts of the old server live it still finds out.
 */
export async function disownLock(folder: string): Promise<void> {
  const pid = lockHolder(folder);
  if (pid === null || !isStranger(pid)) return;
  const file = await openThere(lockFile(folder));
  try {
    const [, ...rest] = (await file.readFile('utf8')).split('\n');
    await file.truncate();
    await file.write([process.pid, ...rest].join('\n'), 0);
  } finally {
    await file.close();
  }
}

/** Whether it is known that a process is no PostgreSQL. */
function isStranger(pid: number): boolean {
  const command = commandOf(pid);
  return command !== null && !/(^|\/)postgres( |:|$)/.test(command);
}
