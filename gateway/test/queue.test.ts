import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';
import { post, textChange, webhook } from './support/webhooks.js';

/** Nobody looks by himself while these tests run: what happens at once was not left to the sweep. */
const NEVER = 3_600_000;
const database = await useDatabase();
const start = (agentCapacity: number, sweepInterval = NEVER) =>
  startGateway({
    databaseUrl: database.url,
    policy: { agentCapacity, offerTimeout: NEVER },
    deps: { senderFor: () => new ScriptedSender(), sweepInterval },
  });
const gateway = await start(300);
atEnd(() => gateway.close());

let people = 0;
const newPhone = () => `3460090${String(++people).padStart(4, '0')}`;

async function write(phone: string, url = gateway.url): Promise<void> {
  assert.equal((await post(url, webhook(textChange({ phone }, 'Hello')))).status, 200);
}

/** Many people write, in one webhook. Returns their numbers. */
async function crowdWrites(size: number): Promise<readonly string[]> {
  const phones = Array.from({ length: size }, newPhone);
  const body = webhook(...phones.map((phone) => textChange({ phone }, 'Hello')));
  assert.equal((await post(gateway.url, body)).status, 200);
  return phones;
}

const placeOf = async (phone: string) =>
  (
    await database.query<{ id: string; state: string; offer_agent: string | null }>(
      `select i.id, i.state, i.offer_agent from interaction i join contact c on c.id = i.contact
       where c.phone = $1 and i.state <> 'done'`,
      [phone],
    )
  )[0];

const waitingIn = async (state: string) =>
  (await database.query(`select from interaction where state = $1`, [state])).length;

async function everybodyLeaves(...desks: readonly Desk[]): Promise<void> {
  for (const desk of desks) {
    await desk.does('set-agent-status', { status: 'not-ready', reason: null });
    desk.close();
  }
  await database.query(
    `update interaction set state = 'done', body = body || '{"state": "done", "offer": null}' where state <> 'done'`,
  );
}

/** Another session holds a row until it is told to let go. */
async function holding(sql: string, params: readonly unknown[]): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('begin');
  await client.query(sql, [...params]);
  return () => client.end();
}

const AGENT_LOCK = 'select from agent where id = $1 for no key update';

/** Whether some transaction waits for a lock. */
const isSomebodyWaiting = async () =>
  (
    await database.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
  ).length > 0;

test('whoever becomes ready gets the whole queue at once, however long it is', async () => {
  await crowdWrites(250);
  const ana = await Desk.open(gateway.url, { agent: 'ana' });
  await ana.ready();
  await until('all ring', () => ana.interactions.length === 250);
  await everybodyLeaves(ana);
});

test('who waits behind a hundred that nobody may be asked for yet is served all the same', async () => {
  await crowdWrites(120);
  const passes = JSON.stringify([{ agent: 'ana', at: Date.now() }]);
  await database.query(
    `update interaction set body = jsonb_set(body, '{passes}', $1::jsonb) where state = 'queued'`,
    [passes],
  );
  const last = newPhone();
  await write(last);
  const ana = await Desk.open(gateway.url, { agent: 'ana' });
  await ana.ready();
  await until('the last one rings', async () => (await placeOf(last))?.state === 'offered');
  assert.equal(await waitingIn('queued'), 120);
  await everybodyLeaves(ana);
});

test('the former agent gets the contact back, although another transaction holds the agent’s row just then', async () => {
  const [ana, ben] = [
    await Desk.open(gateway.url, { agent: 'ana' }),
    await Desk.open(gateway.url, { agent: 'ben' }),
  ];
  await ana.ready();
  const phone = newPhone();
  await write(phone);
  const { id } = await ana.accept();
  await ana.does('move-to-workbin', { interaction: id, workbin: 'team' });
  await ben.ready();
  const letGo = await holding(AGENT_LOCK, ['ana']);
  await write(phone);
  await until('the router waits for the agent', isSomebodyWaiting);
  assert.equal((await placeOf(phone))?.state, 'queued');
  await letGo();
  await until('it rings', async () => (await placeOf(phone))?.state === 'offered');
  assert.equal((await placeOf(phone))?.offer_agent, 'ana');
  await everybodyLeaves(ana, ben);
});

test('an agent whose row is held does not keep others from getting what they are chosen for', async () => {
  const [ana, ben] = [
    await Desk.open(gateway.url, { agent: 'ana' }),
    await Desk.open(gateway.url, { agent: 'ben' }),
  ];
  await ben.ready();
  await write(newPhone());
  await ben.accept();
  const phone = newPhone();
  await ana.ready();
  const letGo = await holding(AGENT_LOCK, ['ben']);
  await write(phone);
  await until('it rings at the idle one', async () => (await placeOf(phone))?.offer_agent === 'ana');
  await ana.does('reject-interaction', { interaction: (await ana.offered()).id });
  await until('the router waits for the other', isSomebodyWaiting);
  await letGo();
  await until('it has gone on', async () => (await placeOf(phone))?.offer_agent === 'ben');
  await everybodyLeaves(ana, ben);
});

