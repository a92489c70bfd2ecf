import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { SignJWT } from 'jose';
import { CloseCode } from 'whatsapp-workspace/protocol';
import { DEFAULT_AUDIENCE, DEFAULT_ISSUER } from '../src/config.js';
import { MAX_HELLO_FRAME } from '../src/desk/desk-socket.js';
import { Feeds, MAX_BUFFERED, type Outlet } from '../src/desk/feed.js';
import { atEnd } from './support/cleanup.js';
import { TestClock } from './support/clock.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { ORIGIN, SECRET, startGateway, tokenFor } from './support/gateway.js';
import { ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';
import { MARIA, post, textChange, webhook } from './support/webhooks.js';

const database = await useDatabase();
const clock = new TestClock();
const gateway = await startGateway({
  databaseUrl: database.url,
  policy: { agentCapacity: 100, offerTimeout: 86_400_000 },
  deps: { clock, senderFor: () => new ScriptedSender() },
});
atEnd(() => gateway.close());

const write = async (text: string) =>
  assert.equal((await post(gateway.url, webhook(textChange(MARIA, text)))).status, 200);

const closedWith = async (desk: Desk, code: number) => {
  const closed = await until(`closed with ${code}`, () => desk.closed);
  assert.equal(closed.code, code, closed.reason);
};

async function connect(origin?: string): Promise<Desk> {
  const desk = new Desk(gateway.url, origin);
  await desk.opened();
  return desk;
}

const received = (desk: Desk) =>
  desk.events.flatMap((event) =>
    event.type === 'message-received' && event.body.message.content.kind === 'text'
      ? [event.body.message.content.text]
      : [],
  );

test('the welcome tells who, where in which log, what time, and the rules', async () => {
  const desk = await Desk.open(gateway.url, { agent: 'ana' });
  const welcome = desk.frame('welcome');
  assert.equal(welcome?.agent.name, 'Agent ana');
  assert.equal(welcome?.agent.status, 'not-ready');
  assert.equal(welcome?.issuer, DEFAULT_ISSUER);
  assert.equal(welcome?.policy.agentCapacity, 100);
  assert.ok(Math.abs((welcome?.serverTime ?? 0) - clock.now()) < 5000);
  assert.deepEqual(
    desk.frame('reset')?.snapshot.workbins.map(({ id }) => id),
    ['personal:ana', 'team'],
  );
  desk.close();
});

test('a page whose origin is not on the list is sent away; listed ones, our own and programs are let in', async () => {
  for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1']) {
    await closedWith(await connect(origin), CloseCode.origin);
  }
  for (const origin of [ORIGIN, gateway.url, undefined]) {
    const desk = await Desk.open(gateway.url, { agent: 'ana', origin });
    desk.close();
  }
});

test('whoever does not say hello in time is sent away', async () => {
  const desk = await connect();
  await closedWith(desk, CloseCode.helloLate);
});

test('the longest token that the protocol allows is read, whatever cursor comes with it', async () => {
  const desk = await connect();
  const cursor = { epoch: 'e'.repeat(128), seq: Number.MAX_SAFE_INTEGER };
  desk.sendRaw({ type: 'hello', token: 'x'.repeat(8 * 1024), cursor });
  await closedWith(desk, CloseCode.token);
});

test('a first frame that is too long, another first frame, nonsense, and binary are refused', async () => {
  const token = await tokenFor('ana');
  const frames = [
    { type: 'hello', token: 'x'.repeat(MAX_HELLO_FRAME), cursor: null },
    { type: 'command', command: { id: 'a', name: 'mark-done', args: { interaction: 'i' } } },
    { type: 'bye' },
    '{',
    { type: 'hello', token, cursor: { epoch: 'e', seq: -1 } },
  ];
  for (const frame of frames) {
    const desk = await connect();
    desk.sendRaw(frame);
    await closedWith(desk, CloseCode.badFrame);
  }
});

