import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Gateway, GatewayDeps } from '../src/gateway.js';
import { Desk } from './support/desk.js';
import { useFaultyDatabase } from './support/faulty-database.js';
import { ScriptedSender } from './support/sender.js';
import { SilentProxy } from './support/silent-proxy.js';
import { until } from './support/until.js';
import { post, textChange, webhook } from './support/webhooks.js';

const { database, closing, open: openGateway, hold, newPhone } = await useFaultyDatabase();

/** Impatient, so that tests are short; everything else is as operators have it. */
const IMPATIENT: GatewayDeps = {
  answerTimeout: 1000,
  ingestLimits: { stalledAfter: 100, patience: 4000 },
  stalledAfter: 300,
};

const open = (deps: GatewayDeps = IMPATIENT, databaseUrl?: string) => openGateway(deps, databaseUrl);

const bodyOf = (phone: string) => webhook(textChange({ phone }, 'Hello'));

/** As Meta does: until it is taken. Returns every answer. */
async function deliver(gateway: Gateway, body: object): Promise<readonly number[]> {
  const answers: number[] = [];
  await until(
    'the webhook is taken',
    async () => {
      const { status } = await post(gateway.url, body);
      answers.push(status);
      return status === 200;
    },
    60_000,
  );
  return answers;
}

/** How many messages of each phone are stored. */
async function storedOf(phones: readonly string[]): Promise<readonly number[]> {
  const rows = await database.query<{ phone: string; count: number }>(
    `select c.phone, count(*)::int as count from message m join interaction i on i.id = m.interaction
     join contact c on c.id = i.contact where c.phone = any($1) group by c.phone`,
    [phones],
  );
  const counts = new Map(rows.map(({ phone, count }) => [phone, count]));
  return phones.map((phone) => counts.get(phone) ?? 0);
}

const readiness = async ({ url }: Gateway) => {
  const response = await fetch(`${url}/readyz`);
  const { problems = [] } = (await response.json()) as { problems?: readonly string[] };
  return { status: response.status, problems };
};

