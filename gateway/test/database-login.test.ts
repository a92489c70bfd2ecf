import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDefect, isTimeOut, isUnavailable, openDb } from '../src/store/db.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { recordingLog } from './support/log.js';
import { ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';
import { MARIA, post, textChange, webhook } from './support/webhooks.js';

const database = await useDatabase();
const role = `login_${process.pid}`;
await database.query(`create role ${role} superuser login`);
atEnd(async () => {
  await database.query(`reassign owned by ${role} to postgres`);
  await database.query(`drop role ${role}`);
});

/** The database, by another way. */
function urlWith(change: (url: URL) => void): string {
  const url = new URL(database.url);
  change(url);
  return url.href;
}

const ours = urlWith((url) => (url.username = role));

for (const [what, url] of [
  ['a role that is not there', urlWith((one) => (one.username = 'nobody_of_that_name'))],
  ['a database that is not there', urlWith((one) => (one.pathname = '/nothing_of_that_name'))],
  ['a network that does not lead there', 'postgresql://postgres@[100::1]:5432/test'],
  ['a name that nobody knows', 'postgresql://postgres@database.invalid:5432/test'],
] as const) {
  test(`${what}: nothing can be said of what was to be stored`, async () => {
    const db = openDb(url, () => undefined, { answerTimeout: 1000 });
    for (const ask of [() => db.query('select 1'), () => db.tx((tx) => tx.query('select 1'))]) {
      const error: unknown = await ask().catch((reason: unknown) => reason);
      assert.deepEqual([isUnavailable(error), isDefect(error), isTimeOut(error)], [true, false, false]);
    }
    await db.close();
  });
}

test('a gateway that may not log in for a while refuses nothing for good, and goes on when it may', async () => {
  const sender = new ScriptedSender();
  const log = recordingLog();
  const gateway = await startGateway({ databaseUrl: ours, deps: { senderFor: () => sender, log } });
  atEnd(() => gateway.close());
  const desk = await Desk.open(gateway.url, { agent: 'ana' });
  await desk.ready();
  await post(gateway.url, webhook(textChange(MARIA, 'Hello')));
  const { id } = await desk.accept();

  await database.query(`alter role ${role} nologin`);
  await database.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [role]);
  const args = { interaction: id, content: { kind: 'text', text: 'After all' } } as const;
  const receipt = await desk.command('send-message', args, 'the-command');
  assert.deepEqual(receipt.ok ? null : [receipt.error.kind, receipt.error.retryable], ['unavailable', true]);
  assert.equal((await post(gateway.url, webhook(textChange(MARIA, 'And again')))).status, 503);
  assert.deepEqual(
    log.lines.filter(({ message }) => message.endsWith('is kept')),
    [],
  );

  await database.query(`alter role ${role} login`);
  await until('it is ready again', async () => (await fetch(`${gateway.url}/readyz`)).status === 200);
  await desk.does('send-message', args, 'the-command');
  await until('it is sent', () => sender.texts.includes('After all'));
  desk.close();
});
