import { rename, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { openAnew, openThere } from './foreign-folder.js';

/** The longest log of a server, in bytes: as long again may lie beside it. */
const LIMIT = 10_000_000;
const END_LINES = 12;

/** Servers that end in shorter intervals than this, in milliseconds, probably end for one reason. */
const ROW = 10 * 60_000;

const pathIn = (folder: string) => join(folder, 'server.log');
/** Of a server that is about to start. */
const newPathIn = (folder: string) => `${pathIn(folder)}.new`;
const asidePathIn = (folder: string) => `${pathIn(folder)}.1`;

/** Begins a log, at whose end the server always writes: it can be cut while the server runs. */
export async function beginLog(folder: string): Promise<FileHandle> {
  return openAnew(newPathIn(folder), 'ax');
}

/** The last lines of a server that did not start. */
export async function endOfLog(folder: string): Promise<string> {
  const text = await withFile(newPathIn(folder), (log) => log.readFile('utf8')).catch(() => '');
  return text.split('\n').slice(-END_LINES).join('\n');
}

/**
 * The server has started: its log is the log from now on, and what the one before it said last is put aside. Of several that end in a row the first
 * says most, and stays: the others stand behind it, as far as there is room. Links that lie there are moved, not followed.
 */
export async function takeUpLog(folder: string): Promise<void> {
  const log = pathIn(folder);
  const isKept = await appendToAside(folder).catch(() => false);
  if (!isKept) await rename(log, asidePathIn(folder)).catch(() => undefined);
  await rename(newPathIn(folder), log);
}

/** Returns whether what lies aside is to stay. */
async function appendToAside(folder: string): Promise<boolean> {
  const path = asidePathIn(folder);
  return withFile(path, async (aside) => {
    const { mtimeMs, size } = await aside.stat();
    if (Date.now() - mtimeMs > ROW) return false;
    await withFile(pathIn(folder), async (log) => {
      if (size + (await log.stat()).size <= 2 * LIMIT) await aside.write(await log.readFile(), 0, null, size);
    });
    const now = new Date();
    await aside.utimes(now, now);
    return true;
  });
}

/**
 * Puts the end of a log that has become long aside, in place of what was put aside before, and has it begin anew. PostgreSQL can turn over its log by
 * itself, but not so that it never takes more than so much room. What is written at this very moment may be lost.
 */
export async function shortenLog(folder: string, limit = LIMIT): Promise<void> {
  await withFile(pathIn(folder), async (log) => {
    const { size } = await log.stat();
    if (size <= limit) return;
    const end = Buffer.alloc(limit);
    await log.read(end, 0, limit, size - limit);
    const aside = await openAnew(asidePathIn(folder));
    try {
      await aside.writeFile(end);
    } finally {
      await aside.close();
    }
    await log.truncate();
  });
}

async function withFile<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await openThere(path);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}
