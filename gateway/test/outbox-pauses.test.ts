import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Desk } from './support/desk.js';
import { tokenFor } from './support/gateway.js';
import { useNumbers } from './support/numbers.js';
import { accepted, blocked, failing } from './support/sender.js';
import { until } from './support/until.js';

const {
  database,
  url,
  clock,
  log,
  desk,
  newNumber: number,
  conversation,
  say,
  told,
  pausedUntil,
} = await useNumbers();

async function conversations(channel: string, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push(await conversation(channel));
  return ids;
}

const rows = (channel: string, state: string) =>
  database.query<{ client_id: string }>('select client_id from outbox where channel = $1 and state = $2', [
    channel,
    state,
  ]);

/** For what this machine may take long to do, in milliseconds. */
const LONG = 60_000;

const rest = async (channel: string, ready: number) =>
  until(
    `${ready} wait and none is on its way`,
    async () =>
      (await rows(channel, 'ready')).length === ready && (await rows(channel, 'leased')).length === 0,
    LONG,
  );

for (const code of [130429, 4, 80007]) {
  test(`after ${code} nothing goes over the number but one message at a time, until one is taken`, async () => {
    const { channel, sender } = number();
    const ids = await conversations(channel, 6);
    sender.script.push(...Array.from({ length: 3 }, () => failing('retry', code, 'number')));
    // However long this machine takes, no pause ends meanwhile.
    const goOn = clock.stop();
    await say(ids[0] ?? '', 'First');
    await rest(channel, 1);
    for (const [i, id] of ids.slice(1).entries()) await say(id, `Next ${i}`);
    await rest(channel, 6);
    assert.equal(sender.requests.length, 1);
    // Each end of a pause is one try, however many wait; each pause is longer.
    const pauses: number[] = [];
    for (const tries of [2, 3]) {
      const pause = (await pausedUntil(channel)) - clock.now();
      pauses.push(pause);
      clock.advance(pause);
      await until(`try ${tries}`, () => sender.requests.length >= tries, LONG);
      await rest(channel, 6);
      assert.equal(sender.requests.length, tries);
    }
    assert.ok((pauses[1] ?? 0) > (pauses[0] ?? 0), pauses.join());
    await until(
      'all are sent',
      async () => {
        clock.advance(100);
        return (await rows(channel, 'sent')).length === 6;
      },
      LONG,
    );
    goOn();
    assert.deepEqual(told(channel), [], 'a short pause is no news');
  });
}

test('requests that come back together are one strike, and another number goes on', async () => {
  const [slow, other] = [number(), number()];
  slow.sender.held = true;
  const ids = await conversations(slow.channel, 5);
  for (const id of ids) await say(id, 'Together');
  await until('all are out', () => slow.sender.open.length === 5);
  slow.sender.held = false;
  for (const request of slow.sender.open.splice(0)) request.answer(failing('retry', 130429, 'number'));
  await rest(slow.channel, 5);
  const [row] = await database.query<{ strikes: number }>('select strikes from channel where id = $1', [
    slow.channel,
  ]);
  assert.equal(row?.strikes, 1);
  await say(await conversation(other.channel), 'Goes');
  await until('it went', () => other.sender.texts.includes('Goes'));
});

test('what was taken before the number was turned away lets no more go', async () => {
  const { channel, sender } = number();
  sender.held = true;
  const ids = await conversations(channel, 4);
  const strikes = async () => {
    const sql = 'select strikes from channel where id = $1';
    return (await database.query<{ strikes: number }>(sql, [channel]))[0]?.strikes;
  };
  await say(ids[0] ?? '', 'Turned away');
  await say(ids[1] ?? '', 'Taken');
  await until('both are out', () => sender.open.length === 2);
  const goOn = clock.stop();
  const [turnedAway, taken] = sender.open.splice(0);
  turnedAway?.answer(failing('retry', 130429, 'number'));
  await until('the number is paused', async () => (await strikes()) === 1);
  taken?.answer(accepted());
  await until('it is sent', async () => (await rows(channel, 'sent')).length === 1);
  for (const id of ids.slice(2)) await say(id, 'Waits');
  await rest(channel, 3);
  assert.equal(await strikes(), 1);
  // After the pause, one of the three finds out.
  clock.advance((await pausedUntil(channel)) - clock.now());
  await until('one is tried', () => sender.open.length === 1);
  await say(await conversation(channel), 'Waits too');
  assert.equal(sender.open.length, 1);
  sender.held = false;
  sender.open.splice(0)[0]?.answer(accepted());
  await until('all are sent', async () => {
    clock.advance(1000);
    return (await rows(channel, 'sent')).length === 5;
  });
  goOn();
});

