import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atEnd } from './support/cleanup.js';
import { TestClock } from './support/clock.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';
import { post, textChange, webhook } from './support/webhooks.js';

const OFFER_TIMEOUT = 30_000;

const database = await useDatabase();
const clock = new TestClock();
const sender = new ScriptedSender();
const gateway = await startGateway({
  databaseUrl: database.url,
  policy: { offerTimeout: OFFER_TIMEOUT, agentCapacity: 2 },
  deps: { clock, senderFor: () => sender },
});
atEnd(() => gateway.close());

let people = 0;

/** Somebody new writes. Returns the number. */
async function somebodyWrites(text = 'Hello'): Promise<string> {
  const phone = `3460010${String(++people).padStart(4, '0')}`;
  await write(phone, text);
  return phone;
}

const write = async (phone: string, text: string) =>
  assert.equal((await post(gateway.url, webhook(textChange({ phone }, text)))).status, 200);

const stateOf = async (phone: string) =>
  (
    await database.query<{ id: string; state: string; agent: string | null; offer_agent: string | null }>(
      `select i.id, i.state, i.agent, i.offer_agent from interaction i join contact c on c.id = i.contact
       where c.phone = $1 and i.state <> 'done'`,
      [phone],
    )
  )[0];

const open = (agent: string) => Desk.open(gateway.url, { agent });

/** Every test begins with an empty floor. */
async function everybodyLeaves(...desks: readonly Desk[]): Promise<void> {
  for (const desk of desks) {
    for (const { id, state } of desk.interactions)
      if (state === 'active') await desk.does('mark-done', { interaction: id });
    if (desk.state.agent?.status === 'ready') {
      await desk.does('set-agent-status', { status: 'not-ready', reason: null });
    }
    desk.close();
  }
  await database.query(
    `update interaction set state = 'done', body = body || '{"state": "done", "offer": null}' where state <> 'done'`,
  );
}

test('what comes when nobody is ready waits, and rings at the first who becomes ready', async () => {
  const desk = await open('ana');
  const phone = await somebodyWrites();
  assert.equal((await stateOf(phone))?.state, 'queued');
  await desk.ready();
  const { id } = await desk.offered();
  assert.equal((await stateOf(phone))?.id, id);
  await everybodyLeaves(desk);
});

test('what comes when somebody is ready rings in the same transaction', async () => {
  const desk = await open('ana');
  await desk.ready();
  const phone = await somebodyWrites();
  assert.deepEqual(
    { ...(await stateOf(phone)), id: null },
    { id: null, state: 'offered', agent: null, offer_agent: 'ana' },
  );
  await everybodyLeaves(desk);
});

test('the longest waiting goes first', async () => {
  const phones = [await somebodyWrites(), await somebodyWrites()];
  const desk = await open('ana');
  await desk.ready();
  await until('both ring', () => desk.interactions.length === 2);
  const offers = desk.events.filter(({ type }) => type === 'interaction-offered');
  assert.deepEqual(
    offers.map(({ interaction }) => interaction),
    await Promise.all(phones.map(async (phone) => (await stateOf(phone))?.id)),
  );
  await everybodyLeaves(desk);
});

test('an offer that nobody answers goes on to the next agent, and stops ringing at the first', async () => {
  const [ana, ben] = [await open('ana'), await open('ben')];
  await ana.ready();
  await somebodyWrites();
  const { id } = await ana.offered();
  await ben.ready();
  clock.advance(OFFER_TIMEOUT + 1);
  const next = await ben.offered();
  assert.equal(next.id, id);
  await until('it no longer rings at the first', () => ana.interactions.length === 0);
  const late = await ana.command('accept-interaction', { interaction: id });
  assert.equal(!late.ok && late.error.kind, 'offer-ended');
  await everybodyLeaves(ana, ben);
});

test('an offer that has run out cannot be accepted, even before anybody has noticed', async () => {
  const desk = await open('ana');
  await desk.ready();
  await somebodyWrites();
  const { id } = await desk.offered();
  clock.advance(OFFER_TIMEOUT);
  const receipt = await desk.command('accept-interaction', { interaction: id });
  assert.equal(!receipt.ok && receipt.error.kind, 'offer-ended');
  await everybodyLeaves(desk);
});

test('a rejected offer goes on at once; the one who rejected gets it again only when nobody else can', async () => {
  const [ana, ben] = [await open('ana'), await open('ben')];
  await ana.ready();
  await somebodyWrites();
  const { id } = await ana.offered();
  await ben.ready();
  await ana.does('reject-interaction', { interaction: id });
  assert.equal((await ben.offered()).id, id);
  await ben.does('reject-interaction', { interaction: id });
  assert.deepEqual([ana.interactions.length, ben.interactions.length], [0, 0]);
  clock.advance(OFFER_TIMEOUT);
  await ana.offered();
  await everybodyLeaves(ana, ben);
});

