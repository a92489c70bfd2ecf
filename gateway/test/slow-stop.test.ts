import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import pg from 'pg';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { recordingLog } from './support/log.js';
import { ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';
import { post, sign, textChange, webhook } from './support/webhooks.js';

const COMMANDS = 12;

const database = await useDatabase();

/** A webhook whose body does not come to its end. Resolves when the connection has ended. */
function stuckWebhook(url: string): { readonly sent: Promise<void>; readonly ended: Promise<void> } {
  const headers = { 'content-length': 1000, 'x-hub-signature-256': sign('') };
  const sending = request(`${url}/webhooks/whatsapp`, { method: 'POST', headers, agent: false });
  const sent = new Promise<void>((resolve) => sending.write('{', () => resolve()));
  const ended = new Promise<void>((resolve) => {
    sending.on('response', (response) => response.resume());
    sending.on('error', () => undefined);
    sending.on('close', resolve);
  });
  return { sent, ended };
}

test('a stop takes nothing more, and waits neither for a row that somebody holds nor for a request that does not come', async () => {
  const sender = new ScriptedSender();
  const log = recordingLog();
  const gateway = await startGateway({ databaseUrl: database.url, deps: { log, senderFor: () => sender } });
  const [ana, ben] = [
    await Desk.open(gateway.url, { agent: 'ana' }),
    await Desk.open(gateway.url, { agent: 'ben' }),
  ];
  await ana.ready();
  await post(gateway.url, webhook(textChange({ phone: '34600950001' }, 'Hello')));
  const held = await ana.accept();
  await ana.does('set-agent-status', { status: 'not-ready', reason: null });
  await ben.ready();
  await post(gateway.url, webhook(textChange({ phone: '34600950002' }, 'Hello')));
  const free = await ben.accept();
  const locker = new pg.Client({ connectionString: database.url });
  await locker.connect();
  atEnd(() => locker.end());
  await locker.query('begin');
  await locker.query('select from interaction where id = $1 for update', [held.id]);
  for (let i = 0; i < COMMANDS; i++) {
    const args = { interaction: held.id, content: { kind: 'text', text: `Held ${i}` } };
    ana.sendRaw({ type: 'command', command: { id: `held-${i}`, name: 'send-message', args } });
  }
  const stuck = stuckWebhook(gateway.url);
  await stuck.sent;

  let isClosed = false;
  const closing = gateway.close().then(() => (isClosed = true));
  // The outbox takes up nothing more, though desks may still finish what they do.
  const content = { kind: 'text', text: 'For the next gateway' } as const;
  assert.ok((await ben.command('send-message', { interaction: free.id, content })).ok);
  const { status } = await post(gateway.url, webhook(textChange({ phone: '34600950002' }, 'Late')));
  assert.deepEqual([status, isClosed], [503, false]);
  await until('it has stopped', () => isClosed, 25_000);
  await closing;
  await stuck.ended;
  const answered = ana.frames.filter((f) => f.type === 'receipt' && f.receipt.id.startsWith('held')).length;
  assert.ok(answered < COMMANDS, 'what had not begun is left to the next gateway');
  assert.deepEqual(sender.texts, []);
  const [row] = await database.query<{ waiting: number }>(
    `select count(*)::int as waiting from outbox where state = 'ready'`,
  );
  assert.equal(row?.waiting, 1);
  // What is left is not tried on a database that is closed.
  assert.deepEqual(
    log.lines.filter(({ level }) => level === 'error'),
    [],
  );
});
