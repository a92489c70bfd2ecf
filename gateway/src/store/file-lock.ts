import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

const PATIENCE = 90_000;
const PAUSE = 25;

/** Locks of this process: a file with our process id that is not among them is of a dead process that had the same id. */
const held = new Set<string>();

/**
 * Runs `work` while no other process does so with the same file. The lock of a process that died is taken over.
 * @throws After a minute and a half of waiting.
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const until = Date.now() + PATIENCE;
  while (!(await acquire(path))) {
    if (Date.now() > until)
      throw new Error(`${path} is held by another process: remove it if there is none.`);
    await wait(PAUSE);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
    held.delete(path);
  }
}

async function acquire(path: string): Promise<boolean> {
  if (held.has(path)) return false;
  held.add(path);
  const taken = await create(path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    if (holder === process.pid || !isAlive(holder)) await rm(path, { force: true });
    return false;
  });
  if (!taken) held.delete(path);
  return taken;
}

/** Linked into place, so that the file is never seen without its content. */
async function create(path: string): Promise<true> {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, String(process.pid));
  try {
    await link(draft, path);
    return true;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Whether a process lives (a process of another account does). */
export function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
