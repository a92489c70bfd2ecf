import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { OutboundContent, OutboundMedia } from 'whatsapp-workspace/model';
import { CloudApi, readTemplate } from '../src/cloud-api/index.js';
import { Ledger } from '../src/ledger/ledger.js';
import { Metrics } from '../src/metrics.js';
import { OutboxWorker } from '../src/outbox/worker.js';
import { openDb } from '../src/store/db.js';
import { insertOutbox } from '../src/store/outbox.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { ACCESS_TOKEN, startGateway } from './support/gateway.js';
import { silentLog } from './support/log.js';
import { freePort, startTestStandIn } from './support/stand-in.js';
import { until } from './support/until.js';
import { CHANNEL, newWamid, post, textChange, webhook } from './support/webhooks.js';

const database = await useDatabase();
const standIn = await startTestStandIn(await freePort());
atEnd(() => standIn.close());
// What a gateway has on it: one conversation, and what is to be sent.
const gateway = await startGateway({ databaseUrl: database.url, apiUrl: `${standIn.url}/v23.0` });
const asked = newWamid();
await post(gateway.url, webhook(textChange({ phone: '34600111222' }, 'Which one?', { wamid: asked })));
const desk = await Desk.open(gateway.url, { agent: 'ana' });
await desk.ready();
const { id: interaction } = await desk.accept();
const [question] = await database.query<{ id: string }>('select id from message where wamid = $1', [asked]);
desk.close();
await gateway.close();

/** What WhatsApp knows every file by. */
const { id: handle } = standIn.addFile({ mime: 'image/jpeg', name: null, bytes: Buffer.from('a photo') });
const db = openDb(database.url, () => undefined);
atEnd(() => db.close());
const requests: Record<string, unknown>[] = [];
const lost = { outcome: 'refused', error: { code: null, detail: 'There is no such file.' } } as const;
const away = {
  outcome: 'retry',
  error: { code: null, detail: 'WhatsApp cannot be reached.' },
  retryAfter: null,
  scope: 'message',
} as const;
let isReachable = false;
let isThere = false;
const worker = new OutboxWorker({
  ledger: new Ledger({ db, clock: { now: () => Date.now() }, notify: false }),
  senderFor: () =>
    new CloudApi({
      baseUrl: `${standIn.url}/v23.0`,
      phoneNumberId: CHANNEL,
      accessToken: ACCESS_TOKEN,
      fetch: (url, init) => {
        requests.push(JSON.parse(init?.body as string) as Record<string, unknown>);
        return fetch(url, init);
      },
    }),
  findMedia: async ({ id }) => {
    if (id === 'slow' && !isReachable) {
      isReachable = true;
      return away;
    }
    return id === 'elsewhere' ? lost : { mediaId: handle };
  },
  findTemplate: async ({ name, language }) => {
    if (language === 'de' && !isThere) {
      isThere = true;
      throw new Error('The database is away.');
    }
    const told = standIn.templates().find((one) => one.name === name && one.language === language);
    return told ? readTemplate({ name, language, told: { ...told } }) : null;
  },
  random: () => 0,
  metrics: new Metrics(),
  log: silentLog,
  sweepInterval: 20,
});
await worker.start();
atEnd(() => worker.stop());

/** Puts a message into the outbox, as a command does, and waits for what becomes of it. Returns that and the request. */
async function send(content: OutboundContent, replyTo: string | null = null) {
  const message = randomUUID();
  const body = { id: message, interaction, content };
  await database.query(
    `insert into message (id, interaction, place, direction, client_id, body, delivery)
     select $1, $2, max(place) + 1, 'outbound', $1, $3, $4 from message where interaction = $2`,
    [message, interaction, body, { state: 'queued', at: 0, error: null }],
  );
  const row = {
    message,
    interaction,
    channel: CHANNEL,
    lane: `lane/${message}`,
    clientId: message,
    content,
    replyTo,
    batch: null,
  };
  await db.tx((tx) => insertOutbox(tx, [row], Date.now()));
  // Whoever hands files over has done so.
  await database.query(`update outbox set state = 'ready' where state = 'held'`);
  worker.hint();
  const state = await until('it was settled', async () => {
    const [found] = await database.query<{ state: string }>(
      `select state from outbox where message = $1 and state not in ('ready', 'leased')`,
      [message],
    );
    return found?.state;
  });
  return { message, state, request: requests.find((one) => one['biz_opaque_callback_data'] === message) };
}

function bill(media: string): OutboundMedia {
  return {
    kind: 'media',
    as: 'document',
    upload: 'u',
    media: { id: media },
    fileName: 'bill.pdf',
    caption: 'Yours',
  };
}

