import assert from 'node:assert/strict';
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { serverAccount } from '../src/store/account.js';
import { startEmbeddedPostgres } from '../src/store/embedded-postgres.js';
import { commandOf, isAlive } from '../src/store/processes.js';
import { shortenLog } from '../src/store/server-log.js';
import { atEnd } from './support/cleanup.js';
import { silentLog } from './support/log.js';
import { until } from './support/until.js';

const folder = await mkdtemp(join(tmpdir(), 'pg-faults-'));
atEnd(() => rm(folder, { recursive: true, force: true }));
// For accounts that are not ours.
await chmod(folder, 0o755);
const cluster = join(folder, 'postgres');
const lock = join(cluster, 'postmaster.pid');
const pidOf = async () => Number((await readFile(lock, 'utf8')).split('\n')[0]);

/** Says which signals it gets. */
class Stranger {
  readonly #process: ChildProcess;
  #heard = '';

  private constructor(process: ChildProcess) {
    this.#process = process;
    process.stdout?.on('data', (data: Buffer) => (this.#heard += data.toString()));
  }

  /** A program of the account under which PostgreSQL runs. */
  static async start(): Promise<Stranger> {
    const traps = ['INT', 'TERM', 'QUIT', 'USR1'].map((name) => `trap 'echo ${name}' ${name};`).join(' ');
    const script = `${traps} cat <&3 >&2 & echo ready; while kill -0 $! 2>&-; do wait; done`;
    const stdio = ['ignore', 'pipe', 'ignore', 'pipe'] as const;
    const stranger = new Stranger(spawn('sh', ['-c', script], { ...serverAccount(), stdio: [...stdio] }));
    atEnd(() => {
      stranger.#process.stdio[3]?.destroy();
      stranger.#process.kill('SIGKILL');
    });
    await until('it is ready', () => stranger.#heard.includes('ready'));
    return stranger;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Asks it for a word, before which it must have heard nothing. */
  async heardNothing(): Promise<void> {
    this.#process.kill('SIGUSR1');
    await until('it answers', () => this.#heard.includes('USR1'));
    assert.equal(this.#heard, 'ready\nUSR1\n');
    this.#heard = 'ready\n';
  }
}

async function nameInLock(pid: number): Promise<void> {
  const [, ...rest] = (await readFile(lock, 'utf8')).split('\n');
  await writeFile(lock, [pid, ...rest].join('\n'));
}

/** Leaves the lock of a server behind that was killed. */
async function leaveLock(): Promise<void> {
  await startEmbeddedPostgres(folder, silentLog);
  const pid = await pidOf();
  process.kill(pid, 'SIGKILL');
  await until('the server is dead', () => !isAlive(pid));
}

const stranger = await Stranger.start();

test('a lock that was left over and names another program by now keeps no server from starting', async () => {
  await leaveLock();
  await nameInLock(stranger.pid);
  const server = await startEmbeddedPostgres(folder, silentLog);
  assert.notEqual(await pidOf(), stranger.pid);
  await server.stop();
  await stranger.heardNothing();
});

test('whatever process the lock names, only the server of the folder is sent a signal', async () => {
  const server = await startEmbeddedPostgres(folder, silentLog);
  const pid = await pidOf();
  await nameInLock(stranger.pid);
  await server.stop();
  server.abandon();
  await stranger.heardNothing();
  assert.ok(isAlive(pid));
  await nameInLock(pid);
  await server.stop();
  await until('the server is gone', () => !isAlive(pid));
  server.abandon();
});

test('a lock that names another server gets a sentence', async () => {
  const server = await startEmbeddedPostgres(folder, silentLog);
  const other = join(folder, 'other');
  await (await startEmbeddedPostgres(other, silentLog)).stop();
  const copied = join(other, 'postgres', 'postmaster.pid');
  await writeFile(copied, await readFile(lock, 'utf8'));
  const { uid, gid } = await stat(cluster);
  await chown(copied, uid, gid);
  await assert.rejects(
    startEmbeddedPostgres(other, silentLog, 500),
    new RegExp(`postmaster.pid names process ${await pidOf()}, which lives`),
  );
  assert.ok(isAlive(await pidOf()));
  await server.stop();
});

test('a server that is abandoned ends when nobody is connected any more', async () => {
  const server = await startEmbeddedPostgres(folder, silentLog);
  const pid = await pidOf();
  const client = new pg.Client({ connectionString: await server.database('desk') });
  await client.connect();
  server.abandon();
  await until('nobody else is let in', async () => {
    const late = new pg.Client({ connectionString: await server.database('desk').catch(() => '') });
    return late.connect().then(
      () => late.end(),
      (error: Error) => error,
    );
  });
  assert.equal((await client.query('select 1')).rowCount, 1);
  await client.end();
  await until('the server is gone', () => !isAlive(pid));
});

test('a server that is abandoned goes on while another process uses it, which stops it', async () => {
  const server = await startEmbeddedPostgres(folder, silentLog);
  const url = await server.database('desk');
  const pid = await pidOf();
  const other = fork(fileURLToPath(new URL('./support/embedded-user.js', import.meta.url)), [folder]);
  await once(other, 'message');
  server.abandon();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.end();
  other.send('Stop.');
  await until('the server is gone', () => !isAlive(pid));
});

test('a log that has become long is cut while the server runs, and its end is kept', async () => {
  const server = await startEmbeddedPostgres(folder, silentLog);
  const url = await server.database('desk');
  const log = join(cluster, 'server.log');
  const fail = async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('select from nowhere').catch(() => undefined);
    await client.end();
  };
  await fail();
  const { size } = await stat(log);
  await shortenLog(cluster, size);
  assert.equal((await stat(log)).size, size, 'one that is not long stays');
  await shortenLog(cluster, 100);
  assert.equal((await stat(log)).size, 0);
  const aside = await readFile(`${log}.1`, 'utf8');
  assert.equal(aside.length, 100);
  assert.match(aside, /nowhere/);
  await fail();
  await until('the server writes on', async () => (await readFile(log, 'utf8')).includes('nowhere'));
  assert.doesNotMatch(await readFile(log, 'utf8'), /\0/);
  await truncate(log, 10_000_001);
  await server.shortenLog();
  assert.equal((await stat(log)).size, 0);
  await server.stop();
});

test('what a server said before the first crash of a row outlives revivals that fail and crashes that follow', async () => {
  const server = await startEmbeddedPostgres(folder, silentLog, 5000);
  const crash = async (words: string) => {
    const client = new pg.Client({ connectionString: await server.database('desk') });
    client.on('error', () => undefined);
    await client.connect();
    await client.query(`do $$ begin raise log '${words}'; end $$`);
    const pid = await pidOf();
    process.kill(pid, 'SIGKILL');
    await until('the server is dead', () => !isAlive(pid));
  };
  const config = join(cluster, 'postgresql.conf');
  const good = await readFile(config, 'utf8');
  const [log, aside] = [join(cluster, 'server.log'), join(cluster, 'server.log.1')];
  await rm(aside, { force: true });
  await crash('the first crash');
  await writeFile(config, `${good}\nshared_buffers = nonsense\n`);
  for (let i = 0; i < 3; i++) await assert.rejects(server.revive(), /did not start[^]*nonsense/);
  assert.match(await readFile(log, 'utf8'), /the first crash/);
  await writeFile(config, good);
  await server.revive();
  assert.match(await readFile(aside, 'utf8'), /the first crash/);
  await crash('the second crash');
  await server.revive();
  assert.match(await readFile(aside, 'utf8'), /the first crash[^]*the second crash/);
  // Long after, another crash is another matter.
  const then = new Date(Date.now() - 3_600_000);
  await utimes(aside, then, then);
  await crash('the third crash');
  await server.revive();
  const text = await readFile(aside, 'utf8');
  assert.match(text, /the third crash/);
  assert.doesNotMatch(text, /the second crash/);
  await server.stop();
});

const STARTER = fileURLToPath(new URL('./support/embedded-starter.js', import.meta.url));
/** That of an account that nobody has. */
const UID = 54_321;
const skip = process.getuid?.() !== 0 && 'only root can be somebody else';

/** What the start of a database says in a process of another account, for which PostgreSQL is on PATH. */
async function startAs(uid: number, dataDir: string): Promise<string> {
  const server = await startEmbeddedPostgres(folder, silentLog);
  const [program = ''] = commandOf(await pidOf())?.split(' -D ') ?? [];
  await server.stop();
  const child = fork(STARTER, [dataDir, String(uid)], { env: { PATH: dirname(program) } });
  const [words]: unknown[] = await once(child, 'message');
  return String(words);
}

test('a DATA_DIR that may not be written to gets a sentence', { skip }, async () => {
  const closed = join(folder, 'closed');
  await mkdir(closed);
  assert.match(await startAs(UID, closed), /^DATA_DIR .*closed cannot be written to \(EACCES\)/);
});

test('a user id without an entry in /etc/passwd gets a sentence', { skip }, async () => {
  const own = join(folder, 'own');
  await mkdir(own);
  await chown(own, UID, UID);
  assert.match(
    await startAs(UID, own),
    /^PostgreSQL does not run as user id 54321, which has no entry in \/etc\/passwd/,
  );
});

test('as another user with an entry it starts', { skip }, async () => {
  const own = join(folder, 'nobody');
  await mkdir(own);
  const { uid, gid } = serverAccount() ?? { uid: 0, gid: 0 };
  await chown(own, uid, gid);
  assert.equal(await startAs(uid, own), 'It started.');
});
