import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { firstValueFrom, from, toArray } from 'rxjs';
import WebSocket from 'ws';
import type { OutboundContent } from 'whatsapp-workspace/model';
import { gatewayTransport } from 'whatsapp-workspace/transport/gateway';
import { PACE } from '../src/outbox/worker.js';
import { openDb } from '../src/store/db.js';
import { migrate } from '../src/store/migrate.js';
import {
  awaitSent,
  endLease,
  insertOutbox,
  leaseMessages,
  moveLanes,
  nextDue,
  noteSent,
  ORDER_WAIT,
  type Lease,
} from '../src/store/outbox.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { pdf } from './support/files.js';
import { temporaryFolder } from './support/folder.js';
import { startGateway, tokenFor } from './support/gateway.js';
import { freePort, startTestStandIn } from './support/stand-in.js';
import { until } from './support/until.js';

/** Of its own: a gateway would send what waits here. */
const database = await useDatabase();
const db = openDb(database.url, () => undefined);
atEnd(() => db.close());
await migrate(db);
const port = await freePort();
// Long after what is behind it could have come.
const standIn = await startTestStandIn(port, { sent: 700 });
atEnd(() => standIn.close());
const gateway = await startGateway({
  databaseUrl: (await useDatabase()).url,
  apiUrl: `${standIn.url}/v23.0`,
  mediaDir: temporaryFolder(),
  port,
});
atEnd(() => gateway.close());
const desk = await Desk.open(gateway.url, { agent: 'ana' });
atEnd(() => desk.close());
await desk.ready();
await standIn.writeAsContact({ contact: { name: 'Maria', phone: '34600111222' }, text: 'Prices?' }).taken;
const { id: interaction } = await desk.accept();

const NOW = Date.UTC(2026, 10, 24, 12);
const text = (words: string): OutboundContent => ({ kind: 'text', text: words });
const file = (media: string): OutboundContent => ({
  kind: 'media',
  as: 'document',
  upload: 'u',
  media: { id: media },
  fileName: 'prices.pdf',
  caption: null,
});

/** A conversation on a number that no gateway serves, with what waits there to be sent. */
async function waiting(channel: string, contents: readonly OutboundContent[]): Promise<void> {
  await database.query('insert into channel (id, registered_at) values ($1, 0)', [channel]);
  await database.query(`insert into contact (id, known_at, created_at) values ($1, '{}', 0)`, [channel]);
  await database.query(
    `insert into interaction (id, channel, contact, state, created_at, waiting_since, body)
     values ($1, $1, $1, 'active', 0, 0, '{}')`,
    [channel],
  );
  for (const [place, content] of contents.entries()) {
    const id = `${channel}-${place}`;
    await database.query(
      `insert into message (id, interaction, place, direction, body) values ($1, $2, $3, 'outbound', '{}')`,
      [id, channel, place],
    );
    const lane = `${channel}/${channel}`;
    const row = { message: id, interaction: channel, channel, lane, clientId: id, content };
    await db.tx((tx) => insertOutbox(tx, [{ ...row, replyTo: null, batch: null }], NOW));
  }
  // Whoever hands files over has done so.
  await database.query(`update outbox set state = 'ready' where channel = $1`, [channel]);
}

async function lease(channel: string, now: number): Promise<readonly Lease[]> {
  return (await leaseMessages(db, channel, { limit: 10, now, pace: PACE, worker: 1, owed: 0 })) ?? [];
}

/** The next message goes, and WhatsApp takes it. Returns which. */
async function goes(channel: string, now: number): Promise<string | null> {
  const [one] = await lease(channel, now);
  if (!one) return null;
  await db.tx(async (tx) => {
    await endLease(tx, one, 'sent', null);
    await awaitSent(tx, one, now);
  });
  return one.message;
}

