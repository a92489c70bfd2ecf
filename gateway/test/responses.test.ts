import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PreparedResponse, ResponseSearch } from 'whatsapp-workspace/model';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { temporaryFolder } from './support/folder.js';
import { startGateway } from './support/gateway.js';
import { openLibrary } from './support/library.js';

const database = await useDatabase();
const mediaDir = temporaryFolder();
const gateway = await startGateway({ databaseUrl: database.url, mediaDir });
atEnd(() => gateway.close());
const desk = await Desk.open(gateway.url, { agent: 'ana' });
atEnd(() => desk.close());

const library = await openLibrary(database.url, mediaDir);
atEnd(() => library.close());

/** Puts a library in the place of the one before. */
async function prepare(...responses: readonly object[]): Promise<void> {
  await library.imports({ responses: responses.map((one) => ({ category: 'All', body: 'Text', ...one })) });
}

const ALL: ResponseSearch = { text: '', match: 'all', category: null, language: null };

/** What is found, page by page. */
async function finds(search: Partial<ResponseSearch>, limit = 50): Promise<readonly PreparedResponse[]> {
  const found: PreparedResponse[] = [];
  let after: string | null = null;
  do {
    const answer = await ask(search, after, limit);
    assert.ok(answer.ok, JSON.stringify(answer));
    assert.ok(answer.result.items.length <= limit);
    found.push(...answer.result.items);
    after = answer.result.next;
  } while (after !== null);
  return found;
}

const ask = (search: Partial<ResponseSearch>, after: string | null = null, limit = 50) =>
  desk.query({ name: 'responses', args: { ...ALL, ...search, after, limit } });

const names = async (search: Partial<ResponseSearch>, limit = 50) =>
  (await finds(search, limit)).map(({ name }) => name);

test('what is prepared comes by name, page by page, with all that is known of it', async () => {
  await prepare(
    {
      id: 'b',
      name: 'beta',
      category: 'Sales/Offers',
      language: 'de-at',
      shortcut: 'beta',
      keywords: ['two'],
    },
    { id: 'g', name: 'Gamma' },
    { id: 'a', name: 'Älpha', body: 'Hello <$Contact.FirstName|there$>\n*Bye*' },
  );
  assert.deepEqual(await names({}), ['Älpha', 'beta', 'Gamma']);
  for (const limit of [1, 2, 3]) assert.deepEqual(await names({}, limit), ['Älpha', 'beta', 'Gamma']);
  const [alpha, beta] = await finds({});
  assert.deepEqual([alpha?.body, alpha?.language], ['Hello <$Contact.FirstName|there$>\n*Bye*', null]);
  const answer = await desk.query({ name: 'response-categories', args: {} });
  assert.ok(answer.ok);
  const { items } = answer.result;
  assert.deepEqual(
    items.map(({ name }) => name),
    ['All', 'Sales', 'Offers'],
  );
  const [, sales, offers] = items;
  assert.deepEqual([sales?.parent, offers?.parent], [null, sales?.id]);
  assert.deepEqual(beta, {
    id: 'b',
    category: offers?.id,
    name: 'beta',
    body: 'Text',
    language: 'de-AT',
    shortcut: 'beta',
    favourite: false,
    keywords: ['two'],
    attachments: [],
  });
  assert.deepEqual(await names({ category: sales?.id ?? '' }), ['beta'], 'with all that lie in it');
  assert.deepEqual(await names({ category: 'no such' }), []);
});

test('words are found in names, bodies, keywords and shortcuts: all, any or in a row, the best match first', async () => {
  await prepare(
    { name: 'Prices', body: 'Our delivery is free of charge', keywords: ['costs'] },
    { name: 'Free delivery', body: 'From 50 € on' },
    { name: 'Return', body: 'Free is also the return.', shortcut: 'back' },
  );
  assert.deepEqual(await names({ text: 'free delivery' }), ['Free delivery', 'Prices']);
  assert.deepEqual(await names({ text: 'delivery FREE', match: 'any' }), [
    'Free delivery',
    'Prices',
    'Return',
  ]);
  assert.deepEqual(await names({ text: 'delivery is free', match: 'phrase' }), ['Prices']);
  assert.deepEqual(await names({ text: 'free delivery', match: 'phrase' }), ['Free delivery']);
  assert.deepEqual(await names({ text: 'delivery from', match: 'phrase' }), [], 'not over the end of a name');
  assert.deepEqual(await names({ text: 'cost' }), ['Prices']);
  assert.deepEqual(await names({ text: 'back' }), ['Return']);
  assert.deepEqual(await names({ text: '50' }), ['Free delivery']);
  for (const limit of [1, 2])
    assert.deepEqual(
      await names({ text: 'free', match: 'any' }, limit),
      await names({ text: 'free', match: 'any' }),
    );
});

test('accents, cases, beginnings, insides and typing errors are forgiven, in any script', async () => {
  await prepare(
    { name: 'Envío', body: 'Mañana LLEGARÁ' },
    { name: 'Straße', body: 'Lieferadresse in Łódź' },
    { name: 'تحية', body: 'أَحْمَد في القاهرة؟' },
    { name: '中文', body: '您的订单已经发货。' },
    { name: 'Refund', body: 'It is on its way 🎉' },
  );
  for (const [typed, name] of [
    ['envio manana', 'Envío'],
    ['LLEGARA', 'Envío'],
    ['strasse lodz', 'Straße'],
    ['adresse', 'Straße'],
    ['liefer', 'Straße'],
    ['lieferadrese', 'Straße'],
    ['احمد', 'تحية'],
    ['قاهرة', 'تحية'],
    ['القاهره', 'تحية'],
    ['订单', '中文'],
    ['refnud', 'Refund'],
    ['rfund', 'Refund'],
    ['refuund', 'Refund'],
    ['refumd', 'Refund'],
    ['🎉', 'Refund'],
  ] as const)
    assert.deepEqual(await names({ text: typed }), [name], typed);
  for (const typed of ['refuse', 'refnuds', 'xefund', '单订'])
    assert.deepEqual(await names({ text: typed }), [], typed);
});

