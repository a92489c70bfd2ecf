import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ledger } from '../src/ledger/ledger.js';
import { MediaDisk } from '../src/media/disk.js';
import { dropOldFiles } from '../src/media/retention.js';
import { openDb } from '../src/store/db.js';
import { dropUploads } from '../src/store/media-retention.js';
import { insertOwnFile } from '../src/store/media.js';
import { beginUpload, endUpload } from '../src/store/uploads.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { jpeg, png } from './support/files.js';
import { temporaryFolder } from './support/folder.js';
import { startGateway } from './support/gateway.js';
import { recordingLog, silentLog } from './support/log.js';
import { freePort, startTestStandIn } from './support/stand-in.js';
import { until } from './support/until.js';

const DAY = 24 * 60 * 60_000;
const CONTACT = { name: 'Maria', phone: '34600111222' };
const database = await useDatabase();
const mediaDir = temporaryFolder();
const port = await freePort();
const standIn = await startTestStandIn(port);
atEnd(() => standIn.close());
const gateway = await startGateway({
  databaseUrl: database.url,
  apiUrl: `${standIn.url}/v23.0`,
  mediaDir,
  port,
});
atEnd(() => gateway.close());
const desk = await Desk.open(gateway.url, { agent: 'ana' });
atEnd(() => desk.close());
await desk.ready();
await standIn.writeAsContact({ contact: CONTACT, text: 'Hello' }).taken;
await desk.accept();

const db = openDb(database.url, () => undefined);
atEnd(() => db.close());
const ledger = new Ledger({ db, clock: { now: () => Date.now() }, notify: true });
const disk = await MediaDisk.open(mediaDir);
const retention = { ledger, disk, log: silentLog };
const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** The states of files that desks were told of, in their order. */
const told = () =>
  desk.events.flatMap((event) =>
    event.type === 'message-changed' && event.body.change.kind === 'media' ? [event.body.change.status] : [],
  );

/** An agent brings a file and sends it to nobody. */
async function brings(id: string, begun: number, whole: number): Promise<void> {
  const file = { bytes: 1, mime: 'image/png', name: null, owner: 'ana' };
  const media = `own-${id}`;
  await beginUpload(db, { ...file, id }, begun);
  await db.tx(async (tx) => {
    await insertOwnFile(tx, { ...file, sha256: 'a'.repeat(64), width: 1, height: 1, id: media }, whole);
    await endUpload(tx, { owner: 'ana', id }, { media });
  });
}

async function comesIn(bytes: Buffer): Promise<void> {
  const known = told().length;
  await standIn.writeAsContact({ contact: CONTACT, file: { type: 'image', mime: 'image/png', bytes } }).taken;
  await until('it is here', () => told().length > known);
}

test('what is older than files are kept goes, and its message says so; the same content of a newer file stays', async () => {
  const [shared, alone] = [png(4, 4), jpeg(5, 5)];
  await comesIn(shared);
  await comesIn(alone);
  await database.query('update media set created_at = created_at - $1::bigint', [3 * DAY]);
  await comesIn(shared);
  const paths = [shared, alone].map((bytes) => disk.pathOf(createHash('sha256').update(bytes).digest('hex')));
  await dropOldFiles({ ...retention, days: null });
  await dropOldFiles({ ...retention, days: 4 });
  assert.deepEqual(await Promise.all(paths.map(isThere)), [true, true]);
  await dropOldFiles({ ...retention, days: 2 });
  await until('both are gone', () => told().length === 5);
  assert.deepEqual(told(), ['stored', 'stored', 'stored', 'gone', 'gone']);
  assert.deepEqual(await Promise.all(paths.map(isThere)), [true, false]);
});

