import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Interaction, TranscriptHits } from 'whatsapp-workspace/model';
import { SLICE } from '../src/store/search.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { until } from './support/until.js';
import { newWamid, post, textChange, webhook, type Person } from './support/webhooks.js';

const database = await useDatabase();
const gateway = await startGateway({ databaseUrl: database.url });
atEnd(() => gateway.close());
const ana = await Desk.open(gateway.url, { agent: 'ana' });
await ana.ready();

async function writes(person: Person, text: string, message: object = {}): Promise<string> {
  const wamid = newWamid();
  const answer = await post(gateway.url, webhook(textChange(person, text, { wamid, message })));
  assert.equal(answer.status, 200);
  return wamid;
}

/** A conversation of a new person on Ana's desk, with these texts. */
async function conversation(person: Person, ...texts: readonly string[]): Promise<Interaction> {
  for (const text of texts) await writes(person, text);
  const interaction = await ana.accept();
  await until(
    'all texts',
    () => ana.state.interactions.get(interaction.id)?.pendency?.count === texts.length,
  );
  return interaction;
}

const search = (desk: Desk, interaction: string, text: string, after: string | null = null, limit = 20) =>
  desk.query({ name: 'transcript-search', args: { interaction, text, after, limit } });

async function page(
  interaction: string,
  text: string,
  after: string | null,
  limit = 20,
): Promise<TranscriptHits> {
  const answer = await search(ana, interaction, text, after, limit);
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.result;
}

/** The texts, captions and so on of what is found, newest first, page by page. */
async function finds(interaction: string, text: string, limit = 20): Promise<readonly string[]> {
  const items: string[] = [];
  let after: string | null = null;
  do {
    const hits: TranscriptHits = await page(interaction, text, after, limit);
    items.push(...hits.items.map(({ item }) => item));
    after = hits.next;
  } while (after !== null);
  const rows = await database.query<{ id: string; content: { text?: string; caption?: string } }>(
    `select id, body -> 'content' as content from message where id = any($1)`,
    [items],
  );
  const said = new Map(rows.map(({ id, content }) => [id, content.text ?? content.caption ?? '']));
  return items.map((item) => said.get(item) ?? '');
}

test('words are found with other accents and cases, within words, and with a typing error', async () => {
  const { id } = await conversation(
    { phone: '34600740001' },
    'Mañana LLEGARÁ el envío',
    'Die Straße in Łódź',
    'أَحْمَد في القاهرة',
    'Where is my refund?',
    'ΟΔΥΣΣΕΥΣ',
  );
  assert.deepEqual(await finds(id, 'manana envio'), ['Mañana LLEGARÁ el envío']);
  assert.deepEqual(await finds(id, 'LLEGARA'), ['Mañana LLEGARÁ el envío']);
  assert.deepEqual(await finds(id, 'strasse'), ['Die Straße in Łódź']);
  assert.deepEqual(await finds(id, 'lodz'), ['Die Straße in Łódź']);
  assert.deepEqual(await finds(id, 'احمد'), ['أَحْمَد في القاهرة']);
  assert.deepEqual(await finds(id, 'οδυσσευς'), ['ΟΔΥΣΣΕΥΣ']);
  for (const typed of ['refund', 'fund', 'refnud', 'rfund', 'refuund', 'refumd', 'erfund', 'refund where'])
    assert.deepEqual(await finds(id, typed), ['Where is my refund?'], typed);
  for (const other of ['refuse', 'refnuds', 'refund when', 'xefund', 'mi'])
    assert.deepEqual(await finds(id, other), [], other);
});

test('captions and names of files are found, and what was deleted is not', async () => {
  const person = { phone: '34600740002' };
  await writes(person, '', {
    type: 'document',
    document: {
      id: '740002',
      mime_type: 'application/pdf',
      sha256: 'x',
      filename: 'Facture d’août.pdf',
      caption: 'Voilà',
    },
  });
  const wamid = await writes(person, 'This is a secret');
  await writes(person, 'Last');
  const { id } = await ana.accept();
  assert.deepEqual(await finds(id, 'aout'), ['Voilà']);
  assert.deepEqual(await finds(id, 'voila'), ['Voilà']);
  assert.deepEqual(await finds(id, 'secret'), ['This is a secret']);
  await writes(person, '', { type: 'revoke', revoke: { original_message_id: wamid } });
  await until('it is deleted', () => ana.events.some(({ type }) => type === 'message-changed'));
  assert.deepEqual(await finds(id, 'secret'), []);
});

