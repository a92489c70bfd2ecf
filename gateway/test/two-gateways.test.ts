import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';
import { newWamid, post, textChange, webhook } from './support/webhooks.js';

const database = await useDatabase();
const sender = new ScriptedSender();
const options = {
  databaseUrl: database.url,
  policy: { agentCapacity: 1000 },
  // Sweeps are far off: what happens here happens by hints.
  deps: { senderFor: () => sender, sweepInterval: 60_000 },
};
const [one, two] = await Promise.all([startGateway(options), startGateway(options)]);
atEnd(() => Promise.all([one.close(), two.close()]));

const received = (desk: Desk) =>
  desk.events.flatMap((event) =>
    event.type === 'message-received' && event.body.message.content.kind === 'text'
      ? [event.body.message.content.text]
      : [],
  );

test('what comes in at one gateway is at once on a desk of the other', async () => {
  const desk = await Desk.open(two.url, { agent: 'ana' });
  await desk.ready();
  const begin = performance.now();
  await post(one.url, webhook(textChange({ phone: '34600400000' }, 'Across')));
  await desk.offered();
  assert.ok(performance.now() - begin < 1000);
  await desk.accept();
  await desk.does('set-agent-status', { status: 'not-ready', reason: null });
  desk.close();
});

test('the same webhooks at both gateways at once: each message once, in one log without gaps', async () => {
  const people = Array.from({ length: 10 }, (_, i) => ({ phone: `346004001${String(i).padStart(2, '0')}` }));
  const bodies = Array.from({ length: 100 }, (_, i) =>
    webhook(
      textChange(people[i % 10] ?? {}, `Message ${i}`, { wamid: newWamid() }),
      textChange(people[(i * 7 + 3) % 10] ?? {}, `Companion ${i}`, { wamid: newWamid() }),
    ),
  );
  const answers = await Promise.all(
    bodies.flatMap((body, i) => [
      post(one.url, body),
      post(two.url, body),
      post(i % 2 ? one.url : two.url, body),
    ]),
  );
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
  const [counts] = await database.query<{
    messages: number;
    events: number;
    interactions: number;
    dense: boolean;
  }>(
    `select (select count(*)::int from message where body -> 'content' ->> 'text' ~ '^(Message|Companion) ') as messages,
       (select count(*)::int from event where body -> 'message' -> 'content' ->> 'text' ~ '^(Message|Companion) ') as events,
       (select count(*)::int from interaction i join contact c on c.id = i.contact where c.phone like '346004001%') as interactions,
       (select count(*) = max(seq) and max(seq) = (select head from stream) from event) as dense`,
  );
  assert.deepEqual(counts, { messages: 200, events: 200, interactions: 10, dense: true });
});

test('a command that was sent to both gateways has one effect', async () => {
  const [first, second] = [
    await Desk.open(one.url, { agent: 'ana' }),
    await Desk.open(two.url, { agent: 'ana' }),
  ];
  const [interaction] = first.interactions;
  assert.ok(interaction);
  const id = randomUUID();
  const args = { interaction: interaction.id, content: { kind: 'text', text: 'To both' } } as const;
  const receipts = await Promise.all([first, second].map((desk) => desk.command('send-message', args, id)));
  assert.deepEqual(receipts[0], receipts[1]);
  await until('it went out', () => sender.texts.includes('To both'));
  for (const desk of [first, second]) {
    await until('both desks show it', () => desk.events.some(({ type }) => type === 'message-sent'));
    desk.close();
  }
  assert.equal(sender.texts.filter((text) => text === 'To both').length, 1);
});

test('two outbox workers send everything once, each contact’s messages in order', async () => {
  const desk = await Desk.open(one.url, { agent: 'ana' });
  await desk.ready();
  await until('all queued conversations ring', () => desk.interactions.length >= 11);
  const ids = desk.interactions.map(({ id }) => id);
  for (const id of ids) await desk.command('accept-interaction', { interaction: id });
  const begin = sender.requests.length;
  const other = await Desk.open(two.url, { agent: 'ana' });
  for (let round = 0; round < 8; round++) {
    await Promise.all(
      ids.map((id, i) =>
        // Which gateway takes a message has nothing to do with who sends it.
        (i + round) % 2
          ? desk.command('send-message', {
              interaction: id,
              content: { kind: 'text', text: `${id} ${round}` },
            })
          : other.command('send-message', {
              interaction: id,
              content: { kind: 'text', text: `${id} ${round}` },
            }),
      ),
    );
  }
  await until('all are out', () => sender.requests.length - begin >= ids.length * 8);
  for (const id of ids) {
    const rounds = sender.texts
      .filter((text) => text.startsWith(`${id} `))
      .map((text) => Number(text.split(' ')[1]));
    assert.deepEqual(rounds, [0, 1, 2, 3, 4, 5, 6, 7]);
  }
  desk.close();
  other.close();
});

test('agents at both gateways: every conversation rings at one of them only', async () => {
  const desks = [await Desk.open(one.url, { agent: 'ben' }), await Desk.open(two.url, { agent: 'eve' })];
  for (const desk of desks) await desk.ready();
  const bodies = Array.from({ length: 30 }, (_, i) =>
    webhook(textChange({ phone: `34600402${String(i).padStart(3, '0')}` }, 'Hi')),
  );
  await Promise.all(bodies.map((body, i) => post(i % 2 ? one.url : two.url, body)));
  const ringing = () => desks.flatMap(({ interactions }) => interactions.map(({ id }) => id));
  const [{ offered } = { offered: 0 }] = await until('nothing is left in the queue', async () => {
    const rows = await database.query<{ queued: number; offered: number }>(
      `select (select count(*)::int from interaction where state = 'queued') as queued,
         (select count(*)::int from interaction where state = 'offered' and offer_agent in ('ben', 'eve')) as offered`,
    );
    return rows[0]?.queued === 0 && rows;
  });
  await until('the desks show what rings', () => ringing().length === offered);
  assert.equal(new Set(ringing()).size, ringing().length);
  for (const desk of desks) desk.close();
});

test('a desk that resumes at the other gateway misses and doubles nothing', async () => {
  let desk = await Desk.open(one.url, { agent: 'ana' });
  await desk.does('set-agent-status', { status: 'ready', reason: null });
  const person = { phone: '34600400000' };
  const seen: string[] = [];
  for (let i = 0; i < 20; i++) {
    await post(i % 3 ? one.url : two.url, webhook(textChange(person, `Hop ${i}`)));
    if (i % 4 !== 3) continue;
    const { cursor } = desk.state;
    seen.push(...received(desk));
    desk.close();
    desk = await Desk.open(i % 8 === 3 ? two.url : one.url, { agent: 'ana', cursor });
  }
  await until('the last one is here', () => [...seen, ...received(desk)].includes('Hop 19'));
  seen.push(...received(desk));
  assert.deepEqual(
    seen.filter((text) => text.startsWith('Hop ')),
    Array.from({ length: 20 }, (_, i) => `Hop ${i}`),
  );
  desk.close();
});
