import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ledger } from '../src/ledger/ledger.js';
import { MediaDisk } from '../src/media/disk.js';
import { dropOldFiles } from '../src/media/retention.js';
import { openDb } from '../src/store/db.js';
import { insertOwnFile } from '../src/store/media.js';
import { beginUpload } from '../src/store/uploads.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { jpeg, png } from './support/files.js';
import { temporaryFolder } from './support/folder.js';
import { startGateway } from './support/gateway.js';
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
  await dropOldFiles({ ledger, disk, days: null });
  await dropOldFiles({ ledger, disk, days: 4 });
  assert.deepEqual(await Promise.all(paths.map(isThere)), [true, true]);
  await dropOldFiles({ ledger, disk, days: 2 });
  await until('both are gone', () => told().length === 5);
  assert.deepEqual(told(), ['stored', 'stored', 'stored', 'gone', 'gone']);
  assert.deepEqual(await Promise.all(paths.map(isThere)), [true, false]);
});

test('what an agent brought and never sent goes after a week, with what never came whole', async () => {
  const old = Date.now() - 8 * DAY;
  const file = { sha256: 'a'.repeat(64), bytes: 1, mime: 'image/png', width: 1, height: 1, name: null };
  for (const at of [old, Date.now()])
    await db.tx((tx) =>
      insertOwnFile(tx, { ...file, id: `own-${at === old ? 'old' : 'new'}`, owner: 'ana' }, at),
    );
  const upload = { owner: 'ana', id: 'broken-off', bytes: 10, mime: 'image/png', name: null };
  await beginUpload(db, upload, old);
  const [coming, growing] = [join(mediaDir, 'coming', 'x'), disk.uploadPath('ana', 'broken-off')];
  for (const path of [coming, growing]) {
    await writeFile(path, 'half');
    await utimes(path, new Date(old), new Date(old));
  }
  await dropOldFiles({ ledger, disk, days: null });
  const own = await database.query<{ id: string }>(`select id from media where owner = 'ana'`);
  assert.deepEqual(own, [{ id: 'own-new' }]);
  assert.deepEqual(await database.query('select id from upload'), []);
  assert.deepEqual(await Promise.all([coming, growing].map(isThere)), [false, false]);
});
