import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CloseCode } from 'whatsapp-workspace/protocol';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';

const MAX = 3;

const database = await useDatabase();
const gateway = await startGateway({
  databaseUrl: database.url,
  deps: { senderFor: () => new ScriptedSender(), maxSilent: MAX },
});
atEnd(() => gateway.close());

async function connect(): Promise<Desk> {
  const desk = new Desk(gateway.url);
  atEnd(() => desk.close());
  await desk.opened();
  return desk;
}

test('of sockets that say nothing the oldest goes when there are too many; desks are let in and stay', async () => {
  const ana = await Desk.open(gateway.url, { agent: 'ana' });
  const silent: Desk[] = [];
  for (let i = 0; i < 2 * MAX; i++) silent.push(await connect());
  const ben = await Desk.open(gateway.url, { agent: 'ben' });
  // The newest, and one had to go for Ben before he said hello.
  await until('the oldest are gone', () => silent.slice(0, MAX + 1).every(({ closed }) => closed));
  assert.deepEqual(
    silent.map(({ closed }) => closed?.code ?? null),
    [...Array.from({ length: MAX + 1 }, () => CloseCode.helloLate), null, null],
  );
  for (const desk of [ana, ben]) {
    await desk.ready();
    assert.equal(desk.closed, null);
    desk.close();
  }
});

test('who is sent away unknown and does not say goodbye takes no place for long', async () => {
  const strangers = await Promise.all(Array.from({ length: MAX }, connect));
  for (const stranger of strangers) {
    stranger.pause();
    stranger.sendRaw('nonsense');
  }
  await until('their places are free', () => /^gateway_sockets 0$/m.test(gateway.metrics.render()));
});