test('what an agent brought and never sent goes after a week, with what never came whole', async () => {
  const old = Date.now() - 8 * DAY;
  await brings('old', old, old);
  // Begun as long ago, and whole only now.
  await brings('slow', old, Date.now());
  await brings('new', Date.now(), Date.now());
  const upload = { owner: 'ana', id: 'broken-off', bytes: 10, mime: 'image/png', name: null };
  await beginUpload(db, upload, old);
  const [coming, growing] = [join(mediaDir, 'coming', 'x'), disk.uploadPath('ana', 'broken-off')];
  for (const path of [coming, growing]) {
    await writeFile(path, 'half');
    await utimes(path, new Date(old), new Date(old));
  }
  await dropOldFiles({ ...retention, days: null });
  const own = await database.query<{ id: string }>(`select id from media where owner = 'ana' order by id`);
  assert.deepEqual(own, [{ id: 'own-new' }, { id: 'own-slow' }]);
  const uploads = await database.query<{ id: string }>('select id from upload order by id');
  assert.deepEqual(uploads, [{ id: 'new' }, { id: 'slow' }]);
  assert.deepEqual(await Promise.all([coming, growing].map(isThere)), [false, false]);
});

/** Unsent files of the same age, and as many uploads as an installation has of a week. */
async function fill(unsent: number, at: number): Promise<void> {
  await database.query(
    `insert into upload (owner, id, bytes, mime, created_at, refusal)
     select 'ben', 'refused-' || n, 1, 'image/png', $1::bigint, 'No.' from generate_series(1, 5000) n`,
    [Date.now()],
  );
  await database.query(
    `with file as (
       insert into media (id, mime, owner, state, created_at, run_at)
       select 'ben-' || n, 'image/png', 'ben', 'stored', $1::bigint, 0 from generate_series(1, $2::int) n returning id
     ) insert into upload (owner, id, bytes, mime, created_at, media) select 'ben', id, 1, 'image/png', $1::bigint, id from file`,
    [at, unsent],
  );
}

const unsentOf = async (owner: string) =>
  (await database.query<{ id: string }>('select id from media where owner = $1', [owner])).length;

test('of files that become due together, each costs the same however many uploads there are', async () => {
  const old = Date.now() - 8 * DAY;
  await fill(250, old);
  const read = await db.tx(async (tx) => {
    assert.equal(await dropUploads(tx, Date.now() - 7 * DAY, 100), 100);
    const [rows] = await tx.query<{ read: number }>(
      `select seq_tup_read as read from pg_stat_xact_user_tables where relname = 'upload'`,
    );
    return rows?.read ?? 0;
  });
  // All of them twice at most, and not once for each file.
  assert.ok(read <= 2 * 5300, `${read} uploads were read`);
  assert.equal(await unsentOf('ben'), 150);
  await dropOldFiles({ ...retention, days: null });
  assert.equal(await unsentOf('ben'), 0);
});

test('what cannot be thrown away keeps nothing else', async () => {
  const old = Date.now() - 8 * DAY;
  await comesIn(png(6, 6));
  await database.query(`update media set created_at = $1 where state = 'stored' and owner is null`, [old]);
  await brings('kept', old, old);
  const content = createHash('sha256').update(png(7, 7)).digest('hex');
  await database.query('insert into blob (sha256, bytes, stored_at) values ($1, 1, 0)', [content]);
  const coming = join(mediaDir, 'coming', 'y');
  await writeFile(coming, 'half');
  await utimes(coming, new Date(old), new Date(old));
  await database.query(
    `create function fail() returns trigger language plpgsql as 'begin raise exception ''No''; end'`,
  );
  for (const event of ['update on media', 'delete on upload'])
    await database.query(`create trigger fails before ${event} for each row execute function fail()`);
  const log = recordingLog();
  await dropOldFiles({ ...retention, days: 2, log });
  await database.query('drop function fail cascade');
  assert.deepEqual(
    log.lines.map(({ fields }) => fields['files']),
    ['old', 'unsent'],
  );
  assert.deepEqual(await database.query('select 1 from blob where sha256 = $1', [content]), []);
  assert.equal(await isThere(coming), false);
  await dropOldFiles({ ...retention, days: 2, log });
  assert.equal(log.lines.length, 2);
  assert.equal(told().at(-1), 'gone');
  assert.deepEqual(await database.query(`select 1 from media where id = 'own-kept'`), []);
});
