import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { DomainEvent } from 'whatsapp-workspace/model';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { accepted, failing, ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';
import { newWamid, post, statusChange, textChange, webhook } from './support/webhooks.js';

const database = await useDatabase();
const sender = new ScriptedSender();
const gateway = await startGateway({ databaseUrl: database.url, deps: { senderFor: () => sender } });
atEnd(() => gateway.close());

type DeliveryChanged = Extract<DomainEvent, { type: 'delivery-changed' }>;

/** A conversation on Ana's desk with one message that WhatsApp has taken. */
async function answered(phone: string) {
  const ana = await Desk.open(gateway.url, { agent: 'ana' });
  await ana.ready();
  await post(gateway.url, webhook(textChange({ phone, name: 'Masha' }, 'Hello')));
  const { id } = await ana.accept();
  const wamid = newWamid();
  sender.script.push(accepted(wamid));
  await ana.does('send-message', { interaction: id, content: { kind: 'text', text: 'At  nine' } });
  await until('WhatsApp has taken it', () =>
    deliveries(ana).some((e) => e.body.delivery.state === 'sending'),
  );
  return { ana, id, wamid };
}

const deliveries = (desk: Desk) =>
  desk.events.filter((event): event is DeliveryChanged => event.type === 'delivery-changed');

const failure = (desk: Desk) =>
  until('the failure is told', () => deliveries(desk).find((e) => e.body.delivery.state === 'failed'));

const fail = (wamid: string) =>
  post(
    gateway.url,
    webhook(statusChange({ wamid, status: 'failed', error: { code: 131026, title: 'Undeliverable' } })),
  );

test('a message that fails after Mark Done is told to who wrote it, and whose conversation it was', async () => {
  const { ana, id, wamid } = await answered('34600710001');
  await ana.does('mark-done', { interaction: id });
  await fail(wamid);
  const { body, interaction } = await failure(ana);
  assert.equal(interaction, id);
  assert.deepEqual(
    { ...body.notice, contact: body.notice?.contact.name },
    { author: 'ana', contact: 'Masha', text: 'At  nine', state: 'done', workbin: null },
  );
  ana.close();
});

test('a message that fails while the conversation lies in a workbin is told to who wrote it, wherever it went on', async () => {
  const { ana, id, wamid } = await answered('34600710002');
  await ana.does('move-to-workbin', { interaction: id, workbin: 'team' });
  const ben = await Desk.open(gateway.url, { agent: 'ben' });
  await ben.does('open-interaction', { interaction: id });
  await fail(wamid);
  const { body } = await failure(ana);
  assert.deepEqual([body.notice?.author, body.notice?.state, body.notice?.workbin], ['ana', 'active', null]);
  // Ben has the conversation, and sees it fail there.
  assert.equal((await failure(ben)).body.message, body.message);
  ana.close();
  ben.close();
});

test('a message that fails on its author’s own desk needs no notice', async () => {
  const { ana, wamid } = await answered('34600710003');
  await fail(wamid);
  assert.equal((await failure(ana)).body.notice, undefined);
  ana.close();
});

test('a message that is in doubt after Mark Done is told to who wrote it, and so is that it went after all', async () => {
  const ana = await Desk.open(gateway.url, { agent: 'ana' });
  await ana.ready();
  await post(gateway.url, webhook(textChange({ phone: '34600710005', name: 'Masha' }, 'Hello')));
  const { id } = await ana.accept();
  sender.held = true;
  const clientId = randomUUID();
  const content = { kind: 'text', text: 'At nine' } as const;
  await ana.does('send-message', { interaction: id, content }, clientId);
  const request = await until('it is out', () => sender.open.shift());
  sender.held = false;
  await ana.does('mark-done', { interaction: id });
  request.answer(failing('unknown'));
  const doubt = await until('the doubt is told', () =>
    deliveries(ana).find((e) => e.body.delivery.state === 'unknown'),
  );
  assert.deepEqual([doubt.body.notice?.author, doubt.body.notice?.state], ['ana', 'done']);
  await post(gateway.url, webhook(statusChange({ wamid: newWamid(), status: 'delivered', clientId })));
  const relief = await until('that it went is told', () =>
    deliveries(ana).find((e) => e.body.delivery.state === 'delivered'),
  );
  assert.deepEqual([relief.body.message, relief.body.relieved], [doubt.body.message, 'ana']);
  ana.close();
});

test('who was away when it failed is told on return', async () => {
  const { ana, id, wamid } = await answered('34600710004');
  await ana.does('mark-done', { interaction: id });
  const { cursor } = ana.state;
  ana.close();
  await fail(wamid);
  const again = await Desk.open(gateway.url, { agent: 'ana', cursor });
  assert.equal((await failure(again)).body.notice?.state, 'done');
  again.close();
});

test('who had no page open when a message failed is told by the next snapshot, until it went after all', async () => {
  const { ana, id, wamid } = await answered('34600710091');
  await ana.does('mark-done', { interaction: id });
  ana.close();
  await fail(wamid);
  const told = async (agent: string) => {
    const desk = await Desk.open(gateway.url, { agent });
    desk.close();
    return (desk.frame('reset')?.snapshot.failures ?? []).filter((event) => event.interaction === id);
  };
  const [failed] = await until('the snapshot tells of it', async () => {
    const failures = await told('ana');
    return failures.length > 0 && failures;
  });
  assert.equal(failed?.type, 'delivery-changed');
  assert.deepEqual(await told('ben'), []);
  await post(gateway.url, webhook(statusChange({ wamid, status: 'delivered' })));
  await until('the snapshot tells of it no more', async () => (await told('ana')).length === 0);
});
