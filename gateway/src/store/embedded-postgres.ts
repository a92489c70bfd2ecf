import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  access,
  chmod,
  chown,
  constants,
  lstat,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../log.js';
import { isFile, isPassable, serverAccount, type Account } from './account.js';
import { withFileLock } from './file-lock.js';
import { openAnew } from './foreign-folder.js';
import { findBinaries, SHARED_ROOT, type Binaries } from './postgres-binaries.js';
import { disownLock, lockFile, lockHolder, serverOf } from './postmaster.js';
import { isAlive } from './processes.js';
import { ServerUsers } from './server-users.js';
import { beginLog, endOfLog, shortenLog, takeUpLog } from './server-log.js';

/** A PostgreSQL server of our own, reached by a unix socket only. */
export interface EmbeddedPostgres {
  /** Connection string of a database in it; the database is made when it does not exist. */
  database(name: string): Promise<string>;
  /** Starts the server again if it no longer runs. */
  revive(): Promise<void>;
  /**
   * Stops the server, unless another process is still connected to it. Close your own connections before. A server that nobody stopped (its
   * gateway was killed) goes on and is used again by the next gateway.
   */
  stop(): Promise<void>;
  /**
   * Asks the server to stop as soon as nobody is connected, and waits for nothing: for a process that ends now. Where another process uses it, it goes on:
   * it would let nobody in any more, and not stop either.
   */
  abandon(): void;
  /** Puts the end of the server's log aside when that has become long, and has it begin anew. */
  shortenLog(): Promise<void>;
}

interface Cluster {
  readonly folder: string;
  readonly socketFolder: string;
  readonly account: Account | null;
  readonly log: Log;
  /** How long it may take to start, in milliseconds. */
  readonly patience: number;
}

const START_PATIENCE = 30_000;
const STOP_PATIENCE = 30_000;
const PAUSE = 20;
/** A socket's path must fit into 104 bytes on macOS, 108 on Linux. */
const SOCKET_PATH_LIMIT = 100;
const SOCKET_NAME = '.s.PGSQL.5432';

/**
 * Starts the server whose data lie in `dataDir`, or uses the one that already runs there; several processes may.
 * @throws When there is no PostgreSQL, or it does not start; with the end of its log.
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  log: Log,
  patience = START_PATIENCE,
): Promise<EmbeddedPostgres> {
  if (process.platform === 'win32') {
    throw new Error('The embedded database does not run on Windows: set DATABASE_URL, or use WSL.');
  }
  const cluster = { ...(await placeCluster(dataDir, log)), patience };
  const lock = `${cluster.folder}.lock`;
  const users = new ServerUsers(cluster.folder);
  await withFileLock(lock, () => ensureRunning(cluster));
  users.enter();
  return {
    database: (name) => withFileLock(lock, () => ensureDatabase(cluster, name)),
    revive: () => withFileLock(lock, () => ensureRunning(cluster)),
    stop: () => {
      users.leave();
      return withFileLock(lock, () => stopIfUnused(cluster));
    },
    abandon: () => {
      users.leave();
      if (!users.hasOthers()) abandon(cluster);
    },
    shortenLog: () => shortenLog(cluster.folder),
  };
}

async function placeCluster(dataDir: string, log: Log): Promise<Omit<Cluster, 'patience'>> {
  const account = serverAccount();
  await mkdir(dataDir, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `DATA_DIR ${dataDir} cannot be made (${error.code}): name a folder that may be written to.`,
    );
  });
  // Under one name, whatever links lead there: a server is known by the folder that it was started on.
  let parent = await realpath(dataDir);
  if (account) await letPass(dataDir, account);
  if (account && !(await isPassable(dataDir, account))) {
    parent = join(SHARED_ROOT, shortHash(dataDir));
    await mkdir(parent, { recursive: true, mode: 0o755 });
    log.info(
      'PostgreSQL does not run as root, and no other account can reach DATA_DIR: the database lies elsewhere',
      {
        folder: parent,
      },
    );
  }
  await access(parent, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `DATA_DIR ${parent} cannot be written to (${error.code}): give it to user id ${process.getuid?.()}, or name another folder.`,
    );
  });
  const folder = join(parent, 'postgres');
  const fits = Buffer.byteLength(join(folder, SOCKET_NAME)) <= SOCKET_PATH_LIMIT;
  const socketFolder = fits ? folder : join(tmpdir(), `whatsapp-workspace-${shortHash(folder)}`);
  return { folder, socketFolder, account, log };
}

/** A folder of our own may be entered, though not listed, by the account that runs PostgreSQL; folders above are not ours to open. */
async function letPass(dataDir: string, account: Account): Promise<void> {
  const { uid, mode } = await lstat(dataDir);
  if (uid !== process.getuid?.() || !(await isPassable(dirname(dataDir), account))) return;
  await chmod(dataDir, (mode & 0o7777) | 0o001);
}

