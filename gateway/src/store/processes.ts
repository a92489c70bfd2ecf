import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether a process lives (a process of another account does; one that has ended and that nobody has asked after yet does not). */
export function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return !ENDED.includes(statOf(pid)?.[0] ?? '');
}

/**
 * When a process began, in the platform's own measure: with its id it names the process, also when the id is given to another one later.
 * @returns null where the platform does not tell, and when there is no such process.
 */
export function startOf(pid: number): string | null {
  return statOf(pid)?.[START] ?? null;
}

/**
 * The program that a process runs, with its arguments, separated by spaces; '' when it has ended.
 * @returns null where the platform does not tell, and when there is no such process.
 */
export function commandOf(pid: number): string | null {
  const file = readProc(pid, 'cmdline');
  if (file !== null) return file.split('\0').join(' ').trimEnd();
  try {
    const options = ['-ww', '-o', 'args=', '-p', String(pid)];
    return execFileSync('ps', options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trimEnd();
  } catch {
    return null;
  }
}

/** States of processes that are there only to be asked how they ended. */
const ENDED: readonly string[] = ['Z', 'X'];
/** The place of `starttime` among the fields that follow the program's name (proc_pid_stat(5)). */
const START = 19;

/** The fields that follow the program's name, which may hold anything. */
function statOf(pid: number): readonly string[] | null {
  const line = readProc(pid, 'stat');
  return line === null ? null : line.slice(line.lastIndexOf(')') + 2).split(' ');
}

/** A file of Linux about a process. */
function readProc(pid: number, name: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return null;
  }
}
