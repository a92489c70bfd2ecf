import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { GatewayProcess } from './support/process.js';
import { SlowProxy } from './support/slow-proxy.js';
import { freePort, startTestStandIn } from './support/stand-in.js';
import { TirelessDesk } from './support/tireless-desk.js';
import { until } from './support/until.js';

const AGENT = 'ana';
const MESSAGES = 60;
const KILLS = 6;

const database = await useDatabase();
const port = await freePort();
const standIn = await startTestStandIn(port);
atEnd(() => standIn.close());
// Most kills hit while a message has arrived and the gateway does not know it.
const proxy = new SlowProxy(standIn.url, 60);
const apiUrl = await proxy.start();
atEnd(() => proxy.close());
const gateway = new GatewayProcess(port, { DATABASE_URL: database.url, WHATSAPP_API_URL: `${apiUrl}/v23.0` });
atEnd(() => gateway.kill());

test(
  'kill -9 in the midst of traffic both ways: nothing lost, nothing doubled',
  { timeout: 120_000 },
  async () => {
    await gateway.start();
    const desk = new TirelessDesk(gateway.url, AGENT);
    atEnd(() => desk.close());
    await desk.command('set-agent-status', { status: 'ready', reason: null });
    const contacts = [1, 2, 3].map((n) =>
      standIn.addContact({ name: `Contact ${n}`, phone: `3460050000${n}` }),
    );
    for (const { id } of contacts) standIn.writeAsContact({ contact: id, text: `hello from ${id}` });
    const interactions = await until(
      'all ring',
      () => desk.ringing.size === contacts.length && [...desk.ringing],
      20_000,
    );
    for (const interaction of interactions) await desk.command('accept-interaction', { interaction });

    const killing = killAgainAndAgain();
    const writing = contactsWrite(contacts.map(({ id }) => id));
    const answering = interactions.map((interaction, i) => agentAnswers(desk, interaction, i));
    await Promise.all([writing, ...answering, killing]);

    const inbound = Array.from({ length: MESSAGES }, (_, i) => `in ${i}`).toSorted();
    const outbound = interactions
      .flatMap((_, i) => Array.from({ length: MESSAGES / 3 }, (_x, n) => `out ${i}.${n}`))
      .toSorted();
    const inTexts = () => desk.texts('message-received').filter((text) => text.startsWith('in '));
    await until('all inbound messages are on the desk', () => inTexts().length >= MESSAGES, 30_000);
    assert.deepEqual(inTexts().toSorted(), inbound);
    assert.deepEqual(desk.texts('message-sent').toSorted(), outbound);
    // A message that the dead gateway held in its hand may have left or not: it is shown as unknown and not sent again.
    await until(
      'every outbound message arrived or is in doubt',
      () => settled(desk).length === outbound.length,
      30_000,
    );
    const arrived = standIn.messages().map((message) => JSON.stringify(message));
    for (const text of outbound) {
      const times = arrived.filter((message) => message.includes(`"${text}"`)).length;
      assert.ok(times <= 1, `${text} arrived ${times} times`);
      if (times === 0) assert.equal(desk.delivery(text), 'unknown', `${text} was lost`);
      else assert.notEqual(desk.delivery(text), undefined);
    }
    const doubtful = outbound.filter((text) => desk.delivery(text) === 'unknown');
    assert.ok(doubtful.length <= KILLS * 3, `${doubtful.length} in doubt`);
    desk.close();
  },
);

/** Outbound messages that reached the contact or are known to be in doubt. */
function settled(desk: TirelessDesk): readonly string[] {
  const states = new Set(['delivered', 'read', 'unknown']);
  return desk.texts('message-sent').filter((text) => states.has(desk.delivery(text) ?? ''));
}

/** How fast traffic and kills come, so that kills hit at different points. Nothing is waited for by it. */
function pace(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function killAgainAndAgain(): Promise<void> {
  for (let i = 0; i < KILLS; i++) {
    await pace(150 + 130 * i);
    await gateway.kill();
    await gateway.start();
  }
}

async function contactsWrite(ids: readonly string[]): Promise<void> {
  for (let i = 0; i < MESSAGES; i++) {
    standIn.writeAsContact({ contact: ids[i % ids.length] ?? '', text: `in ${i}` });
    await pace(40);
  }
}

async function agentAnswers(desk: TirelessDesk, interaction: string, i: number): Promise<void> {
  for (let n = 0; n < MESSAGES / 3; n++) {
    const content = { kind: 'text', text: `out ${i}.${n}` } as const;
    const receipt = await desk.command('send-message', { interaction, content });
    assert.equal(receipt.ok, true);
    await pace(100);
  }
}