test('after a slash, shortcuts that begin so are found, the nearest first', async () => {
  await prepare(
    { name: 'A', shortcut: 'hello2' },
    { name: 'B', shortcut: 'Hello' },
    { name: 'C', shortcut: 'hola' },
    { name: 'D' },
  );
  assert.deepEqual(await names({ text: '/hello' }), ['B', 'A']);
  assert.deepEqual(await names({ text: ' /HO' }), ['C']);
  for (const limit of [1, 5]) assert.deepEqual(await names({ text: '/' }, limit), ['B', 'A', 'C']);
  for (const text of ['/x', '/%', '/_', '/\0', '/\ud800', "/'"]) assert.deepEqual(await names({ text }), []);
});

test('a language takes its regions, and what is for all languages', async () => {
  await prepare(
    { name: 'AT', language: 'de-AT' },
    { name: 'DE', language: 'de' },
    { name: 'EN', language: 'en' },
    { name: 'Den', language: 'den' },
    { name: 'Every' },
  );
  assert.deepEqual(await names({ language: 'DE' }), ['AT', 'DE', 'Every']);
  assert.deepEqual(await names({ language: 'de-at' }), ['AT', 'Every']);
  assert.deepEqual(await names({ language: '%' }), ['Every']);
});

test('only what is approved and holds now is found, and its category only then', async () => {
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  await prepare(
    { name: 'Now', category: 'Now', validFrom: at(-1), validTo: at(1) },
    { name: 'Not approved', category: 'Draft', approved: false },
    { name: 'Over', category: 'Over', validTo: at(-1) },
    { name: 'To come', category: 'Later', validFrom: at(1) },
  );
  assert.deepEqual(await names({}), ['Now']);
  assert.deepEqual(await names({ text: 'now to come over approved', match: 'any' }), ['Now']);
  const answer = await desk.query({ name: 'response-categories', args: {} });
  assert.ok(answer.ok);
  assert.deepEqual(
    answer.result.items.map(({ name }) => name),
    ['Now'],
  );
});

test('a page that was never told is refused, and nothing that is typed is a pattern or an error', async () => {
  await prepare({ name: 'Alone', body: '100% of a_b' });
  for (const text of ['', 'alone', '/']) {
    const refused = await ask({ text }, 'no such page');
    assert.ok(!refused.ok, text);
    assert.equal(refused.error.kind, 'invalid');
  }
  for (const text of ['%', '_', "';--", '\\', "'", ':*', '!', '&', '()', '\0', '\ud800', '<->'])
    assert.deepEqual(await names({ text }), [], text);
  assert.deepEqual(await names({ text: '  ' }), ['Alone']);
  for (const match of ['all', 'any', 'phrase'] as const)
    for (const text of [
      'x'.repeat(100),
      'alone ab c '.repeat(9),
      "'a' | b:*",
      'ä'.repeat(100),
      '字'.repeat(100),
    ])
      await finds({ text, match });
});

test('the gateway says that it has a library', () => {
  assert.ok(desk.frame('welcome')?.features.includes('responses'));
});

test('what was used comes last used first, a millisecond apart, and goes with its response; an import that keeps a response keeps its favourites', async () => {
  const three = ['One', 'Two', 'Three'].map((name) => ({ id: name, name }));
  await prepare(...three);
  for (const response of ['One', 'Two', 'Three', 'Two']) await desk.does('note-response-used', { response });
  for (const response of ['One', 'Three'])
    await desk.does('set-favourite-response', { response, favourite: true });
  await database.query(
    `update response_use set used_at = 1780000000000 + array_position(array['One', 'Three', 'Two'], response)`,
  );
  assert.deepEqual(await names({ of: 'recent' }), ['Two', 'Three', 'One']);
  assert.deepEqual(await names({ of: 'recent' }, 1), ['Two', 'Three', 'One']);
  assert.deepEqual(await names({ of: 'recent', text: 'two three', match: 'any' }), ['Three', 'Two']);
  assert.deepEqual(await names({ of: 'favourites' }, 1), ['One', 'Three']);
  const ben = await Desk.open(gateway.url, { agent: 'ben' });
  atEnd(() => ben.close());
  for (const of of ['favourites', 'recent'] as const) {
    const answer = await ben.query({ name: 'responses', args: { ...ALL, of, after: null, limit: 5 } });
    assert.deepEqual(answer.ok && answer.result.items, []);
  }
  const [row] = await database.query<{ count: number }>(
    `select count from response_use where response = 'Two'`,
  );
  assert.equal(row?.count, 2);
  await prepare(...three.slice(1), { id: 'Four', name: 'Four' });
  assert.deepEqual(await names({ of: 'favourites' }), ['Three']);
  assert.deepEqual(await names({ of: 'recent' }), ['Two', 'Three']);
  await prepare({ id: 'Three', name: 'Three', approved: false });
  assert.deepEqual(await names({ of: 'favourites' }), []);
  const refused = await desk.command('set-favourite-response', { response: 'Three', favourite: true });
  assert.equal(refused.ok ? null : refused.error.kind, 'not-found');
});
