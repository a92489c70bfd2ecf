import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CloseCode } from 'whatsapp-workspace/protocol';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';

const database = await useDatabase();
const gateway = await startGateway({
  databaseUrl: database.url,
  deps: { senderFor: () => new ScriptedSender() },
});
atEnd(() => gateway.close());

interface LaterFrame {
  readonly type: string;
  readonly id?: string;
  readonly command?: { readonly id: string };
}

function framesOf(name: string): readonly LaterFrame[] {
  const text = readFileSync(new URL(`../../../test/skew/${name}.jsonl`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LaterFrame);
}

const open = async (): Promise<Desk> => Desk.open(gateway.url, { agent: 'nova' });

/** The kinds of the refusals that frames got, in their order. */
async function refusals(desk: Desk, frames: readonly LaterFrame[]): Promise<readonly string[]> {
  for (const frame of frames) desk.sendRaw(frame);
  const ids = frames.map(({ id, command }) => command?.id ?? id);
  const answers = () =>
    desk.frames.flatMap((frame) => {
      if (frame.type !== 'receipt' && frame.type !== 'result') return [];
      const answer = frame.type === 'receipt' ? frame.receipt : frame;
      return [{ id: answer.id, error: answer.ok ? null : answer.error }];
    });
  await until('all answers', () => desk.closed ?? answers().length >= frames.length);
  assert.equal(desk.closed, null);
  assert.deepEqual(
    answers().map(({ id }) => id),
    ids,
  );
  return answers().map(({ error }) => {
    assert.equal(error?.retryable, false);
    return error?.kind ?? '';
  });
}

test('a newer desk is told what is not known here, answer for answer, and stays connected', async () => {
  const desk = await open();
  const later = framesOf('later-desk');
  assert.deepEqual(
    await refusals(desk, later),
    later.map(() => 'unsupported'),
  );
  desk.close();
});

test('a command or query that is known and does not fit is invalid, and the desk stays connected', async () => {
  const desk = await open();
  const malformed = framesOf('later-desk-malformed');
  assert.deepEqual(
    await refusals(desk, malformed),
    malformed.map(() => 'invalid'),
  );
  desk.close();
});

test('frames that ask for no answer and are not known are passed over', async () => {
  const desk = await open();
  for (const frame of framesOf('later-desk-unanswered')) desk.sendRaw(frame);
  await desk.does('set-agent-status', { status: 'not-ready', reason: null });
  assert.equal(desk.closed, null);
  desk.close();
});

for (const [what, frame] of [
  ['text that is no JSON', 'hello?'],
  ['a list', []],
  ['a command without an id', { type: 'command', command: { name: 'mark-done', args: {} } }],
  ['a token that is none', { type: 'token', token: 7 }],
] as const) {
  test(`${what} ends the connection`, async () => {
    const desk = await open();
    desk.sendRaw(frame);
    await until('the end', () => desk.closed);
    assert.equal(desk.closed?.code, CloseCode.badFrame);
  });
}

test('a frame of a later version does not stand in for a hello', async () => {
  const desk = new Desk(gateway.url);
  await desk.opened();
  desk.sendRaw({ type: 'greeting', id: 'g1' });
  await until('the end', () => desk.closed);
  assert.equal(desk.closed?.code, CloseCode.badFrame);
});

test('the welcome says what this gateway can do and until when the token is good', async () => {
  const desk = await open();
  const welcome = desk.frame('welcome');
  assert.ok(welcome);
  assert.ok(['ping', 'send-text'].every((feature) => welcome.features.includes(feature)));
  assert.ok((welcome.tokenExpiresAt ?? 0) > welcome.serverTime);
  desk.close();
});

test('a ping is answered with the time', async () => {
  const desk = await open();
  desk.sendRaw({ type: 'ping' });
  const pong = await until('a pong', () => desk.frame('pong'));
  assert.ok(pong.serverTime >= (desk.frame('welcome')?.serverTime ?? Infinity));
  desk.close();
});