test('room that an agent makes is used at once: by Done, by parking, by rejecting', async () => {
  const small = await start(1);
  const [ana, ben] = [
    await Desk.open(small.url, { agent: 'ana' }),
    await Desk.open(small.url, { agent: 'ben' }),
  ];
  await ana.ready();
  const phones = Array.from({ length: 4 }, newPhone);
  for (const phone of phones) await write(phone, small.url);
  const first = await ana.accept();
  await ana.does('mark-done', { interaction: first.id });
  const second = await ana.accept();
  assert.equal(second.contact.phone, phones[1]);
  await ana.does('move-to-workbin', { interaction: second.id, workbin: 'team' });
  const third = await ana.offered();
  assert.equal(third.contact.phone, phones[2]);
  await ana.does('reject-interaction', { interaction: third.id });
  assert.equal((await ana.offered()).contact.phone, phones[3]);
  await ben.ready();
  assert.equal((await ben.offered()).contact.phone, phones[2]);
  await everybodyLeaves(ana, ben);
  await small.close();
});

const AGENTS = 5;
const WRITERS = 6;
const EACH = 14;

test('at two gateways, with agents who come, go, reject and finish, nobody who wrote later rings earlier', async () => {
  const gateways = [await start(2, 50), await start(2, 50)];
  const urlOf = (i: number) => gateways[i % 2]?.url ?? '';
  const written: { readonly phone: string; readonly from: number; readonly confirmed: number }[] = [];
  const desks = await Promise.all(
    Array.from({ length: AGENTS }, (_, i) => Desk.open(urlOf(i), { agent: `agent-${i}` })),
  );
  let over = false;
  // Until all are written, only some take calls: a queue must come into being.
  const working = desks.map((desk, i) => workOff(desk, i, () => over));
  const writers = Array.from({ length: WRITERS }, async (_, i) => {
    for (let n = 0; n < EACH; n++) {
      const phone = newPhone();
      const from = performance.now();
      await write(phone, urlOf(i + n));
      written.push({ phone, from, confirmed: performance.now() });
      // Those who wait write again, and their rows are held meanwhile.
      const again = written[(n * 7 + i) % written.length];
      if (again) await write(again.phone, urlOf(i));
    }
  });
  await Promise.all(writers);
  const phones = written.map(({ phone }) => phone);
  await until('everybody has rung', async () => (await firstOffers(phones)).size === phones.length, 60_000);
  over = true;
  await Promise.all(working);
  const offers = await firstOffers(phones);
  const overtaken = written.flatMap((one) =>
    written.filter(
      (later) => later.from > one.confirmed && (offers.get(later.phone) ?? 0) < (offers.get(one.phone) ?? 0),
    ),
  );
  assert.equal(overtaken.length, 0, `${overtaken.length} overtakings`);
  for (const desk of desks) desk.close();
  for (const one of gateways) await one.close();
});

/** Takes what rings, and finishes, parks or rejects it; goes away now and then. */
async function workOff(desk: Desk, seed: number, isOver: () => boolean): Promise<void> {
  let step = seed;
  while (!isOver()) {
    step++;
    const status = step % 9 === 0 ? 'not-ready' : 'ready';
    await desk.command('set-agent-status', { status, reason: null });
    for (const { id, state } of desk.interactions) {
      const interaction = id;
      if (state === 'offered' && step % 5 === 0) await desk.command('reject-interaction', { interaction });
      else if (state === 'offered') await desk.command('accept-interaction', { interaction });
      else if (step % 4 === 0) await desk.command('move-to-workbin', { interaction, workbin: 'team' });
      else await desk.command('mark-done', { interaction });
    }
  }
}

/** The place in the log at which each phone's conversation rang first. */
async function firstOffers(phones: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await database.query<{ phone: string; seq: number }>(
    `select c.phone, min(e.seq)::int as seq from event e
     join event made on made.interaction = e.interaction and made.type = 'interaction-created'
     join contact c on c.id = made.body -> 'interaction' -> 'contact' ->> 'id'
     where e.type = 'interaction-offered' and c.phone = any($1)
       and not exists (select from event other where other.type = 'interaction-created' and other.seq < made.seq
         and other.body -> 'interaction' -> 'contact' ->> 'id' = c.id)
     group by c.phone`,
    [phones],
  );
  return new Map(rows.map(({ phone, seq }) => [phone, seq]));
}
