import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { dropOld } from '../src/store/retention.js';
import { openDb } from '../src/store/db.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { startGateway } from './support/gateway.js';
import { recordingLog } from './support/log.js';
import { until } from './support/until.js';
import { CHANNEL, post, textChange, webhook } from './support/webhooks.js';

const database = await useDatabase();
const OTHER = '999000111';

const messages = () => database.query(`select from message`);

test('what comes for a number that is not ours is answered, kept, named once, and applied when the number is ours', async () => {
  const log = recordingLog();
  const gateway = await startGateway({ databaseUrl: database.url, numbers: [CHANNEL], deps: { log } });
  const both = webhook(
    textChange({ phone: '34600111222' }, 'To us'),
    textChange({ phone: '34600111333' }, 'To them', { channel: OTHER }),
  );
  assert.equal((await post(gateway.url, both)).status, 200);
  const again = webhook(textChange({ phone: '34600111333' }, 'To them again', { channel: OTHER }));
  assert.equal((await post(gateway.url, again)).status, 200);
  assert.equal((await messages()).length, 1);
  const alarms = log.lines.filter(({ fields }) => fields['channel'] === OTHER);
  assert.equal(alarms.length, 1);
  const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
  assert.match(metrics, /^gateway_webhook_unclaimed_total 2$/m);
  await gateway.close();

  // Started again as it was, nothing changes.
  await (await startGateway({ databaseUrl: database.url, numbers: [CHANNEL] })).close();
  assert.equal((await messages()).length, 1);

  const widened = await startGateway({ databaseUrl: database.url, numbers: [CHANNEL, OTHER] });
  await until('all are applied', async () => (await messages()).length === 3);
  await widened.close();
});

test('it is not kept for ever', async () => {
  const gateway = await startGateway({ databaseUrl: database.url, numbers: [CHANNEL] });
  await post(gateway.url, webhook(textChange({ phone: '34600111333' }, 'Elsewhere', { channel: '77' })));
  await gateway.close();
  const kept = () => database.query(`select from inbox where item ->> 'channel' = '77'`);
  assert.equal((await kept()).length, 1);
  const db = openDb(database.url, () => undefined);
  atEnd(() => db.close());
  await dropOld(db, Date.now() + 1000);
  assert.equal((await kept()).length, 0);
});

test('too much of it at once is refused quickly, as what is ours', async () => {
  const log = recordingLog();
  const deps = { log, ingestLimits: { items: 1 } };
  const gateway = await startGateway({ databaseUrl: database.url, numbers: [CHANNEL], deps });
  atEnd(() => gateway.close());
  const holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  atEnd(() => holder.end());
  await holder.query('begin');
  await holder.query('lock table inbox in share row exclusive mode');
  const strange = () =>
    post(gateway.url, webhook(textChange({ phone: '34600111333' }, 'Hi', { channel: '78' })));
  const first = strange();
  await until('it waits', async () => {
    const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    return (await database.query(waiting)).length > 0;
  });
  const more = await Promise.all(Array.from({ length: 10 }, strange));
  assert.deepEqual([...new Set(more.map(({ status }) => status))], [503]);
  await first;
  // What met a time-out of the database is told; what was too much is not, there may be thousands of it in a second.
  const timedOut = log.lines.filter(({ message }) => message.startsWith('A webhook could not be stored'));
  assert.ok(timedOut.length < 11, `${timedOut.length} waited for the database`);
  await holder.query('rollback');
});