test('nobody gets more than the capacity, ringing ones counted; Done makes room', async () => {
  const desk = await open('ana');
  await desk.ready();
  for (let i = 0; i < 3; i++) await somebodyWrites();
  await until('two ring', () => desk.interactions.length === 2);
  const first = await desk.accept();
  assert.equal(desk.interactions.length, 2);
  await desk.does('mark-done', { interaction: first.id });
  await until(
    'the third rings',
    () => desk.interactions.filter(({ state }) => state === 'offered').length === 2,
  );
  await everybodyLeaves(desk);
});

test('the least loaded agent gets the next one', async () => {
  const [ana, ben] = [await open('ana'), await open('ben')];
  await ana.ready();
  await somebodyWrites();
  await ana.accept();
  await ben.ready();
  await somebodyWrites();
  await ben.offered();
  await everybodyLeaves(ana, ben);
});

test('a parked conversation whose contact writes again leaves the workbin, to whom it had before', async () => {
  const [ana, ben] = [await open('ana'), await open('ben')];
  await ana.ready();
  const phone = await somebodyWrites();
  const { id } = await ana.accept();
  await ana.does('move-to-workbin', { interaction: id, workbin: 'team' });
  assert.equal(ana.interactions.length, 0);
  await until('both see it in the workbin', () =>
    [ana, ben].every((desk) => desk.state.workbins.get('team')?.count === 1),
  );
  await ben.ready();
  // Ana has more to do, and still is the one who knows the contact.
  await somebodyWrites();
  await until('the other rings', () => ben.interactions.length + ana.interactions.length === 1);
  await write(phone, 'Me again');
  await until('it rings at the former agent', () => ana.state.interactions.get(id)?.state === 'offered');
  assert.equal(ben.state.workbins.get('team')?.count, 0);
  await everybodyLeaves(ana, ben);
});

test('whoever goes Not Ready stops ringing, and the offer goes on', async () => {
  const [ana, ben] = [await open('ana'), await open('ben')];
  await ana.ready();
  await somebodyWrites();
  const { id } = await ana.offered();
  await ben.ready();
  await ana.does('set-agent-status', { status: 'not-ready', reason: 'Lunch' });
  assert.equal((await ben.offered()).id, id);
  assert.equal(ana.interactions.length, 0);
  assert.equal(ana.state.agent?.reason, 'Lunch');
  await everybodyLeaves(ana, ben);
});

test('whoever is ready but gone gets nothing; what rang there goes on after a grace', async () => {
  const ana = await open('ana');
  await ana.ready();
  const phone = await somebodyWrites();
  const { id } = await ana.offered();
  ana.close();
  await until('the gateway has seen it', async () => {
    const [row] = await database.query<{ left: number }>(
      `select seen_until - $1 as left from presence where agent = 'ana'`,
      [clock.now()],
    );
    return (row?.left ?? Infinity) <= 8000;
  });
  assert.equal((await stateOf(phone))?.offer_agent, 'ana', 'a page that is loaded again finds its offer');
  clock.advance(8001);
  await until('it is taken back', async () => (await stateOf(phone))?.state === 'queued');
  const ben = await open('ben');
  await ben.ready();
  assert.equal((await ben.offered()).id, id);
  await everybodyLeaves(ben);
});

test('of two agents who open the same parked conversation, one gets it', async () => {
  const [ana, ben] = [await open('ana'), await open('ben')];
  await ana.ready();
  await somebodyWrites();
  const { id } = await ana.accept();
  await ana.does('move-to-workbin', { interaction: id, workbin: 'team' });
  const receipts = await Promise.all(
    [ana, ben].map((desk) => desk.command('open-interaction', { interaction: id })),
  );
  assert.equal(receipts.filter(({ ok }) => ok).length, 1);
  const refusal = receipts.find(({ ok }) => !ok);
  assert.equal(refusal && !refusal.ok && refusal.error.kind, 'taken');
  await everybodyLeaves(ana, ben);
});

test('after Done, a new message makes a new conversation that knows the one before', async () => {
  const desk = await open('ana');
  await desk.ready();
  const phone = await somebodyWrites('First matter');
  const first = await desk.accept();
  await desk.does('mark-done', { interaction: first.id });
  await write(phone, 'Second matter');
  const second = await desk.accept();
  assert.notEqual(second.id, first.id);
  const args = { interaction: second.id, before: null, limit: 10 };
  const result = await desk.query({ name: 'transcript', args });
  assert.ok(result.ok);
  assert.deepEqual(result.result.next, { interaction: first.id, before: null });
  const earlier = await desk.query({ name: 'transcript', args: { ...args, interaction: first.id } });
  assert.ok(earlier.ok, 'earlier conversations of a contact on the desk may be read');
  await everybodyLeaves(desk);
});
