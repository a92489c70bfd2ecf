import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/store/embedded-postgres.js';
import { isAlive } from '../src/store/processes.js';
import { atEnd } from './support/cleanup.js';
import { recordingLog, silentLog } from './support/log.js';
import { until } from './support/until.js';

const folder = await mkdtemp(join(tmpdir(), 'pg-'));
atEnd(() => rm(folder, { recursive: true, force: true }));

async function ask<R extends pg.QueryResultRow>(url: string, sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

const socketFolderOf = (url: string) => new URL(url).searchParams.get('host') ?? '';
const pidOf = async (cluster: string) =>
  Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0]);

test('it makes a durable server without a network, keeps data over restarts, and stops in order', async () => {
  const server = await startEmbeddedPostgres(folder, silentLog);
  const url = await server.database('desk');
  const settings = await ask<{ name: string; setting: string }>(
    url,
    `select name, setting from pg_settings where name in ('fsync', 'listen_addresses', 'synchronous_commit')`,
  );
  assert.deepEqual(Object.fromEntries(settings.map(({ name, setting }) => [name, setting])), {
    fsync: 'on',
    listen_addresses: '',
    synchronous_commit: 'on',
  });
  await ask(url, 'create table kept (value text)');
  await ask(url, `insert into kept values ('here')`);
  const pid = await pidOf(socketFolderOf(url));
  await server.stop();
  await until('the server is gone', () => !isAlive(pid));

  const again = await startEmbeddedPostgres(folder, silentLog);
  assert.deepEqual(await ask(await again.database('desk'), 'select value from kept'), [{ value: 'here' }]);
  await again.stop();
});

test('its log does not hold what an error is about, and its files do not follow links', async () => {
  const elsewhere = join(folder, 'elsewhere');
  await writeFile(elsewhere, 'mine');
  for (const name of ['gateway.conf', 'server.log']) {
    await rm(join(folder, 'postgres', name));
    await symlink(elsewhere, join(folder, 'postgres', name));
  }
  const server = await startEmbeddedPostgres(folder, silentLog);
  const url = await server.database('desk');
  await ask(url, `create table once (value text primary key)`);
  await ask(url, `insert into once values ('words of a contact')`);
  await assert.rejects(ask(url, `insert into once values ('words of a contact')`), /duplicate key/);
  const log = await readFile(join(folder, 'postgres', 'server.log'), 'utf8');
  assert.match(log, /duplicate key/);
  assert.doesNotMatch(log, /words of a contact/);
  assert.equal(await readFile(elsewhere, 'utf8'), 'mine');
  await server.stop();
});

test('what the server said before it was started again is kept', async () => {
  await writeFile(join(folder, 'postgres', 'server.log'), 'the words of a crash');
  const server = await startEmbeddedPostgres(folder, silentLog);
  // A server that has just been stopped may still have said its last words.
  assert.match(await readFile(join(folder, 'postgres', 'server.log.1'), 'utf8'), /^the words of a crash/);
  await server.stop();
});

test('a database of another major version, and a DATA_DIR that cannot be, get a sentence', async () => {
  const old = join(folder, 'old');
  await mkdir(join(old, 'postgres'), { recursive: true });
  await writeFile(join(old, 'postgres', 'PG_VERSION'), '12\n');
  await assert.rejects(startEmbeddedPostgres(old, silentLog), /was made by PostgreSQL 12, and this is \d+/);
  await writeFile(join(folder, 'file'), '');
  await assert.rejects(
    startEmbeddedPostgres(join(folder, 'file', 'data'), silentLog),
    /^Error: DATA_DIR .* cannot be made/,
  );
});

test('a server that runs is used; it stops when the last one leaves', async () => {
  const first = await startEmbeddedPostgres(folder, silentLog);
  const second = await startEmbeddedPostgres(folder, silentLog);
  const url = await second.database('desk');
  const pid = await pidOf(socketFolderOf(url));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await first.stop();
  assert.equal((await client.query('select 1')).rowCount, 1);
  await client.end();
  await second.stop();
  await until('the server is gone', () => !isAlive(pid));
});

test('several that start at once make one server', async () => {
  const fresh = join(folder, 'fresh');
  const servers = await Promise.all([1, 2, 3].map(() => startEmbeddedPostgres(fresh, silentLog)));
  const urls = await Promise.all(servers.map((server) => server.database('desk')));
  assert.equal(new Set(urls).size, 1);
  await Promise.all(servers.map((server) => server.stop()));
});

test('after a crash of the server, committed data are there', async () => {
  const server = await startEmbeddedPostgres(folder, silentLog);
  const url = await server.database('desk');
  await ask(url, `insert into kept values ('before the crash')`);
  const pid = await pidOf(socketFolderOf(url));
  process.kill(pid, 'SIGKILL');
  await until('the server is dead', () => !isAlive(pid));
  const again = await startEmbeddedPostgres(folder, silentLog);
  const rows = await ask(await again.database('desk'), `select from kept where value = 'before the crash'`);
  assert.equal(rows.length, 1);
  await again.stop();
});

test('a folder whose path is too long for a socket works, quotes and spaces too', async () => {
  const long = join(folder, `it's a long path ${'x'.repeat(90)}`);
  const server = await startEmbeddedPostgres(long, silentLog);
  const url = await server.database('desk');
  assert.equal((await ask(url, 'select 1')).length, 1);
  const socketFolder = socketFolderOf(url);
  assert.notEqual(socketFolder, join(long, 'postgres'));
  assert.equal((await stat(socketFolder)).mode & 0o077, 0);
  await server.stop();
  await rm(socketFolder, { recursive: true, force: true });
});

const isRoot = process.getuid?.() === 0;

test(
  'as root, below a home that others cannot enter, the database lies elsewhere and says so',
  { skip: !isRoot },
  async () => {
    const home = join(folder, 'home');
    await mkdir(home, { mode: 0o700 });
    await chmod(home, 0o700);
    const log = recordingLog();
    const server = await startEmbeddedPostgres(join(home, 'app', '.data'), log);
    const url = await server.database('desk');
    const elsewhere = log.lines.find(({ fields }) => typeof fields['folder'] === 'string')?.fields['folder'];
    assert.match(String(elsewhere), /^\/var\/lib\/whatsapp-workspace\//);
    assert.equal((await ask(url, 'select 1')).length, 1);
    await server.stop();
    await rm(String(elsewhere), { recursive: true, force: true });
  },
);

test('as root, the server runs as somebody else', { skip: !isRoot }, async () => {
  const server = await startEmbeddedPostgres(folder, silentLog);
  const pid = await pidOf(socketFolderOf(await server.database('desk')));
  const [, uid] = /^Uid:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  assert.equal(uid, '65534');
  await server.stop();
});