test('a message of each kind goes out as WhatsApp takes it', async () => {
  const contents: readonly OutboundContent[] = [
    { kind: 'text', text: 'This one' },
    { kind: 'media', as: 'image', upload: 'u', media: { id: 'photo' }, fileName: 'p.jpg', caption: 'Look' },
    {
      kind: 'template',
      name: 'follow_up',
      language: 'en_US',
      values: { header: {}, body: { '1': 'Ana' }, buttons: {} },
    },
    { kind: 'reaction', message: question?.id ?? '', emoji: '👍' },
    { kind: 'location', latitude: 41.4, longitude: 2.2, name: null, address: null },
    {
      kind: 'contacts',
      cards: [
        {
          name: 'Ana',
          organization: 'Us',
          phones: [{ phone: '+34 1', type: 'WORK', waId: null }],
          emails: [],
        },
      ],
    },
    {
      kind: 'interactive',
      header: 'Delivery',
      body: 'When?',
      footer: null,
      action: { kind: 'buttons', buttons: [{ id: '1', title: 'Morning' }] },
    },
    {
      kind: 'interactive',
      header: null,
      body: 'Which shop?',
      footer: 'Till nine',
      action: {
        kind: 'list',
        button: 'Shops',
        sections: [{ title: null, rows: [{ id: '1', title: 'Harbour', description: null }] }],
      },
    },
  ];
  const sent = [];
  for (const content of contents) sent.push(await send(content));
  assert.deepEqual(
    sent.map(({ state }) => state),
    contents.map(() => 'sent'),
  );
  const types = [
    'text',
    'image',
    'template',
    'reaction',
    'location',
    'contacts',
    'interactive',
    'interactive',
  ];
  assert.deepEqual(
    sent.map(({ request }) => request?.['type']),
    types,
  );
  assert.deepEqual(sent[1]?.request?.['image'], { id: handle, caption: 'Look' });
  assert.deepEqual(sent[3]?.request?.['reaction'], { message_id: asked, emoji: '👍' });
  assert.deepEqual(sent[6]?.request?.['interactive'], {
    type: 'button',
    header: { type: 'text', text: 'Delivery' },
    body: { text: 'When?' },
    action: { buttons: [{ type: 'reply', reply: { id: '1', title: 'Morning' } }] },
  });
  assert.deepEqual(sent[7]?.request?.['interactive'], {
    type: 'list',
    body: { text: 'Which shop?' },
    footer: { text: 'Till nine' },
    action: { button: 'Shops', sections: [{ rows: [{ id: '1', title: 'Harbour' }] }] },
  });
  assert.deepEqual(
    standIn.messages().map(({ type }) => type),
    types,
  );
});

test('an answer quotes the message by the id that WhatsApp knows, also one of ours', async () => {
  const answer = await send({ kind: 'text', text: 'The red one' }, question?.id);
  assert.deepEqual(answer.request?.['context'], { message_id: asked });
  const own = await send({ kind: 'text', text: 'I mean this' }, answer.message);
  const [row] = await database.query<{ wamid: string }>('select wamid from message where id = $1', [
    answer.message,
  ]);
  assert.deepEqual(own.request?.['context'], { message_id: row?.wamid });
});

test('without its target an answer goes plainly, and a reaction fails with a word about it', async () => {
  const answer = await send({ kind: 'text', text: 'Still said' }, 'nobody-knows');
  assert.deepEqual([answer.state, answer.request?.['context']], ['sent', undefined]);
  const reaction = await send({ kind: 'reaction', message: 'nobody-knows', emoji: '👍' });
  assert.deepEqual([reaction.state, reaction.request], ['failed', undefined]);
  const file = await send(bill('elsewhere'));
  assert.deepEqual([file.state, file.request], ['failed', undefined]);
});

test('a file goes as what the agent sends it as, with its name', async () => {
  assert.deepEqual((await send(bill('bill'))).request?.['document'], {
    id: handle,
    caption: 'Yours',
    filename: 'bill.pdf',
  });
  const note = await send({ ...bill('note'), as: 'voice' });
  assert.deepEqual(note.request?.['audio'], { id: handle, voice: true });
});

test('a file that WhatsApp cannot take now is tried again', async () => {
  const sent = await send(bill('slow'));
  assert.deepEqual([isReachable, sent.state], [true, 'sent']);
});

test('a template that cannot be looked up now is tried again, and one that is gone fails', async () => {
  const content = {
    kind: 'template',
    name: 'order_on_its_way',
    language: 'de',
    values: { header: { 1: 'HP-1' }, body: { 1: 'Ana', 2: 'Montag' }, buttons: { 0: 'HP-1' } },
  } as const;
  const sent = await send(content);
  assert.deepEqual([isThere, sent.state], [true, 'sent']);
  const gone = await send({ ...content, name: 'nobody_knows' });
  assert.deepEqual([gone.state, gone.request], ['failed', undefined]);
  const changed = await send({ ...content, values: { ...content.values, body: { 1: 'Ana' } } });
  assert.deepEqual([changed.state, changed.request], ['failed', undefined]);
});

test('a kind that only a newer gateway knows fails, and holds up nobody', async () => {
  const poll = { kind: 'poll', question: 'When?' } as unknown as OutboundContent;
  assert.equal((await send(poll)).state, 'failed');
  assert.equal((await send({ kind: 'text', text: 'After it' })).state, 'sent');
});