/** Server processes of the gateway's, by what they do. */
async function backends(condition: string): Promise<readonly number[]> {
  const rows = await database.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database()
     and application_name like 'whatsapp-workspace%' and ${condition}`,
  );
  return rows.map(({ pid }) => pid);
}

/** Stops processes where they are. Returns how to let them go on. */
function freeze(pids: readonly number[]): () => void {
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  let frozen = true;
  const thaw = () => {
    if (frozen) for (const pid of pids) process.kill(pid, 'SIGCONT');
    frozen = false;
  };
  closing.push(thaw);
  return thaw;
}

const LOCK_INTERACTION = `select from interaction i join contact c on c.id = i.contact where c.phone = $1 for update of i`;
const each = (count: number, list: readonly unknown[]) => list.map(() => count);

test('webhooks are stored while the server processes that stored them before are frozen', async () => {
  const gateway = await open();
  await deliver(gateway, bodyOf(newPhone()));
  const idle = await backends(`state = 'idle' and query not like 'listen%' and query not like '%advisory%'`);
  assert.ok(idle.length > 0);
  const thaw = freeze(idle);
  const phones = Array.from({ length: 20 }, newPhone);
  await Promise.all(phones.map((phone) => deliver(gateway, bodyOf(phone))));
  assert.deepEqual(await storedOf(phones), each(1, phones));
  await until('it is ready again', async () => (await readiness(gateway)).status === 200);
  thaw();
});

test('a server process frozen in the middle of a transaction holds up its own contact, and nobody else', async () => {
  const gateway = await open();
  const [held, ...others] = Array.from({ length: 11 }, newPhone);
  assert.ok(held !== undefined);
  await deliver(gateway, bodyOf(held));
  const letGo = await hold(LOCK_INTERACTION, [held]);
  const second = bodyOf(held);
  const answer = post(gateway.url, second);
  const pids = await until('its transaction waits', async () => {
    const waiting = await backends(`wait_event_type = 'Lock'`);
    return waiting.length > 0 && waiting;
  });
  const thaw = freeze(pids);
  await letGo();
  await Promise.all(others.map((phone) => deliver(gateway, bodyOf(phone))));
  assert.equal((await answer).status, 503);
  thaw();
  await deliver(gateway, second);
  assert.deepEqual(await storedOf([held, ...others]), [2, ...each(1, others)]);
});

test('a contact whose row somebody holds waits alone', async () => {
  const gateway = await open({ ...IMPATIENT, ingestLimits: { stalledAfter: 100, patience: 20_000 } });
  const [held, ...others] = Array.from({ length: 21 }, newPhone);
  assert.ok(held !== undefined);
  await deliver(gateway, bodyOf(held));
  const letGo = await hold(LOCK_INTERACTION, [held]);
  const second = bodyOf(held);
  // In one webhook, and so in one transaction, with others.
  const mixed = webhook(
    ...others.map((phone) => textChange({ phone }, 'Hello')),
    textChange({ phone: held }, 'Me'),
  );
  await until(
    'all but the held one are stored',
    async () => {
      assert.equal((await post(gateway.url, mixed)).status, 503);
      return (await storedOf(others)).every((count) => count === 1);
    },
    60_000,
  );
  assert.equal((await post(gateway.url, second)).status, 503);
  assert.deepEqual(await storedOf([held, ...others]), each(1, [held, ...others]));
  await letGo();
  await deliver(gateway, mixed);
  await deliver(gateway, second);
  assert.deepEqual(await storedOf([held, ...others]), [3, ...each(1, others)]);
});

test('a silent way to the database: webhooks are refused, readiness says why, and all goes on by itself', async () => {
  const proxy = new SilentProxy(database.url);
  const sender = new ScriptedSender();
  const gateway = await open({ ...IMPATIENT, senderFor: () => sender }, await proxy.start());
  closing.unshift(() => proxy.close());
  const desk = await Desk.open(gateway.url, { agent: 'ana' });
  await desk.ready();
  const phones = Array.from({ length: 20 }, newPhone);
  proxy.silence();
  const answers = await Promise.all(phones.map((phone) => post(gateway.url, bodyOf(phone))));
  assert.deepEqual(
    answers.map(({ status }) => status),
    each(503, phones),
  );
  const problems = await until('readiness says why', async () => {
    const { status, problems: all } = await readiness(gateway);
    return status === 503 && all.length === 7 && all;
  });
  assert.deepEqual(problems.toSorted(), [
    'Files are not handed over to WhatsApp',
    'Files of contacts are not fetched',
    'Messages are not sent',
    'The database does not answer',
    'The log of events cannot be read',
    'The queue is not routed',
    'Webhooks cannot be stored',
  ]);
  proxy.heal();
  await Promise.all(phones.map((phone) => deliver(gateway, bodyOf(phone))));
  await until('it is ready again', async () => (await readiness(gateway)).status === 200);
  const { id } = await desk.accept();
  await desk.does('send-message', { interaction: id, content: { kind: 'text', text: 'Here we are' } });
  await until('the outbox sends again', () => sender.texts.includes('Here we are'));
  const ringing = () => new Set(desk.interactions.map(({ contact }) => contact.phone));
  await until('all ring at the desk', () => phones.every((phone) => ringing().has(phone)));
  desk.close();
});

test('of desks whose commands meet a held row few wait, and the others are told to come again', async () => {
  const sender = new ScriptedSender();
  const gateway = await open({ senderFor: () => sender });
  const desks = await Promise.all(
    Array.from({ length: 12 }, (_, i) => Desk.open(gateway.url, { agent: `agent-${i}` })),
  );
  const [first] = desks;
  await first?.ready();
  await deliver(gateway, bodyOf(newPhone()));
  const { id } = (await first?.accept()) ?? { id: '' };
  await first?.does('set-agent-status', { status: 'not-ready', reason: null });
  const letGo = await hold('select from interaction where id = $1 for update', [id]);
  const receipts = await Promise.all(desks.map((desk) => desk.command('mark-done', { interaction: id })));
  assert.deepEqual(
    receipts.map((receipt) => (receipt.ok ? 'ok' : [receipt.error.kind, receipt.error.retryable])),
    desks.map(() => ['unavailable', true]),
  );
  const phone = newPhone();
  assert.equal((await post(gateway.url, bodyOf(phone))).status, 200);
  await letGo();
  await first?.does('mark-done', { interaction: id });
  for (const desk of desks) desk.close();
});

test('what is more than may wait is refused at once, and what waits is stored', async () => {
  const gateway = await open({ ...IMPATIENT, answerTimeout: 5000, ingestLimits: { items: 10 } });
  const letGo = await hold('select from stream for update');
  const answers: number[] = [];
  const phones = Array.from({ length: 30 }, newPhone);
  const posts = phones.map(async (phone) => answers.push((await post(gateway.url, bodyOf(phone))).status));
  await until('twenty are refused', () => answers.length === 20);
  assert.deepEqual(
    answers,
    Array.from({ length: 20 }, () => 503),
  );
  await letGo();
  await Promise.all(posts);
  assert.deepEqual(
    answers.slice(20),
    Array.from({ length: 10 }, () => 200),
  );
});

test('what is longer than may wait together is refused at once, however few they are', async () => {
  const bodies = Array.from({ length: 10 }, () => bodyOf(newPhone()));
  const bytes = 3.5 * JSON.stringify(bodies.at(-1)).length;
  const gateway = await open({ ...IMPATIENT, answerTimeout: 5000, ingestLimits: { bytes } });
  const letGo = await hold('select from stream for update');
  const answers: number[] = [];
  const posts = bodies.map(async (body) => answers.push((await post(gateway.url, body)).status));
  await until('seven are refused', () => answers.length === 7);
  assert.deepEqual(answers, each(503, bodies.slice(3)));
  await letGo();
  await Promise.all(posts);
  assert.deepEqual(answers.slice(7), [200, 200, 200]);
});

test('readiness names what stands still, and only that', async () => {
  const gateway = await open();
  for (const [table, ...sentences] of [
    ['event', 'The log of events cannot be read'],
    ['outbox', 'Messages are not sent', 'Files are not handed over to WhatsApp'],
    ['media', 'Files of contacts are not fetched'],
    ['presence', 'The queue is not routed'],
  ] as const) {
    await until('it is ready', async () => (await readiness(gateway)).status === 200);
    const letGo = await hold(`lock table ${table} in access exclusive mode`);
    const { problems } = await until('it is not ready', async () => {
      const answer = await readiness(gateway);
      return answer.status === 503 && answer.problems.length === sentences.length && answer;
    });
    assert.deepEqual(problems, sentences);
    await letGo();
  }
});
