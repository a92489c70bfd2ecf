import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { from, lastValueFrom } from 'rxjs';
import WebSocket from 'ws';
import type { OutboundTemplate, Template, TemplatePage } from 'whatsapp-workspace/model';
import { gatewayTransport } from 'whatsapp-workspace/transport/gateway';
import { syncAllTemplates } from '../src/sync-templates.js';
import { ACCOUNT } from '../stand-in/stand-in.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { pdf } from './support/files.js';
import { startGateway, testConfig, tokenFor } from './support/gateway.js';
import { silentLog } from './support/log.js';
import { freePort, startTestStandIn } from './support/stand-in.js';
import { until } from './support/until.js';

const database = await useDatabase();
const port = await freePort();
const standIn = await startTestStandIn(port);
atEnd(() => standIn.close());
const options = {
  databaseUrl: database.url,
  apiUrl: `${standIn.url}/v23.0`,
  accounts: [ACCOUNT],
  port,
  deps: { templatePace: { delay: 0, perRequest: 0 } },
};
const gateway = await startGateway(options);
atEnd(() => gateway.close());
const desk = await Desk.open(gateway.url, { agent: 'ana' });
atEnd(() => desk.close());
await desk.ready();
await standIn.writeAsContact({ contact: { name: 'Maria', phone: '34600111222' }, text: 'Hello' }).taken;
const { id: interaction } = await desk.accept();

async function find(
  text: string,
  more: { after?: string | null; limit?: number } = {},
): Promise<TemplatePage> {
  const answer = await desk.query({
    name: 'templates',
    args: { interaction, text, after: null, limit: 50, ...more },
  });
  assert.ok(answer.ok);
  return answer.result;
}

async function findOne(name: string, language = 'en_US'): Promise<Template | undefined> {
  return (await find(name)).items.find((one) => one.name === name && one.language === language);
}

const template = (name: string, more: Partial<OutboundTemplate> = {}): OutboundTemplate => ({
  kind: 'template',
  name,
  language: 'en_US',
  values: { header: {}, body: {}, buttons: {} },
  ...more,
});

const body = (...values: readonly string[]) => ({
  header: {},
  body: Object.fromEntries(values.map((value, i) => [String(i + 1), value])),
  buttons: {},
});

/** Sends, and waits for what is on the phone. */
async function sends(content: OutboundTemplate) {
  const id = randomUUID();
  await desk.does('send-message', { interaction, content }, id);
  return until('it is on the phone', () =>
    standIn.messages().find(({ callbackData }) => callbackData === id),
  );
}

test('a gateway that knows its business account reads the templates at its start', async () => {
  const found = await until('they are read', async () => {
    const { items } = await find('');
    return items.length > 0 && items;
  });
  const keys = (all: readonly { readonly name: string; readonly language: string }[]) =>
    all.map(({ name, language }) => `${name} ${language}`).toSorted();
  assert.deepEqual(keys(found), keys(standIn.templates()));
  const features = desk.frame('welcome')?.features ?? [];
  assert.ok(features.includes('templates') && features.includes('send-template'));
});

test('the example that the workspace is made for: five values become one template message, and the transcript shows them', async () => {
  const message = await sends(
    template('payment_confirmation', {
      values: body('Masha Ivanova', 'flowers', '$10.00', 'credit', 'Wednesday, May 13, 2020 12:00 PM'),
    }),
  );
  const text =
    'Hello Masha Ivanova.\nHave you ordered flowers?\nIf yes, please, confirm $10.00 payment issued to your credit card.\n' +
    'We will send you Wednesday, May 13, 2020 12:00 PM.\nThanks, Masha Ivanova.';
  assert.deepEqual([message.type, message.text], ['template', text]);
  const sent = desk.events.find(
    (event) => event.type === 'message-sent' && event.body.message.clientId === message.callbackData,
  );
  assert.ok(sent?.type === 'message-sent');
  assert.deepEqual(sent.body.message.content, {
    kind: 'template',
    name: 'payment_confirmation',
    language: 'en_US',
    header: null,
    body: text,
    footer: null,
    buttons: [],
  });
});