test('forged, foreign, endless and expired tokens are refused', async () => {
  const claims = (issuer: string, audience: string) =>
    new SignJWT({ name: 'X' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('ana')
      .setIssuer(issuer)
      .setAudience(audience);
  const key = new TextEncoder().encode(SECRET);
  const later = Math.floor(clock.now() / 1000) + 600;
  const none = [{ alg: 'none' }, { sub: 'ana', iss: DEFAULT_ISSUER, aud: DEFAULT_AUDIENCE, exp: later }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const tokens = [
    'nonsense',
    `${none}.`,
    await claims(DEFAULT_ISSUER, DEFAULT_AUDIENCE)
      .setExpirationTime(later)
      .sign(new TextEncoder().encode('x'.repeat(32))),
    await claims('somebody-else', DEFAULT_AUDIENCE).setExpirationTime(later).sign(key),
    await claims(DEFAULT_ISSUER, 'another-service').setExpirationTime(later).sign(key),
    await claims(DEFAULT_ISSUER, DEFAULT_AUDIENCE).sign(key),
    await tokenFor('ana', -60_000),
  ];
  for (const token of tokens) {
    const desk = await connect();
    await desk.hello({ agent: 'ana', token });
    await closedWith(desk, CloseCode.token);
    assert.equal(desk.frames.length, 0);
  }
});

test('the socket closes when the token expires, unless it was renewed', async () => {
  const [lazy, keen] = [
    await Desk.open(gateway.url, { agent: 'ana', token: await tokenFor('ana', 2000, clock.now()) }),
    await Desk.open(gateway.url, { agent: 'ben', token: await tokenFor('ben', 2000, clock.now()) }),
  ];
  const end = keen.frame('welcome')?.tokenExpiresAt ?? 0;
  keen.sendRaw({ type: 'token', token: await tokenFor('ben', 600_000, clock.now()) });
  const taken = await until('the token is taken', () => keen.frame('token'));
  assert.ok(taken.expiresAt > end, 'and the desk is told until when it is good');
  await closedWith(lazy, CloseCode.token);
  assert.equal(keen.closed, null);
  await keen.does('set-agent-status', { status: 'not-ready', reason: 'Still here' });
  keen.close();
});

test('a renewed token of somebody else ends the connection', async () => {
  const desk = await Desk.open(gateway.url, { agent: 'ana' });
  desk.sendRaw({ type: 'token', token: await tokenFor('ben') });
  await closedWith(desk, CloseCode.token);
});

test('after a gap a desk gets exactly what it missed, and no snapshot', async () => {
  const desk = await Desk.open(gateway.url, { agent: 'carla' });
  await desk.ready();
  await write('Missed 0');
  await desk.accept();
  const { cursor } = desk.state;
  desk.close();
  const texts = Array.from({ length: 450 }, (_, i) => `Missed ${i + 1}`);
  await post(gateway.url, webhook(...texts.map((text) => textChange(MARIA, text))));
  const again = await Desk.open(gateway.url, { agent: 'carla', cursor });
  assert.equal(again.frame('reset'), undefined);
  assert.deepEqual(received(again), texts);
  await write('Live');
  await until('what follows is live', () => received(again).at(-1) === 'Live');
  const seqs = again.events.map(({ seq }) => seq);
  assert.deepEqual(
    seqs,
    [...new Set(seqs)].toSorted((a, b) => a - b),
  );
  again.close();
});

test('another epoch, a cursor from the future and one that is too old get a snapshot', async () => {
  const desk = await Desk.open(gateway.url, { agent: 'carla' });
  const { cursor } = desk.state;
  assert.ok(cursor);
  desk.close();
  await database.query('update stream set floor = $1', [cursor.seq - 1]);
  for (const stale of [
    { epoch: 'another', seq: cursor.seq },
    { ...cursor, seq: cursor.seq + 1000 },
    { ...cursor, seq: cursor.seq - 2 },
  ]) {
    const again = await Desk.open(gateway.url, { agent: 'carla', cursor: stale });
    await until(`a snapshot instead of ${JSON.stringify(stale)}`, () => again.frame('reset'));
    assert.equal(again.interactions.length, 1);
    again.close();
  }
  const good = await Desk.open(gateway.url, { agent: 'carla', cursor });
  // Frames are answered in order: had there been a snapshot, it would be here.
  await good.query({ name: 'workbin', args: { workbin: 'team', after: null, limit: 1 } });
  assert.equal(good.frame('reset'), undefined);
  good.close();
});

test('whom nothing concerns is told how far the log has come', async () => {
  const [watcher, carla] = [
    await Desk.open(gateway.url, { agent: 'dilek' }),
    await Desk.open(gateway.url, { agent: 'carla' }),
  ];
  await write('Not for Dilek');
  await until('Carla has it', () => received(carla).includes('Not for Dilek'));
  const { cursor } = carla.state;
  await until('Dilek knows the place', () => (watcher.state.cursor?.seq ?? 0) >= (cursor?.seq ?? 0));
  assert.equal(watcher.events.length, 0);
  watcher.close();
  carla.close();
});

type FeedOfDesk = (this: Feeds, agent: string, outlet: Outlet, after: number) => () => void;

/** The most bytes that the gateway holds for any of the desks that connect from now on. */
function heldBytes(): { most(): number; stop(): void } {
  let most = 0;
  const add = Reflect.get(Feeds.prototype, 'add') as FeedOfDesk;
  const spy = mock.method(
    Feeds.prototype,
    'add',
    function (this: Feeds, agent: string, outlet: Outlet, after: number) {
      const watched: Outlet = {
        get bufferedAmount() {
          return outlet.bufferedAmount;
        },
        send: (frame) => {
          outlet.send(frame);
          most = Math.max(most, outlet.bufferedAmount);
        },
        outdated: () => outlet.outdated(),
        tooSlow: () => outlet.tooSlow(),
      };
      return add.call(this, agent, watched, after);
    },
  );
  return { most: () => most, stop: () => spy.mock.restore() };
}

test('a desk that does not read is not fed, holds up nobody, and then catches up', async () => {
  const held = heldBytes();
  const [slow, quick] = [
    await Desk.open(gateway.url, { agent: 'carla' }),
    await Desk.open(gateway.url, { agent: 'carla' }),
  ];
  slow.pause();
  const long = 'x'.repeat(3500);
  const texts = Array.from({ length: 4000 }, (_, i) => `${i} ${long}`);
  for (let i = 0; i < texts.length; i += 500) {
    await post(gateway.url, webhook(...texts.slice(i, i + 500).map((text) => textChange(MARIA, text))));
  }
  const numbers = (desk: Desk) =>
    received(desk)
      .filter((text) => text.endsWith(long))
      .map((text) => Number.parseInt(text, 10));
  await until('the quick one has all', () => numbers(quick).length === texts.length, 30_000);
  // The gateway has filled the buffer of the one that does not read, and no more than that: the rest waits in the database.
  assert.ok(held.most() > MAX_BUFFERED / 2, `${held.most()} bytes`);
  assert.ok(held.most() < 1.5 * MAX_BUFFERED, `${held.most()} bytes`);
  held.stop();
  slow.resume();
  await until('the slow one has all', () => numbers(slow).length === texts.length, 30_000);
  assert.deepEqual(
    numbers(slow),
    texts.map((_, i) => i),
  );
  assert.equal(slow.frames.filter(({ type }) => type === 'reset').length, 1);
  slow.close();
  quick.close();
});

test('with a ready agent, a webhook is on the desk in well under a second', async () => {
  const desk = await Desk.open(gateway.url, { agent: 'carla' });
  const begin = performance.now();
  await write('How long?');
  await until('it is there', () => received(desk).includes('How long?'));
  assert.ok(performance.now() - begin < 500);
  desk.close();
});

test('a gateway that stops sends its desks away to come back, and finishes what they asked for', async () => {
  const other = await startGateway({
    databaseUrl: database.url,
    deps: { senderFor: () => new ScriptedSender() },
  });
  const desk = await Desk.open(other.url, { agent: 'eve' });
  const receipt = desk.command('set-agent-status', { status: 'ready', reason: null });
  await until(
    'it has arrived',
    async () => (await database.query(`select from command where agent = 'eve'`)).length > 0,
  );
  const stopping = other.close();
  assert.equal((await receipt).ok, true);
  await closedWith(desk, CloseCode.restart);
  await stopping;
  await assert.rejects(fetch(`${other.url}/healthz`));
});