const FILES = {
  'a file behind a text': [text('a'), file('f')],
  'a text behind a file': [file('f'), text('a')],
};
for (const [what, contents] of Object.entries(FILES)) {
  test(`${what} waits until that was sent, and goes then`, async () => {
    const channel = randomUUID();
    await waiting(channel, contents);
    assert.equal(await goes(channel, NOW), `${channel}-0`);
    assert.equal(await goes(channel, NOW + 5000), null);
    await db.tx((tx) => noteSent(tx, ['another one']));
    assert.equal(await goes(channel, NOW + 5000), null);
    await db.tx((tx) => noteSent(tx, [`${channel}-0`]));
    assert.equal(await goes(channel, NOW + 5000), `${channel}-1`);
  });

  test(`${what} waits ten seconds at most, and whoever sends knows until when`, async () => {
    const channel = randomUUID();
    await waiting(channel, contents);
    assert.equal(await goes(channel, NOW), `${channel}-0`);
    const others = (
      await database.query<{ id: string }>('select id from channel where id <> $1', [channel])
    ).map(({ id }) => id);
    assert.equal(await nextDue(db, NOW + 1, PACE, others), NOW + ORDER_WAIT);
    assert.equal(await goes(channel, NOW + ORDER_WAIT - 1), null);
    assert.equal(await goes(channel, NOW + ORDER_WAIT), `${channel}-1`);
  });
}

test('texts do not wait for each other', async () => {
  const channel = randomUUID();
  await waiting(channel, [text('a'), text('b')]);
  assert.equal(await goes(channel, NOW), `${channel}-0`);
  assert.equal(await goes(channel, NOW), `${channel}-1`);
});

test('a wait that a clock ahead has left behind holds nothing up', async () => {
  const channel = randomUUID();
  await waiting(channel, [text('a'), file('f')]);
  assert.equal(await goes(channel, NOW + 7_200_000), `${channel}-0`);
  assert.equal(await goes(channel, NOW), `${channel}-1`);
});

test('a conversation that goes on in another one still waits', async () => {
  const channel = randomUUID();
  await waiting(channel, [text('a'), file('f')]);
  assert.equal(await goes(channel, NOW), `${channel}-0`);
  await db.tx((tx) => moveLanes(tx, channel, 'somebody'));
  assert.equal(await goes(channel, NOW + 5000), null);
  assert.equal(await goes(channel, NOW + ORDER_WAIT), `${channel}-1`);
});

/** Brings a file as the agent's desk does. */
async function bring(): Promise<string> {
  const adapter = gatewayTransport({ url: gateway.url, token: () => tokenFor('ana'), WebSocket });
  const declared = { mimeType: 'application/pdf', fileName: 'prices.pdf' };
  const steps = await firstValueFrom(
    from(adapter.upload?.(randomUUID(), new Blob([new Uint8Array(pdf(1000))]), declared) ?? []).pipe(
      toArray(),
    ),
  );
  const last = steps.at(-1);
  assert.ok(last?.at === 'stored');
  return last.media.id;
}

/** Sends what is one for the agent. Returns the messages' ids. */
async function sendTogether(contents: readonly OutboundContent[]): Promise<readonly string[]> {
  const [id, ids] = [randomUUID(), contents.map(() => randomUUID())];
  for (const [index, content] of contents.entries())
    await desk.does(
      'send-message',
      { interaction, content, batch: { id, index, of: contents.length } },
      ids[index],
    );
  return ids;
}

test('on the way to a phone a file leaves when its text was sent', async () => {
  const ids = await sendTogether([text('Here they are:'), file(await bring()), text('Which one?')]);
  const at = (place: number) => standIn.messages().find(({ callbackData }) => callbackData === ids[place]);
  for (const place of [1, 2]) {
    await until(`part ${place} is there`, () => at(place));
    assert.notEqual(at(place - 1)?.state, 'accepted', `What stands before part ${place} was sent.`);
  }
});

test('what is behind a part that fails does not go, and says so; what was sent apart from it goes', async () => {
  standIn.faults.set({ failNext: 131026 });
  const ids = await sendTogether([text('Here they are:'), file(await bring()), file(await bring())]);
  const [apart] = await sendTogether([text('Hello?')]);
  const failed = await until('all parts have failed', () => {
    const told = desk.events.flatMap((event) =>
      event.type === 'delivery-changed' && event.body.delivery.state === 'failed' ? event.body.delivery : [],
    );
    return told.length === 3 && told;
  });
  assert.deepEqual(
    failed.map(({ error }) => error?.code ?? null),
    [131026, null, null],
  );
  await until('what was sent apart is there', () =>
    standIn.messages().some(({ callbackData }) => callbackData === apart),
  );
  const there = standIn.messages().filter(({ callbackData }) => ids.includes(callbackData ?? ''));
  assert.deepEqual(
    there.map(({ type }) => type),
    ['text'],
  );
});
