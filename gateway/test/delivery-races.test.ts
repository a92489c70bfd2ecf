import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import pg from 'pg';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { accepted, ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';
import { post, textChange, webhook } from './support/webhooks.js';

const database = await useDatabase();
const sender = new ScriptedSender();
const gateway = await startGateway({ databaseUrl: database.url, deps: { senderFor: () => sender } });
atEnd(() => gateway.close());

test('a message that is taken while its conversation goes on in another one is told to the desk that has that', async () => {
  const desk = await Desk.open(gateway.url, { agent: 'ana' });
  await desk.ready();
  await post(gateway.url, webhook(textChange({ phone: '34600770001' }, 'Hello')));
  const { id } = await desk.accept();
  sender.held = true;
  const clientId = randomUUID();
  await desk.does(
    'send-message',
    { interaction: id, content: { kind: 'text', text: 'On its way' } },
    clientId,
  );
  await until('the request has left', () => sender.open.length === 1);

  // Another transaction has the conversation, ends it, and goes on in a new one.
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  atEnd(() => other.end());
  await other.query('begin');
  await other.query('select from interaction where id = $1 for update', [id]);
  sender.open[0]?.answer(accepted());
  await until('what was answered waits', async () => {
    const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    return (await database.query(waiting)).length > 0;
  });
  await other.query('create temp table open as select * from interaction where id = $1', [id]);
  await other.query(
    `update interaction set state = 'done', agent = null,
       body = body || '{"state": "done", "agent": null}' where id = $1`,
    [id],
  );
  await other.query(
    `update open set id = id || '-next', items = 0, body = body || jsonb_build_object('id', id || '-next')`,
  );
  await other.query('insert into interaction select * from open');
  await other.query('commit');

  const told = await until('the desk is told', () =>
    desk.events.find(({ type }) => type === 'delivery-changed'),
  );
  assert.equal(told.interaction, id);
  desk.close();
});
