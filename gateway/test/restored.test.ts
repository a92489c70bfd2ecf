import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { ACCESS_TOKEN, SECRET, startGateway, VERIFY_TOKEN } from './support/gateway.js';
import { ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';
import { APP_SECRET, CHANNEL, post, textChange, webhook } from './support/webhooks.js';

const MAIN = fileURLToPath(new URL('../src/main.js', import.meta.url));

const database = await useDatabase();

/** As an operator calls it. */
async function order(
  ...words: readonly string[]
): Promise<{ readonly code: number; readonly output: string }> {
  const env = {
    PATH: process.env['PATH'],
    WHATSAPP_PHONE_NUMBER_ID: CHANNEL,
    WHATSAPP_ACCESS_TOKEN: ACCESS_TOKEN,
    WHATSAPP_APP_SECRET: APP_SECRET,
    WHATSAPP_VERIFY_TOKEN: VERIFY_TOKEN,
    JWT_SECRET: SECRET,
    DATABASE_URL: database.url,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...words], { env, timeout: 30_000 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? -1) : 0, output: stdout + stderr });
    });
  });
}

async function open() {
  const sender = new ScriptedSender();
  const gateway = await startGateway({ databaseUrl: database.url, deps: { senderFor: () => sender } });
  atEnd(() => gateway.close());
  return { gateway, sender };
}

const text = (words: string) => ({ kind: 'text', text: words }) as const;
const epochOf = async () => (await database.query<{ epoch: string }>('select epoch from stream'))[0]?.epoch;
const statesOf = async () =>
  (await database.query<{ state: string }>('select state from outbox order by id')).map(({ state }) => state);

test('what waited in a restored backup is of unknown outcome, is not sent again, and desks begin anew', async () => {
  const before = await open();
  const desk = await Desk.open(before.gateway.url, { agent: 'ana' });
  await desk.ready();
  await post(before.gateway.url, webhook(textChange({ phone: '34600900200' }, 'Hello')));
  const { id: interaction } = await desk.accept();
  await database.query('update channel set paused_until = $1', [Date.now() + 600_000]);
  for (const words of ['One', 'Two'])
    await desk.does('send-message', { interaction, content: text(words) }, randomUUID());
  const epoch = await epochOf();

  const tooEarly = await order('restored');
  assert.equal(tooEarly.code, 1);
  assert.match(tooEarly.output, /A gateway works on this database: stop all gateways/);
  assert.deepEqual([await epochOf(), await statesOf()], [epoch, ['ready', 'ready']]);

  const { cursor } = desk.state;
  desk.close();
  await before.gateway.close();
  // When the backup was made, one was on its way.
  await database.query(
    `update outbox set state = 'leased', worker = 1, attempts = 1 where id = (select min(id) from outbox)`,
  );
  await database.query('update channel set paused_until = 0');
  const restored = await order('restored');
  assert.deepEqual(
    [restored.code, restored.output.trim().split('\n').at(-1)],
    [0, 'Desks will take a fresh snapshot. 2 messages are of unknown outcome now.'],
  );
  assert.notEqual(await epochOf(), epoch);
  assert.deepEqual(await statesOf(), ['unknown', 'unknown']);

  const after = await open();
  const later = await Desk.open(after.gateway.url, { agent: 'ana', cursor });
  assert.ok(later.frame('reset'), 'the old place in the log means nothing');
  const page = await later.query({ name: 'transcript', args: { interaction, before: null, limit: 10 } });
  assert.ok(page.ok);
  const told = page.result.items.flatMap((item) =>
    item.kind === 'message' && item.message.direction === 'outbound' ? [item.message.delivery?.state] : [],
  );
  assert.deepEqual(told, ['unknown', 'unknown']);
  await later.does('send-message', { interaction, content: text('Three') }, randomUUID());
  await until('the next one goes', () => after.sender.requests.length > 0);
  assert.deepEqual(after.sender.texts, ['Three']);
  later.close();
});

test('a word that means nothing is refused, instead of starting a gateway', async () => {
  const { code, output } = await order('restore');
  assert.equal(code, 1);
  assert.match(output, /The only words that may follow are “restored”/);
});
