import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Another account of the operating system. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** "nobody", whatever it is called here. */
const NOBODY: Account = { uid: 65_534, gid: 65_534 };

const READ = 4;
const ENTER = 1;

/** As whom PostgreSQL has to run: it refuses to be root. null: as ourselves. */
export function serverAccount(): Account | null {
  return process.getuid?.() === 0 ? NOBODY : null;
}

/** Whether an account can read and execute a file, or list and enter a folder: all folders above must let it pass. */
export async function isReachable(path: string, account: Account): Promise<boolean> {
  if (!(await allows(path, account, READ | ENTER))) return false;
  return isPassable(dirname(path), account);
}

/** Whether an account may pass through a folder and all above it. */
export async function isPassable(folder: string, account: Account): Promise<boolean> {
  for (let path = folder; ; path = dirname(path)) {
    if (!(await allows(path, account, ENTER))) return false;
    if (path === dirname(path)) return true;
  }
}

export async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

async function allows(path: string, { uid, gid }: Account, wanted: number): Promise<boolean> {
  const stats = await stat(path).catch(() => null);
  if (!stats) return false;
  const shift = stats.uid === uid ? 6 : stats.gid === gid ? 3 : 0;
  return ((stats.mode >> shift) & wanted) === wanted;
}