test('a template goes when the service window is closed, and does not open it', async () => {
  await database.query(
    `update interaction set body = jsonb_set(body, '{windowClosesAt}', to_jsonb(1)) where id = $1`,
    [interaction],
  );
  const refused = await desk.command('send-message', {
    interaction,
    content: { kind: 'text', text: 'Hello?' },
  });
  assert.ok(!refused.ok);
  assert.equal(refused.error.kind, 'window-closed');
  await sends(template('follow_up', { values: body('Maria') }));
  const still = await desk.command('send-message', {
    interaction,
    content: { kind: 'text', text: 'Hello?' },
  });
  assert.ok(!still.ok);
});

test('a tap on a quick reply of a template comes as an answer to it', async () => {
  const message = await sends(template('follow_up', { values: body('Maria') }));
  const [yes] = message.choices ?? [];
  assert.deepEqual([yes?.title, yes?.reply], ['Yes, please', 'template']);
  const contact = standIn.contacts().find(({ phone }) => phone === '34600111222');
  const response = await fetch(`${standIn.url}/phone/contacts/${contact?.id}/taps`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ wamid: message.wamid, choice: yes?.id }),
  });
  assert.equal(response.status, 202);
  const answer = await until('the answer is here', () =>
    desk.events.find(
      (event) => event.type === 'message-received' && event.body.message.content.kind === 'reply',
    ),
  );
  assert.ok(answer.type === 'message-received');
  assert.equal((answer.body.message.content as { readonly title?: string }).title, 'Yes, please');
  assert.ok(answer.body.message.context?.replyTo);
});

test('named values, links, codes and places arrive where they belong', async () => {
  const named = await sends(
    template('pedido_en_camino', {
      language: 'es',
      values: { header: {}, body: { dia: 'martes', nombre: 'María' }, buttons: {} },
    }),
  );
  assert.match(named.text, /^Hola María, .* el martes/);
  const linked = await sends(
    template('order_on_its_way', {
      values: { header: { 1: 'HP-9' }, body: { 1: 'Maria', 2: 'Monday' }, buttons: { 0: 'HP-9' } },
    }),
  );
  assert.deepEqual(linked.template, {
    header: 'Order HP-9',
    footer: 'Harbour & Pine',
    place: null,
    buttons: [
      { kind: 'url', text: 'Track it', target: 'https://harbourandpine.example/track/HP-9' },
      { kind: 'reply', text: 'I am not at home', target: 'I am not at home' },
    ],
  });
  const code = await sends(template('login_code', { values: body('784H45') }));
  assert.deepEqual(code.template?.buttons, [{ kind: 'code', text: 'Copy code', target: '784H45' }]);
  const place = {
    kind: 'location',
    latitude: 46.5,
    longitude: 11.3,
    name: 'Workshop',
    address: 'Harbour 1',
  } as const;
  const placed = await sends(template('ready_to_fetch', { header: place, values: body('Maria', 'Friday') }));
  const { kind: _kind, ...shown } = place;
  assert.deepEqual(placed.template?.place, shown);
});

test('a template that WhatsApp pauses is known as paused at once, and not sent', async () => {
  standIn.setTemplateStatus('follow_up', 'en_US', 'PAUSED');
  await until('it is paused here', async () => (await findOne('follow_up'))?.status === 'paused');
  const receipt = await desk.command('send-message', {
    interaction,
    content: template('follow_up', { values: body('Maria') }),
  });
  assert.ok(!receipt.ok);
  assert.equal(receipt.error.kind, 'invalid');
  standIn.setTemplateStatus('follow_up', 'en_US', 'APPROVED');
  await until('it goes again', async () => (await findOne('follow_up'))?.status === 'approved');
});