async function ensureRunning(cluster: Cluster): Promise<void> {
  if ((await isFile(join(cluster.folder, 'PG_VERSION'))) && (await answers(cluster))) return;
  const binaries = await findBinaries(cluster.account);
  if (!(await isFile(join(cluster.folder, 'PG_VERSION')))) await initialise(cluster, binaries);
  await checkVersion(cluster, binaries);
  await start(cluster, binaries);
}

/** The files of one major version are of no use to another. */
async function checkVersion({ folder, account }: Cluster, { postgres }: Binaries): Promise<void> {
  const made = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
  const { output } = await run(postgres, ['--version'], account);
  const [, major] = /\) (\d+)/.exec(output) ?? [];
  if (major === undefined || major === made) return;
  throw new Error(
    `The database in ${folder} was made by PostgreSQL ${made}, and this is ${major}: dump it with the gateway that made it (pg_dumpall), move the folder away, start this one and load the dump.`,
  );
}

/** Makes the data folder beside its place and moves it there: a half-made one is never taken for a database. */
async function initialise(cluster: Cluster, { initdb }: Binaries): Promise<void> {
  await removeHalfMade(cluster.folder);
  const making = `${cluster.folder}.new-${process.pid}`;
  await mkdir(making, { mode: 0o700 });
  if (cluster.account) await chown(making, cluster.account.uid, cluster.account.gid);
  const args = ['-D', making, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C'];
  const { code, output } = await run(initdb, args, cluster.account);
  if (/could not look up effective user/.test(output)) {
    throw new Error(
      `PostgreSQL does not run as user id ${process.getuid?.()}, which has no entry in /etc/passwd: add one, run as another user, or set DATABASE_URL.`,
    );
  }
  if (code !== 0) throw new Error(`initdb failed:\n${output}`);
  const config = join(making, 'postgresql.conf');
  const text = await readFile(config, 'utf8');
  await writeFile(config, `${text}\ninclude = 'gateway.conf'\n`);
  await writeSettings(making, cluster);
  await rename(making, cluster.folder);
  cluster.log.info('Made a database', { folder: cluster.folder });
}

/** Of processes that were killed in the midst of it. */
async function removeHalfMade(folder: string): Promise<void> {
  const parent = dirname(folder);
  for (const name of await readdir(parent)) {
    if (name.startsWith(`${basename(folder)}.new-`))
      await rm(join(parent, name), { recursive: true, force: true });
  }
}

/** Written at each start, because the folder may have been moved. */
async function writeSettings(folder: string, { socketFolder }: Cluster): Promise<void> {
  const quoted = `'${socketFolder.replaceAll("'", "''")}'`;
  const settings = [
    "listen_addresses = ''",
    `unix_socket_directories = ${quoted}`,
    // The folder is closed to others already where it is the data folder; elsewhere the socket itself has to be.
    'unix_socket_permissions = 0700',
    'jit = off',
    'max_connections = 200',
    // Statements and details of errors quote what people wrote: that stays out of the log.
    'log_error_verbosity = terse',
    'log_min_error_statement = panic',
  ];
  const file = await openAnew(join(folder, 'gateway.conf'));
  try {
    await file.writeFile(`${settings.join('\n')}\n`);
    // Whatever the umask: another account is to read it.
    await file.chmod(0o644);
  } finally {
    await file.close();
  }
}

async function start(cluster: Cluster, { postgres }: Binaries): Promise<void> {
  await writeSettings(cluster.folder, cluster);
  await ensureSocketFolder(cluster);
  const until = Date.now() + cluster.patience;
  for (;;) {
    await disownLock(cluster.folder);
    const server = await launch(cluster, postgres);
    while (server.exitCode === null && Date.now() < until) {
      if (await answers(cluster)) return takeUpLog(cluster.folder);
      await wait(PAUSE);
    }
    // A server may be about to stop; and the id of a killed one lives on until somebody asks after it, which not all platforms let us see.
    const text = await endOfLog(cluster.folder);
    if (Date.now() >= until || !/lock file .* already exists/.test(text)) {
      throw new Error(
        `PostgreSQL did not start in ${cluster.folder}.${lockedBy(cluster.folder, server.pid)}\n${text}`,
      );
    }
    await wait(PAUSE * 10);
  }
}

/** What to do about a lock that is not of the server that we have started, if there is one. */
function lockedBy(folder: string, ours: number | undefined): string {
  const pid = lockHolder(folder);
  if (pid === null || pid === ours || !isAlive(pid)) return '';
  return ` ${lockFile(folder)} names process ${pid}, which lives: stop it if it is a PostgreSQL on this folder, else remove the file.`;
}

/** Detached and with a log file of its own: it outlives this process, and Ctrl-C reaches only us, who then stop it in order. */
async function launch(
  cluster: Cluster,
  postgres: string,
): Promise<{ readonly pid: number | undefined; readonly exitCode: number | null }> {
  const log = await beginLog(cluster.folder);
  try {
    const server = spawn(postgres, ['-D', cluster.folder], {
      ...identity(cluster.account),
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    let exitCode: number | null = null;
    server.on('exit', (code) => (exitCode = code ?? 1));
    server.on('error', () => (exitCode = 1));
    server.unref();
    return {
      pid: server.pid,
      get exitCode() {
        return exitCode;
      },
    };
  } finally {
    await log.close();
  }
}

/** In a folder that anybody may write to, somebody else's folder must not be taken for ours. */
async function ensureSocketFolder({ folder, socketFolder, account }: Cluster): Promise<void> {
  if (socketFolder === folder) return;
  const owner = account?.uid ?? process.getuid?.();
  await mkdir(socketFolder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const made = await lstat(socketFolder);
  if (account && made.uid === 0) await chown(socketFolder, account.uid, account.gid);
  const { uid, mode } = await lstat(socketFolder);
  if (!made.isDirectory() || uid !== owner || (mode & 0o077) !== 0) {
    throw new Error(`${socketFolder} belongs to somebody else: remove it, or choose a shorter DATA_DIR.`);
  }
}

async function answers(cluster: Cluster): Promise<boolean> {
  try {
    await withClient(cluster, (client) => client.query('select 1'));
    return true;
  } catch {
    return false;
  }
}

async function ensureDatabase(cluster: Cluster, name: string): Promise<string> {
  await withClient(cluster, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  });
  return url(cluster, name);
}

async function stopIfUnused(cluster: Cluster): Promise<void> {
  const pid = serverOf(cluster.folder);
  if (pid === null || (await othersConnected(cluster))) return;
  // "Fast": ends sessions and writes a checkpoint.
  process.kill(pid, 'SIGINT');
  const until = Date.now() + STOP_PATIENCE;
  while (await isFile(lockFile(cluster.folder))) {
    if (Date.now() > until) throw new Error('PostgreSQL did not stop.');
    await wait(PAUSE);
  }
}

function abandon({ folder }: Cluster): void {
  const pid = serverOf(folder);
  if (pid === null) return;
  try {
    // "Smart": others may finish what they do.
    process.kill(pid, 'SIGTERM');
  } catch {
    // It has ended meanwhile.
  }
}

async function othersConnected(cluster: Cluster): Promise<boolean> {
  const sql = `select count(*)::int as others from pg_stat_activity
    where backend_type = 'client backend' and pid <> pg_backend_pid()`;
  try {
    const { rows } = await withClient(cluster, (client) => client.query<{ others: number }>(sql));
    return (rows[0]?.others ?? 0) > 0;
  } catch {
    // It does not answer: its process id may long belong to another program.
    return true;
  }
}

async function withClient<T>(cluster: Cluster, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url(cluster, 'postgres'), connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function url({ socketFolder }: Cluster, database: string): string {
  return `postgresql://postgres@localhost/${database}?host=${encodeURIComponent(socketFolder)}`;
}

interface Identity {
  readonly uid?: number;
  readonly gid?: number;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** As whom, where and with what environment PostgreSQL's programs run: nothing of our own environment, which holds secrets. */
function identity(account: Account | null): Identity {
  return { ...account, cwd: '/', env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' } };
}

function run(
  program: string,
  args: readonly string[],
  account: Account | null,
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...identity(account), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
