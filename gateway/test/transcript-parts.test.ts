import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PartPlace } from 'whatsapp-workspace/model';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { until } from './support/until.js';
import { post, textChange, webhook } from './support/webhooks.js';

const database = await useDatabase();
const gateway = await startGateway({ databaseUrl: database.url });
atEnd(() => gateway.close());

const HOUR = 3_600;
const NOW = Math.floor(Date.now() / 1000);
const MASHA = { phone: '34600730001', name: 'Masha' };
const OMAR = { phone: '34600730002', name: 'Omar' };

async function says(person: typeof MASHA, text: string, at: number): Promise<void> {
  const answer = await post(gateway.url, webhook(textChange(person, text, { at })));
  assert.equal(answer.status, 200);
}

const part = (desk: Desk, interaction: string, place: PartPlace, limit = 10) =>
  desk.query({ name: 'transcript-part', args: { interaction, place, limit } });

test('a part of a conversation is for who may read the conversation, and for nobody else', async () => {
  const ana = await Desk.open(gateway.url, { agent: 'ana' });
  await ana.ready();
  await says(MASHA, 'First', NOW - 20 * HOUR);
  const former = await ana.accept();
  await says(MASHA, 'Second', NOW - 19 * HOUR);
  await until('both', () => ana.state.interactions.get(former.id)?.pendency?.count === 2);
  await ana.does('mark-done', { interaction: former.id });
  await says(MASHA, 'Third', NOW - HOUR);
  const { id } = await ana.accept();

  const first = await part(ana, id, { kind: 'at', at: 0 });
  assert.ok(first.ok);
  assert.equal(first.result.interaction, former.id);
  const item = first.result.item ?? '';
  const around = await part(ana, id, { kind: 'around', item }, 2);
  assert.ok(around.ok);
  assert.deepEqual([around.result.interaction, around.result.items.length], [former.id, 2]);
  // From the middle of the night on.
  const later = await part(ana, id, { kind: 'at', at: (NOW - 10 * HOUR) * 1000 });
  assert.ok(later.ok);
  assert.equal(later.result.interaction, id);

  const ben = await Desk.open(gateway.url, { agent: 'ben' });
  for (const [interaction, place] of [
    [id, { kind: 'around', item }],
    [former.id, { kind: 'at', at: 0 }],
    [id, { kind: 'below', item: null }],
  ] as const) {
    const refused = await part(ben, interaction, place);
    assert.ok(!refused.ok);
    assert.equal(refused.error.kind, 'not-found');
  }

  // Ben's own conversation is no way to it.
  await ana.does('set-agent-status', { status: 'not-ready', reason: null });
  await ben.ready();
  await says(OMAR, 'Hello', NOW);
  const own = await ben.accept();
  const stolen = await part(ben, own.id, { kind: 'around', item });
  assert.ok(!stolen.ok);
  ana.close();
  ben.close();
});
