import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { Bodies, BODY_LIMITS, type BodyRefused } from '../src/http/bodies.js';
import { Refusals } from '../src/http/refusals.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { startGateway } from './support/gateway.js';
import { recordingLog } from './support/log.js';
import { MARIA, post, textChange, webhook } from './support/webhooks.js';

const database = await useDatabase();
const gateway = await startGateway({
  databaseUrl: database.url,
  deps: { bodyLimits: { all: 100_000, patience: 60_000 } },
});
atEnd(() => gateway.close());

/** How the reading of a body ends: its text, or the status with which it is refused. */
const outcome = (reading: Promise<Buffer>) =>
  reading.then(
    (bytes) => bytes.toString(),
    (error: BodyRefused) => error.status,
  );

/** Anybody, with the form of a signature, who begins a body of 3 MB. */
async function begin(size: number): Promise<Socket> {
  const socket = connect(gateway.port, '127.0.0.1');
  atEnd(() => socket.destroy());
  socket.setEncoding('utf8');
  const signature = `sha256=${'0'.repeat(64)}`;
  socket.write(
    `POST /webhooks/whatsapp HTTP/1.1\r\nhost: x\r\nx-hub-signature-256: ${signature}\r\ncontent-length: 3000000\r\n\r\n`,
  );
  socket.write(' '.repeat(size));
  await once(socket, 'connect');
  return socket;
}

test('bodies are bounded together: where they become too much, the oldest goes', async () => {
  const bodies = new Bodies({ all: 10 });
  const [old, young] = [new PassThrough(), new PassThrough()];
  const first = outcome(bodies.read(old, 0));
  const second = outcome(bodies.read(young, 0));
  old.write('12345');
  young.write('12345');
  await new Promise(setImmediate);
  young.write('6');
  assert.equal(await first, 503);
  young.end('7890');
  assert.equal(await second, '1234567890');
  // What has gone counts no more.
  const next = new PassThrough();
  next.end('1234567890');
  assert.equal(await outcome(bodies.read(next, 10)), '1234567890');
});

test('one that is too long, declared or not, and one that is cut off are refused', async () => {
  const bodies = new Bodies({ one: 4 });
  assert.equal(await outcome(bodies.read(new PassThrough(), 5)), 413);
  const undeclared = new PassThrough();
  undeclared.write('12345');
  assert.equal(await outcome(bodies.read(undeclared, 0)), 413);
  const cut = new PassThrough();
  const reading = outcome(bodies.read(cut, 4));
  cut.destroy();
  assert.equal(await reading, 400);
});

test('one that does not come to its end is not waited for', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const reading = outcome(new Bodies().read(new PassThrough(), 4));
  t.mock.timers.tick(BODY_LIMITS.patience);
  assert.equal(await reading, 408);
});

test('strangers who keep bodies open are turned away with 503, and keep no webhook out', async () => {
  const strangers: Socket[] = [];
  for (let i = 0; i < 3; i++) strangers.push(await begin(40_000));
  const [oldest] = strangers;
  assert.ok(oldest);
  const [answer] = (await once(oldest, 'data')) as [string];
  assert.match(answer, /^HTTP\/1\.1 503 /);
  assert.match(answer, /connection: close/i);
  const body = webhook(textChange(MARIA, 'Long', { message: { padding: 'x'.repeat(50_000) } }));
  assert.equal((await post(gateway.url, body)).status, 200);
});

test('what could not be stored is said at once, and from then on once a minute with how many there were', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const log = recordingLog();
  const refusals = new Refusals(log);
  for (let i = 0; i < 500; i++) refusals.note(new Error('out of reach'));
  t.mock.timers.tick(59_999);
  const counts = () => log.lines.map(({ fields }) => fields['webhooks']);
  assert.deepEqual(counts(), [1]);
  t.mock.timers.tick(1);
  assert.deepEqual(counts(), [1, 499]);
  t.mock.timers.tick(120_000);
  assert.deepEqual(counts(), [1, 499]);
  refusals.note(new Error('out of reach'));
  assert.deepEqual(counts(), [1, 499, 1]);
});