test('a number with a backlog of slow requests leaves room for the next number', async () => {
  const [busy, other] = [number(), number()];
  busy.sender.held = true;
  const ids = await conversations(busy.channel, 70);
  for (const id of ids) await say(id, 'Slow');
  await until('many are out', () => busy.sender.open.length >= 32);
  other.sender.held = true;
  await say(await conversation(other.channel), 'Not behind them');
  await until('the other number sends meanwhile', () => other.sender.open.length === 1);
  assert.ok(busy.sender.open.length < 70);
  for (const { sender } of [busy, other]) {
    sender.held = false;
    for (const request of sender.open.splice(0)) request.answer(accepted());
  }
  await until('all are sent', async () => {
    clock.advance(100);
    return (await rows(busy.channel, 'sent')).length === 70;
  });
});

for (const [code, trouble] of [
  [368, 'restricted'],
  [131031, 'restricted'],
  [131042, 'payment'],
  [131045, 'registration'],
  [190, 'access'],
] as const) {
  test(`${code} stops the number: messages wait, agents and operators are told, once`, async () => {
    const { channel, sender } = number();
    const ids = [await conversation(channel), await conversation(channel)];
    sender.script.push(blocked(code, trouble), blocked(code, trouble));
    const first = await say(ids[0] ?? '', 'Stopped');
    await until('the desk knows', () => told(channel).length > 0);
    assert.equal(desk.state.troubles.get(channel)?.trouble, trouble);
    const second = await say(ids[1] ?? '', 'Waits too');
    await rest(channel, 2);
    assert.equal(sender.requests.length, 1);
    const alarms = () =>
      log.lines.filter(({ level, fields }) => level === 'error' && fields['code'] === code);
    assert.equal(alarms().length, 1);
    assert.match(await (await fetch(`${url}/metrics`)).text(), /gateway_sending_pauses_total\{trouble="/);

    // A desk that comes now is told by its snapshot.
    const late = await Desk.open(url, {
      agent: 'ben',
      token: await tokenFor('ben', undefined, clock.now()),
    });
    assert.equal(late.state.troubles.get(channel)?.code, code);
    late.close();

    clock.advance(80_000);
    await until('it was tried again', () => sender.requests.length === 2);
    await rest(channel, 2);
    clock.advance(80_000);
    await until('both are sent', async () => (await rows(channel, 'sent')).length === 2);
    assert.deepEqual(
      (await rows(channel, 'sent')).map((row) => row.client_id).toSorted(),
      [first, second].toSorted(),
    );
    await until('the desk knows that it sends again', () => told(channel).at(-1) === null);
    assert.deepEqual(told(channel), [trouble, null]);
    assert.equal(desk.state.troubles.has(channel), false);
    assert.equal(alarms().length, 1);
  });
}

for (const [code, trouble] of [
  [368, 'restricted'],
  [131042, 'payment'],
] as const) {
  test(`${code} stops all numbers of the account, and one message that is taken lets all of them send`, async () => {
    const [one, two, stranger] = [number(), number(), number()];
    const account = `account-${code}`;
    const [first, second] = [
      await conversation(one.channel, account),
      await conversation(two.channel, account),
    ];
    one.sender.script.push(blocked(code, trouble));
    await say(first, 'Stopped');
    await until('the desk knows of both', () => told(one.channel).length + told(two.channel).length === 2);
    await say(second, 'Waits too');
    await say(await conversation(stranger.channel), 'Goes');
    await until('another account sends', () => stranger.sender.texts.includes('Goes'));
    await rest(two.channel, 1);
    assert.equal(two.sender.requests.length, 0);
    const alarms = log.lines.filter(({ fields }) => fields['account'] === account);
    assert.deepEqual(
      alarms.map(({ fields }) => fields['channels']),
      [`${one.channel}, ${two.channel}`],
    );
    assert.match(String(alarms[0]?.message), /all numbers of the account/);
    clock.advance(80_000);
    await until('both are sent', async () => {
      clock.advance(100);
      return [...(await rows(one.channel, 'sent')), ...(await rows(two.channel, 'sent'))].length === 2;
    });
    for (const { channel } of [one, two])
      await until('the desk knows that it sends again', () => told(channel).join() === `${trouble},`);
  });
}

test('after a pause another message finds out whether the number sends, not the one that was turned away', async () => {
  const { channel, sender } = number();
  const [first, second] = [await conversation(channel), await conversation(channel)];
  sender.script.push(blocked(10));
  const goOn = clock.stop();
  await say(first, 'Turned away');
  await rest(channel, 1);
  await say(second, 'Finds out');
  clock.advance((await pausedUntil(channel)) - clock.now());
  await until('it is sent', async () => (await rows(channel, 'sent')).length === 1);
  assert.deepEqual(sender.texts, ['Turned away', 'Finds out']);
  clock.advance(2000);
  await until('the first is sent too', async () => (await rows(channel, 'sent')).length === 2);
  goOn();
});

test('what concerns a number alone does not stop another of its account', async () => {
  const [one, two] = [number(), number()];
  const first = await conversation(one.channel, 'account-shared');
  const second = await conversation(two.channel, 'account-shared');
  one.sender.script.push(blocked(133010, 'registration'));
  await say(first, 'Stopped');
  await until('the desk knows', () => told(one.channel).length === 1);
  await say(second, 'Goes on');
  await until('it is sent', async () => (await rows(two.channel, 'sent')).length === 1);
  assert.deepEqual(told(two.channel), []);
  clock.advance(80_000);
  await until('the first is sent too', async () => (await rows(one.channel, 'sent')).length === 1);
});

test('a stop of hours makes no message fail, and the clock of giving up begins after it', async () => {
  const { channel, sender } = number();
  const id = await conversation(channel);
  sender.script.push(...Array.from({ length: 5 }, () => blocked(131042, 'payment')));
  sender.script.push(failing('retry', 131016));
  await say(id, 'Patient');
  for (let tries = 1; tries <= 5; tries++) {
    await until(`try ${tries}`, () => sender.requests.length === tries);
    await rest(channel, 1);
    clock.advance(tries < 5 ? 60 * 60_000 : 80_000);
  }
  await until('it is tried', () => sender.requests.length === 6);
  await until('it is sent', async () => {
    clock.advance(100);
    return (await rows(channel, 'sent')).length === 1;
  });
});

test('a number that is turned away for long is news for desks too', async () => {
  const { channel, sender } = number();
  sender.script.push(...Array.from({ length: 6 }, () => failing('retry', 130429, 'number')));
  await say(await conversation(channel), 'Again and again');
  await until('it is sent', async () => {
    clock.advance(500);
    return (await rows(channel, 'sent')).length === 1;
  });
  await until('the desk knows that it is over', () => told(channel).at(-1) === null);
  assert.deepEqual(told(channel), ['rate', null]);
});

test('131056 holds only its contact, four times longer each time', async () => {
  const { channel, sender } = number();
  const [pair, other] = [await conversation(channel), await conversation(channel)];
  sender.script.push(...Array.from({ length: 4 }, () => failing('retry', 131056, 'pair')));
  await say(pair, 'Too fast');
  const waits: number[] = [];
  for (let tries = 1; tries <= 4; tries++) {
    await until(`try ${tries}`, () => sender.requests.length === tries);
    await rest(channel, 1);
    const [row] = await database.query<{ wait: number }>(
      `select run_at - $2::bigint as wait from outbox where channel = $1`,
      [channel, clock.now()],
    );
    waits.push(Math.ceil(Number(row?.wait) / 1000));
    clock.advance(Number(row?.wait) + 1);
  }
  assert.deepEqual(waits, [1, 4, 16, 64]);
  await say(other, 'Not held');
  await until('both are sent', async () => (await rows(channel, 'sent')).length === 2);
});
