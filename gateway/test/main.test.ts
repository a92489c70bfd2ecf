import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { GatewayProcess } from './support/process.js';
import { SlowProxy } from './support/slow-proxy.js';
import { freePort, startTestStandIn } from './support/stand-in.js';
import { until } from './support/until.js';
import { post, textChange, webhook } from './support/webhooks.js';

const database = await useDatabase();
const port = await freePort();
const standIn = await startTestStandIn(port);
atEnd(() => standIn.close());
// Long enough for a second signal while a message has arrived and the gateway does not know it.
const proxy = new SlowProxy(standIn.url, 700);
const apiUrl = await proxy.start();
atEnd(() => proxy.close());
const gateway = new GatewayProcess(port, { DATABASE_URL: database.url, WHATSAPP_API_URL: `${apiUrl}/v23.0` });
atEnd(() => gateway.kill());

test('Ctrl+C, which reaches the gateway and who started it, stops it in order', async () => {
  await gateway.start();
  const code = await gateway.stop('SIGINT', 'SIGTERM');
  assert.equal(code, 0);
  assert.match(gateway.output, /"The gateway stops"/);
});

test('the same signal from the process group and from who started it is no impatience: sends are finished', async () => {
  await gateway.start();
  const desk = await Desk.open(gateway.url, { agent: 'ana' });
  await desk.ready();
  await post(gateway.url, webhook(textChange({ phone: '34600900100' }, 'Hello')));
  const { id } = await desk.accept();
  const clientId = randomUUID();
  await desk.does(
    'send-message',
    { interaction: id, content: { kind: 'text', text: 'Still goes' } },
    clientId,
  );
  await until('it is on the phone', () => standIn.messages().some(({ text }) => text === 'Still goes'));
  const stops = () => gateway.output.split('"The gateway stops"').length - 1;
  const before = stops();
  gateway.signal('SIGTERM');
  await until('it stops', () => stops() > before);
  assert.equal(await gateway.stop('SIGTERM'), 0);
  const [row] = await database.query<{ state: string }>('select state from outbox where client_id = $1', [
    clientId,
  ]);
  assert.equal(row?.state, 'sent');
  desk.close();
});
