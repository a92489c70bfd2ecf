import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive, startOf } from './processes.js';

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
    await release(path);
  }
}

async function acquire(path: string): Promise<boolean> {
  if (held.has(path)) return false;
  held.add(path);
  try {
    if (await create(path)) return true;
    if (await isLeftOver(path)) await removeLeftOver(path);
  } catch (error) {
    held.delete(path);
    throw error;
  }
  held.delete(path);
  return false;
}

async function release(path: string): Promise<void> {
  await rm(path, { force: true });
  held.delete(path);
}

/** Linked into place, so that the file is never seen without its content. Returns false when it is there already. */
async function create(path: string): Promise<boolean> {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${process.pid} ${startOf(process.pid) ?? ''}`);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Whether the file is there and its process is not. */
async function isLeftOver(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return false;
  const [pid = '', start = ''] = text.split(' ');
  if (Number(pid) === process.pid || !isAlive(Number(pid))) return true;
  // Its id has been given to another process meanwhile, where both are known.
  return start !== '' && start !== (startOf(Number(pid)) ?? start);
}

/**
 * By one process at a time, which looks again: whoever looked before another one had removed it would remove that one's own lock. The lock for this
 * is one like any other, so that what a process leaves behind that dies here is removed in the same way.
 */
async function removeLeftOver(path: string): Promise<void> {
  const removing = `${path}.removing`;
  if (!(await acquire(removing))) return;
  try {
    if (await isLeftOver(path)) await rm(path);
  } finally {
    await release(removing);
  }
}
