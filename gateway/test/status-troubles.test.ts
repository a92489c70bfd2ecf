import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountOf, useNumbers } from './support/numbers.js';
import { accepted } from './support/sender.js';
import { until } from './support/until.js';
import { accountWebhook, newWamid, post, statusChange } from './support/webhooks.js';

const numbers = await useNumbers();
const { database, url, clock, log, desk, senderOf, conversation, told, pausedUntil } = numbers;
/** The business account of each number that shares it. */
const accounts = new Map<string, string>();

const number = () => numbers.newNumber().channel;

/** Sends a message over a number, to a contact of its own. Returns WhatsApp's id of it, for when it is sent. */
async function say(channel: string, text: string, account = accountOf(channel)): Promise<string> {
  accounts.set(channel, account);
  const interaction = await conversation(channel, account);
  const wamid = newWamid();
  senderOf(channel).script.push(accepted(wamid));
  await numbers.say(interaction, text);
  return wamid;
}

const isTaken = (wamid: string) =>
  until('WhatsApp has taken it', async () => {
    return (await database.query('select from message where wamid = $1', [wamid])).length === 1;
  });

/** A status by WhatsApp's clock, so many milliseconds from now. */
async function status(channel: string, wamid: string, state: string, code: number | null, later = 0) {
  const at = Math.floor((clock.now() + later) / 1000);
  const error = code === null ? {} : { error: { code, title: 'x' } };
  const change = statusChange({ channel, wamid, status: state, at, person: {}, ...error });
  assert.equal(
    (await post(url, accountWebhook(accounts.get(channel) ?? accountOf(channel), change))).status,
    200,
  );
}

const stateOf = async (text: string, channel: string) => {
  const [row] = await database.query<{ state: string }>(
    `select state from outbox where payload ->> 'text' = $1 and channel = $2`,
    [text, channel],
  );
  return row?.state;
};

const alarms = (channel: string) =>
  log.lines.filter(({ level, fields }) => level === 'error' && fields['channel'] === channel);

for (const [code, trouble] of [
  [131042, 'payment'],
  [131031, 'restricted'],
  [368, 'restricted'],
  [131045, 'registration'],
  [131048, 'rate'],
  [130429, 'rate'],
] as const) {
  test(`${code} in a status stops the number, and not an answer but a status lets it send again`, async () => {
    const channel = number();
    const first = await say(channel, 'First');
    await isTaken(first);
    // However long this machine takes, no pause ends meanwhile.
    const goOn = clock.stop();
    await status(channel, first, 'failed', code);
    await until('the desk knows', () => told(channel).length > 0);
    assert.deepEqual([told(channel), alarms(channel).length], [[trouble], 1]);
    assert.deepEqual(desk.state.troubles.get(channel)?.code, code);

    const probe = await say(channel, 'Finds out');
    const last = await say(channel, 'Waits');
    assert.equal(senderOf(channel).requests.length, 1);
    clock.advance(80_000);
    await isTaken(probe);
    const before = log.lines.length;
    await say(number(), 'Elsewhere').then(isTaken);
    assert.equal(senderOf(channel).requests.length, 2, 'what was taken before proves nothing');
    assert.deepEqual(told(channel), [trouble]);
    assert.ok(!log.lines.slice(before).some(({ message }) => /sends again/.test(message)));

    await status(channel, probe, 'sent', null);
    await isTaken(last);
    await until('the desk knows that it is over', () => told(channel).at(-1) === null);
    assert.deepEqual(told(channel), [trouble, null]);
    goOn();
  });
}

test('a status of a message that left before the trouble tells nothing of it, nor does a failure of long ago', async () => {
  const channel = number();
  const [first, second, old] = [
    await say(channel, 'First'),
    await say(channel, 'Second'),
    await say(channel, 'Old'),
  ];
  for (const wamid of [first, second, old]) await isTaken(wamid);
  await status(channel, old, 'failed', 131042, -60 * 60_000);
  await status(channel, first, 'failed', 131045);
  await until('the desk knows', () => told(channel).length > 0);
  assert.deepEqual(told(channel), ['registration']);
  await status(channel, second, 'sent', null, -10_000);
  await say(channel, 'Waits');
  const elsewhere = await say(number(), 'Elsewhere');
  await isTaken(elsewhere);
  assert.equal(await stateOf('Waits', channel), 'ready');
  assert.deepEqual(told(channel), ['registration']);
});

test('what a status tells of the account holds for all of its numbers', async () => {
  const [one, two] = [number(), number()];
  const account = `of-${one}`;
  const first = await say(one, 'First', account);
  const second = await say(two, 'Second', account);
  await Promise.all([isTaken(first), isTaken(second)]);
  await status(one, first, 'failed', 131042);
  await until('the desk knows of both', () => told(one).length + told(two).length === 2);
  const probe = await say(two, 'Finds out', account);
  clock.advance(80_000);
  await isTaken(probe);
  await status(two, probe, 'sent', null);
  for (const channel of [one, two])
    await until('the desk knows that it is over', () => told(channel).join() === 'payment,');
});

test('a number that statuses turn away again and again waits longer each time', async () => {
  const channel = number();
  // However long this machine takes, no pause ends meanwhile.
  const goOn = clock.stop();
  const pauses: number[] = [];
  for (let tries = 1; tries <= 4; tries++) {
    const wamid = await say(channel, `Try ${tries}`);
    await isTaken(wamid);
    await status(channel, wamid, 'failed', 131048);
    const pause = await until('it is turned away', async () => {
      const left = (await pausedUntil(channel)) - clock.now();
      // Longer is what the status was waited for.
      return left > 0 && left < 45_000 && left;
    });
    pauses.push(pause);
    clock.advance(pause);
  }
  assert.deepEqual(
    pauses,
    [...new Set(pauses)].toSorted((a, b) => a - b),
  );
  assert.deepEqual(told(channel), ['rate']);
  goOn();
});

test('that a number sends counts also when a status tells it after that the message has arrived', async () => {
  const channel = number();
  const first = await say(channel, 'First');
  await isTaken(first);
  const goOn = clock.stop();
  await status(channel, first, 'failed', 131042);
  await until('the desk knows', () => told(channel).length > 0);
  const probe = await say(channel, 'Finds out');
  clock.advance(80_000);
  await isTaken(probe);
  await status(channel, probe, 'delivered', null);
  await status(channel, probe, 'sent', null);
  await until('the desk knows that it is over', () => told(channel).at(-1) === null);
  goOn();
});

test('a failure that is the message’s own leaves its number alone', async () => {
  const channel = number();
  const first = await say(channel, 'First');
  await isTaken(first);
  await status(channel, first, 'failed', 131026);
  await isTaken(await say(channel, 'Second'));
  assert.deepEqual(told(channel), []);
});
