import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { useDatabase, type TestDatabase } from './support/database.js';
import { startGateway } from './support/gateway.js';
import { recordingLog } from './support/log.js';
import { post } from './support/webhooks.js';

// From gateway/dist/test to the folder beside the repository.
const FOLDER = new URL('../../../../shared/fixtures/webhooks/', import.meta.url);
const SKIP = existsSync(FOLDER) ? false : 'the recorded webhooks are not on this machine';

/** What leaves no trace in a transcript when it comes before anything that its contact wrote. */
const QUIET = ['reaction', 'edited', 'deleted', 'system'];

/** A conversation in which something was sent, to somebody of whom nothing is known. */
const SENT_BEFORE = {
  channel: 'fixtures',
  contact: { name: null, username: null, phone: null, bsuid: null },
  state: 'done',
  createdAt: 0,
  pendency: null,
  agent: null,
  answered: null,
};

type Json = { [name: string]: Json } | readonly Json[] | string | number | boolean | null;

const outcomes = SKIP ? null : await replayAll(recordedWebhooks());

suite('recorded webhooks, replayed', { skip: SKIP }, () => {
  if (!outcomes) return;
  const { once, twice, shuffled, another } = outcomes;

  test('there is something to compare', () => {
    assert.ok(once.contacts.length > 5);
    assert.ok(once.messages.length > 50);
    assert.ok(once.deliveries.some(({ state }) => state === 'read'));
  });

  test('nothing is poison', () => assert.deepEqual([once.poison, twice.poison, shuffled.poison], [0, 0, 0]));

  test('twice is the same as once', () => assert.deepEqual(twice, once));

  test('in another order, contacts, messages and deliveries are the same', () => {
    for (const other of [shuffled, another]) assert.deepEqual(other, once);
  });
});

async function replayAll(bodies: readonly object[]) {
  return {
    once: await replay(bodies),
    twice: await replay([...bodies, ...bodies]),
    shuffled: await replay(shuffle([...bodies, ...bodies], 7)),
    another: await replay(shuffle(bodies, 1234)),
  };
}

/** Ids repeat between files with different content: each file gets ids of its own. */
function recordedWebhooks(): readonly object[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  return files.toSorted().map((file) => {
    const body = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Json;
    return withOwnIds(body, file) as object;
  });
}

function withOwnIds(value: Json, file: string, parent = ''): Json {
  if (Array.isArray(value)) return value.map((one: Json) => withOwnIds(one, file, parent));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === 'id' && (parent === 'messages' || parent === 'statuses') && typeof inner === 'string'
        ? `${inner}.${file}`
        : withOwnIds(inner, file, name),
    ]),
  );
}

/** What a gateway of its own knows when everything has come, without ids that it made itself. */
async function replay(webhooks: readonly object[]) {
  const database = await useDatabase();
  const log = recordingLog();
  const gateway = await startGateway({ databaseUrl: database.url, deps: { log } });
  await expectStatuses(database, webhooks);
  for (let i = 0; i < webhooks.length; i += 20) {
    const answers = await Promise.all(webhooks.slice(i, i + 20).map((body) => post(gateway.url, body)));
    for (const { status } of answers) assert.equal(status, 200);
  }
  await gateway.close();
  const [poison] = await database.query<{ n: number }>(
    'select count(*)::int as n from inbox where error is not null',
  );
  return {
    poison: poison?.n,
    contacts: await database.query(
      `select name, username, phone, bsuid, (select array_agg(kind || ':' || value order by kind, value)
         from contact_address a where a.contact = c.id) as addresses
       from contact c where exists (select from contact_address a where a.contact = c.id) order by 5`,
    ),
    messages: await database.query(
      // There is no WhatsApp here to fetch files from: how often that was tried is a matter of time.
      `select wamid, case body -> 'content' ->> 'status' when 'wanted' then (body -> 'content') - 'error' else body -> 'content' end as content,
         (select c.name from interaction i join contact c on c.id = i.contact
         where i.id = m.interaction) as contact
       from message m where direction = 'inbound' and not body -> 'content' ->> 'kind' = any($1::text[]) order by wamid`,
      [QUIET],
    ),
    deliveries: await database.query<{ wamid: string; state: string }>(
      `select wamid, delivery ->> 'state' as state, delivery -> 'error' as error from message
       where direction = 'outbound' order by wamid`,
    ),
  };
}

/** The messages that the recorded statuses are about: sent by nobody here, so they are put in place. */
async function expectStatuses(database: TestDatabase, webhooks: readonly object[]): Promise<void> {
  const received = new Set(webhooks.flatMap((body) => idsIn('messages', body as Json)));
  const wamids = new Set(webhooks.flatMap((body) => idsIn('statuses', body as Json)));
  for (const wamid of received) wamids.delete(wamid);
  await database.query(`insert into channel (id, registered_at) values ('fixtures', 0)`);
  await database.query(
    `with sent as (select wamid, 'to ' || wamid as recipient from unnest($1::text[]) as r (wamid)),
     contacts as (insert into contact (id, known_at, created_at) select recipient, '{}', 0 from sent),
     interactions as (
       insert into interaction (id, channel, contact, state, created_at, waiting_since, items, body)
       select 'with ' || recipient, 'fixtures', recipient, 'done', 0, 0, 1,
         jsonb_set(jsonb_set($2::jsonb, '{id}', to_jsonb('with ' || recipient)), '{contact,id}', to_jsonb(recipient))
       from sent
     )
     insert into message (id, interaction, place, direction, wamid, body, delivery)
     select 'message ' || wamid, 'with ' || recipient, 0, 'outbound', wamid, '{}',
       '{"state":"sending","at":0,"error":null}' from sent`,
    [[...wamids], JSON.stringify(SENT_BEFORE)],
  );
}

/** Ids of the entries of lists with a name. */
function idsIn(list: string, value: Json, parent = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one: Json) => idsIn(list, one, parent));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'id' && parent === list && typeof inner === 'string' ? [inner] : idsIn(list, inner, name),
  );
}

/** The same order for the same seed. */
function shuffle<T>(list: readonly T[], seed: number): readonly T[] {
  let state = seed;
  const random = () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
  return list
    .map((one) => ({ one, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