test('a refusal tells that a template has changed, where no webhook did', async () => {
  standIn.faults.set({ holdWebhooks: true });
  standIn.setTemplateStatus('follow_up', 'en_US', 'DISABLED');
  const id = randomUUID();
  await desk.does(
    'send-message',
    { interaction, content: template('follow_up', { values: body('Maria') }) },
    id,
  );
  const failed = await until('it failed', () =>
    desk.events.find((event) => event.type === 'delivery-changed' && event.body.delivery.state === 'failed'),
  );
  assert.ok(failed.type === 'delivery-changed');
  assert.equal(failed.body.delivery.error?.code, 132_016);
  await until('it is disabled here', async () => (await findOne('follow_up'))?.status === 'disabled');
  standIn.faults.clear();
  standIn.setTemplateStatus('follow_up', 'en_US', 'APPROVED');
  await until('it goes again', async () => (await findOne('follow_up'))?.status === 'approved');
});

test('what WhatsApp holds back to judge the template counts as on its way, not as sent', async () => {
  standIn.faults.set({ sendFault: 'held-for-quality', sendFaultTimes: 1 });
  const { callbackData } = await sends(template('follow_up', { values: body('Maria') }));
  const delivery = await until('its answer is stored', async () => {
    const [row] = await database.query<{ state: string; wamid: string | null }>(
      `select delivery ->> 'state' as state, wamid from message where client_id = $1`,
      [callbackData],
    );
    return row?.wamid ? row : null;
  });
  assert.equal(delivery.state, 'sending');
});

test('a rate limit lets a template wait, and is no failure', async () => {
  standIn.faults.set({ sendFault: 'pair-rate', sendFaultTimes: 1 });
  const message = await sends(template('follow_up', { values: body('Maria') }));
  await until(
    'it arrived',
    () => standIn.messages().find(({ wamid }) => wamid === message.wamid)?.state === 'read',
  );
});

test('templates come and go with those of the account; an operator can ask for that', async () => {
  standIn.faults.set({ holdWebhooks: true });
  standIn.addTemplate({
    name: 'brand_new',
    language: 'fr',
    components: [{ type: 'BODY', text: 'Bonjour {{1}}, voilà.' }],
  });
  const sentences = await syncAllTemplates(testConfig(options), silentLog);
  const count = standIn.templates().length;
  assert.deepEqual(sentences, [
    `Account ${ACCOUNT} has ${count} templates; 1 are new or have changed, 0 are gone.`,
  ]);
  assert.equal((await findOne('brand_new', 'fr'))?.body, 'Bonjour {{1}}, voilà.');
  await assert.rejects(
    syncAllTemplates(testConfig({ ...options, accounts: ['404'] }), silentLog),
    /could not be read/,
  );
  assert.equal((await find('')).items.length, count);
  standIn.faults.clear();
});

test('a file above the text is handed over to WhatsApp first, and to be had by who may read the message', async () => {
  const adapter = gatewayTransport({ url: gateway.url, token: () => tokenFor('ana'), WebSocket });
  const blob = new Blob([new Uint8Array(pdf(3000))]);
  const how = { mimeType: 'application/pdf', fileName: 'invoice.pdf' };
  const stored = await lastValueFrom(from(adapter.upload?.(randomUUID(), blob, how) ?? []));
  assert.ok(stored.at === 'stored');
  const media = stored.media.id;
  const header = { kind: 'media', media: { id: media }, fileName: 'Invoice HP-1.pdf' } as const;
  const values = body('Maria', 'HP-1', '€420.00', 'June 30');
  const message = await sends(template('invoice', { header, values }));
  assert.equal(message.file?.name, 'Invoice HP-1.pdf');
  assert.ok(standIn.file(message.file?.id ?? '')?.bytes.equals(pdf(3000)));
  const [named] = await database.query<{ media: string }>(
    `select mm.media from message_media mm join message m on m.id = mm.message where m.client_id = $1`,
    [message.callbackData],
  );
  assert.equal(named?.media, media);
  const without = await desk.command('send-message', {
    interaction,
    content: template('invoice', { values }),
  });
  assert.ok(!without.ok);
  assert.equal(without.error.kind, 'invalid');
});
