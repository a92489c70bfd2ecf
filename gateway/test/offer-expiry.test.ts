import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';
import { post, textChange, webhook } from './support/webhooks.js';

const SELDOM = 600_000;

const database = await useDatabase();
const open = () =>
  startGateway({
    databaseUrl: database.url,
    policy: { offerTimeout: 4000 },
    deps: { senderFor: () => new ScriptedSender(), sweepInterval: SELDOM, heartbeat: SELDOM },
  });

test('an offer that another gateway has made ends when its time is over, without anything else happening', async () => {
  const first = await open();
  const desk = await Desk.open(first.url, { agent: 'ana' });
  await desk.ready();
  await post(first.url, webhook(textChange({ phone: '34600960001' }, 'Hello')));
  const { id } = await desk.offered();
  await first.close();
  const second = await open();
  atEnd(() => second.close());
  const stateOf = async () =>
    (await database.query<{ state: string }>('select state from interaction where id = $1', [id]))[0]?.state;
  await until('it is in the queue', async () => (await stateOf()) === 'queued', 20_000);
  const [event] = await database.query<{ cause: string }>(
    `select body ->> 'cause' as cause from event where type = 'interaction-queued'`,
  );
  assert.equal(event?.cause, 'offer-expired');
  desk.close();
});