test('all interactions of a contact are searched up to the one that is looked at, also those of a contact who was joined, page by page', async () => {
  const [byNumber, byId] = [{ phone: '34600740003' }, { bsuid: 'US.74003' }];
  const former = await conversation(byNumber, 'Parcel 1', 'Something else', 'Parcel 2');
  await ana.does('mark-done', { interaction: former.id });
  const first = await conversation(byNumber, 'Parcel 3');
  const second = await conversation(byId, 'Parcel 4');
  await writes({ ...byNumber, ...byId }, 'Parcel 5');
  const kept = await until('one is left', () =>
    ana.interactions.find(({ joined }) => joined?.includes(first.id) || joined?.includes(second.id)),
  );
  const found = await finds(kept.id, 'parcel');
  assert.deepEqual(
    found.toSorted(),
    [1, 2, 3, 4, 5].map((n) => `Parcel ${n}`),
  );
  assert.equal(found[0], 'Parcel 5');
  assert.deepEqual(found.slice(-2), ['Parcel 2', 'Parcel 1']);
  for (const limit of [1, 2, 3])
    assert.deepEqual(await finds(kept.id, 'parcel', limit), found, String(limit));
  assert.deepEqual(await finds(former.id, 'parcel'), ['Parcel 2', 'Parcel 1']);
});

test('only who may read a conversation may search it', async () => {
  const { id } = await conversation({ phone: '34600740004' }, 'A secret');
  await ana.does('set-agent-status', { status: 'not-ready', reason: null });
  const ben = await Desk.open(gateway.url, { agent: 'ben' });
  await ben.ready();
  await writes({ phone: '34600740005' }, 'Hello');
  const own = await ben.accept();
  for (const [interaction, kind] of [
    [id, 'not-found'],
    ['no-such-interaction', 'not-found'],
  ] as const) {
    const refused = await search(ben, interaction, 'secret');
    assert.ok(!refused.ok);
    assert.equal(refused.error.kind, kind);
  }
  // A page of a search of one's own is no way to it either.
  for (const after of [`5:${id}`, '5:nothing', `99999999999:${own.id}`, 'x']) {
    const refused = await search(ben, own.id, 'secret', after);
    assert.ok(!refused.ok, after);
    assert.equal(refused.error.kind, 'invalid');
  }
  ben.close();
  await ana.ready();
});

test('what is no word finds nothing, and nothing is a pattern', async () => {
  const { id } = await conversation({ phone: '34600740006' }, '100% of a_b \\ (c.d) [e] f* 🎉', 'xyz');
  for (const typed of ['', ' ', '%', '_', '\\', '.*', '[', '(', '|', '^', '$', '\0', "';--", '\ud800'])
    assert.deepEqual(await finds(id, typed), [], typed);
  for (const typed of ['100%', 'a_b', 'c.d', '[e]', 'f*', '🎉', '\\ 100'])
    assert.deepEqual(await finds(id, typed), ['100% of a_b \\ (c.d) [e] f* 🎉'], typed);
  for (const typed of ['x'.repeat(100), 'abcdefghijklmno '.repeat(6), 'ab '.repeat(33)])
    await finds(id, typed);
  const long = await search(ana, id, 'a'.repeat(10_000));
  assert.ok(!long.ok);
  assert.equal(long.error.kind, 'invalid');
});

test('a long conversation is looked through in slices', async () => {
  const { id } = await conversation({ phone: '34600740007' }, 'The needle', 'Last');
  // As many messages between the two as two pages look through.
  await database.query('update message set place = $2 where interaction = $1 and place = 2', [
    id,
    2 * SLICE + 2,
  ]);
  await database.query('update interaction set items = $2 where id = $1', [id, 2 * SLICE + 3]);
  await database.query(
    `insert into message (id, interaction, place, direction, body) select 'filler-' || n, $1, n, 'inbound',
       jsonb_build_object('at', 1, 'content', jsonb_build_object('kind', 'text', 'text', repeat('hay stack ', 400)))
     from generate_series(2, $2::integer) n`,
    [id, 2 * SLICE + 1],
  );
  const first = await page(id, 'needle', null);
  assert.deepEqual(first.items, []);
  assert.notEqual(first.next, null);
  assert.deepEqual(await finds(id, 'needle'), ['The needle']);
  assert.equal((await page(id, 'hay', null)).items.length, 20);
});
