import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { ChannelHealth } from 'whatsapp-workspace/model';
import type { MessageToSend, SendResult } from '../src/cloud-api/index.js';
import { atEnd } from './support/cleanup.js';
import { TestClock } from './support/clock.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { recordingLog } from './support/log.js';
import { accepted, failing } from './support/sender.js';
import { until } from './support/until.js';
import { post, textChange, webhook } from './support/webhooks.js';

const HOUR = 60 * 60_000;

const database = await useDatabase();
const clock = new TestClock();
const log = recordingLog();
/** How Meta answers on each number; it takes everything unless told otherwise. */
const meta = new Map<string, (message: MessageToSend) => SendResult>();
const requests: { readonly channel: string; readonly text: string }[] = [];
const gateway = await startGateway({
  databaseUrl: database.url,
  policy: { agentCapacity: 1000 },
  deps: {
    clock,
    log,
    stopwatch: () => clock.now(),
    senderFor: (channel) => ({
      send: (message) => {
        requests.push({ channel, text: message.content.kind === 'text' ? message.content.text : '' });
        return Promise.resolve(meta.get(channel)?.(message) ?? accepted());
      },
    }),
  },
});
atEnd(() => gateway.close());
const desk = await Desk.open(gateway.url, { agent: 'ana' });
await desk.ready();

let numbers = 0;
let people = 0;

/** A business number of the test's own, whose trouble can be told apart in the log. */
function number(): string {
  return `10654035226${++numbers}`;
}

/** Sends a message over a number, to a contact of its own. */
async function say(channel: string, text: string): Promise<void> {
  const phone = `3460080${String(++people).padStart(4, '0')}`;
  await post(gateway.url, webhook(textChange({ phone }, 'Hello', { channel })));
  const { id } = await desk.accept();
  await desk.does('send-message', { interaction: id, content: { kind: 'text', text } }, randomUUID());
}

const statesOf = async (channel: string) => {
  const rows = await database.query<{ text: string; state: string }>(
    `select payload ->> 'text' as text, state from outbox where channel = $1 order by id`,
    [channel],
  );
  return Object.fromEntries(rows.map(({ text, state }) => [text, state]));
};

const is = (channel: string, states: Readonly<Record<string, string>>) =>
  until(
    `it is ${JSON.stringify(states)}`,
    async () => JSON.stringify(await statesOf(channel)) === JSON.stringify(states),
    30_000,
  );

const requestsOf = (channel: string) => requests.filter((one) => one.channel === channel);

/** What desks have been told of a number, in its order. */
const told = (channel: string): readonly ChannelHealth['trouble'][] =>
  desk.events.flatMap((event) =>
    event.type === 'channel-changed' && event.body.channel.channel === channel
      ? [event.body.channel.trouble]
      : [],
  );

const linesOf = (channel: string, words: RegExp) =>
  log.lines.filter(({ message, fields }) => fields['channel'] === channel && words.test(message));

/** Lets pauses end until something is so. */
const inTime = (what: string, condition: () => Promise<boolean>) =>
  until(
    what,
    () => {
      clock.advance(500);
      return condition();
    },
    30_000,
  );

test('when Meta answers nothing of use, few messages end in doubt: the others wait, one at a time finds out', async () => {
  const channel = number();
  meta.set(channel, () => failing('unknown'));
  const goOn = clock.stop();
  for (const text of ['A', 'B', 'C']) await say(channel, text);
  await until('the desk knows', () => told(channel).length === 1);
  for (const text of ['D', 'E', 'F']) await say(channel, text);
  await is(channel, { A: 'unknown', B: 'unknown', C: 'unknown', D: 'ready', E: 'ready', F: 'ready' });
  goOn();
  await inTime('one found out', async () => (await statesOf(channel))['D'] === 'unknown');
  meta.delete(channel);
  await inTime('the rest is sent', async () => (await statesOf(channel))['F'] === 'sent');
  await until('the desk knows that it is over', () => told(channel).length === 2);
  assert.deepEqual(told(channel), ['outage', null]);
  const { E, F } = await statesOf(channel);
  assert.deepEqual([E, F], ['sent', 'sent']);
  assert.equal(linesOf(channel, /does not answer/).length, 1);
  assert.equal(linesOf(channel, /left in doubt/).length, 4);
});

test('when nobody is there, messages wait for as long as that lasts, and operators are told', async () => {
  const channel = number();
  meta.set(channel, () => failing('retry'));
  await say(channel, 'Alone');
  await inTime('the desk knows', () => Promise.resolve(told(channel).length === 1));
  assert.equal(requestsOf(channel).length, 3);
  for (let hours = 1; hours <= 3; hours++) {
    const before = requestsOf(channel).length;
    clock.advance(HOUR);
    await inTime('it is tried', () => Promise.resolve(requestsOf(channel).length > before));
  }
  meta.delete(channel);
  await inTime('it is sent', async () => (await statesOf(channel))['Alone'] === 'sent');
  await until('the desk knows that it is over', () => told(channel).at(-1) === null);
  assert.deepEqual(told(channel), ['outage', null]);
  assert.equal(linesOf(channel, /does not answer/).length, 1);
});

for (const code of [2, 131000, 131016, 131057]) {
  test(`${code} for one message is that message’s trouble, for several the number’s`, async () => {
    const channel = number();
    const troubled = new Set(['One']);
    meta.set(channel, ({ content }) =>
      content.kind === 'text' && troubled.has(content.text) ? failing('retry', code) : accepted(),
    );
    await say(channel, 'One');
    await inTime('it was tried', () => Promise.resolve(requestsOf(channel).length > 5));
    await say(channel, 'Other');
    await until('the other is sent', async () => (await statesOf(channel))['Other'] === 'sent');
    assert.deepEqual(told(channel), []);

    for (const text of ['Two', 'Three']) {
      troubled.add(text);
      await say(channel, text);
    }
    await inTime('the desk knows', () => Promise.resolve(told(channel).length === 1));
    // What still cannot go does not keep the others from finding out that they can.
    troubled.delete('Two');
    troubled.delete('Three');
    await inTime('the others are sent', async () => {
      const { Two, Three } = await statesOf(channel);
      return Two === 'sent' && Three === 'sent';
    });
    await until('the desk knows that it is over', () => told(channel).at(-1) === null);
    assert.equal((await statesOf(channel))['One'], 'ready');
    troubled.clear();
    await inTime('it is sent too', async () => (await statesOf(channel))['One'] === 'sent');
  });
}
