import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Draft, PreparedResponse } from '../../src/model/index.js';
import type { ResponseLibrary } from '../../src/streams/index.js';
import { aTemplate } from '../support/builders.js';
import { passInTurns, World } from '../support/desk.js';
import type { OpenTab } from '../support/desk.js';

const MASHA = 'interaction-1';

// It is loaded when it is first asked for, which virtual time knows nothing of.
before(async () => void (await import('../../src/streams/responses/responses.js')));

function response(id: string, changes: Partial<PreparedResponse> = {}): PreparedResponse {
  return {
    id,
    category: 'all',
    name: `Response ${id}`,
    body: `Hello <$Contact.FirstName|there$>, <$Contact.Title$>`,
    language: 'en',
    shortcut: null,
    keywords: [],
    attachments: [],
    ...changes,
  };
}

const FORM = {
  media: { id: 'form' },
  as: 'document',
  fileName: 'form.pdf',
  mimeType: 'application/pdf',
  bytes: 5,
} as const;
const SEARCH = { text: '', match: 'all', category: null, language: null } as const;

async function opened(responses: readonly PreparedResponse[]) {
  const world = new World();
  world.centre.library = { categories: [{ id: 'all', parent: null, name: 'All' }], responses };
  world.centre.receive('Hello');
  const tab: OpenTab = world.open();
  await passInTurns(world, 100);
  const library = await tab.workspace.responses();
  const drafts: Draft[] = [];
  tab.workspace.draft$(MASHA).subscribe((draft) => drafts.push(draft));
  return { world, tab, library, draft: () => drafts.at(-1) ?? assert.fail() };
}

/** What is asked for while time passes. */
async function whileTimePasses<T>(world: World, asked: Promise<T>): Promise<T> {
  await passInTurns(world, 100);
  return asked;
}

describe('the library of prepared responses', () => {
  it('is searched page by page', async () => {
    const many = Array.from({ length: 60 }, (_, i) => response(String(i)));
    const { world, library } = await opened(many);
    const first = await whileTimePasses(world, library.search(SEARCH, null));
    assert.ok(first.ok && first.responses.length === 50 && first.next !== null);
    const second = await whileTimePasses(world, library.search(SEARCH, first.next));
    assert.ok(second.ok && second.responses.length === 10 && second.next === null);
    assert.deepEqual(await whileTimePasses(world, library.categories()), {
      ok: true,
      categories: [{ id: 'all', parent: null, name: 'All' }],
    });
  });

  it('answers only the search that was asked for last', async () => {
    const { world, library } = await opened([response('1')]);
    const former = library.search({ ...SEARCH, text: 'hello' }, null);
    const latter = library.search({ ...SEARCH, text: 'nothing' }, null);
    await passInTurns(world, 100);
    assert.deepEqual(await former, { ok: false, why: 'overtaken' });
    assert.deepEqual(await latter, { ok: true, responses: [], next: null });
  });

  it('is searched by each who asks for it without overtaking the others', async () => {
    const { world, tab, library } = await opened([response('1')]);
    const another = await tab.workspace.responses();
    const here = library.search({ ...SEARCH, text: 'hello' }, null);
    const there = another.search({ ...SEARCH, text: 'nothing' }, null);
    await passInTurns(world, 100);
    assert.ok((await here).ok);
    assert.ok((await there).ok);
  });

  it('says so where the contact centre has none, and when it does not answer', async () => {
    const { world, tab, library } = await opened([]);
    tab.adapter.queryFaults.push('offline');
    const offline = await whileTimePasses(world, library.search(SEARCH, null));
    assert.ok(!offline.ok && offline.why === 'offline');
    const without = new World();
    without.centre.features = [];
    const { workspace } = without.open();
    await passInTurns(without, 100);
    const none: ResponseLibrary = await workspace.responses();
    assert.deepEqual(await none.search(SEARCH, null), { ok: false, why: 'unsupported' });
    assert.deepEqual(await none.categories(), { ok: false, why: 'unsupported' });
  });

  it('puts a response into the draft, filled with what is known, and its files behind it', async () => {
    const { tab, library, draft } = await opened([]);
    tab.workspace.saveDraft(MASHA, { ...draft(), text: 'Good day' });
    const end = library.insert(MASHA, response('1', { attachments: [FORM] }));
    const { text, unfilled, attachments } = draft();
    assert.match(text, /^Good day\nHello \S+, \[Contact\.Title\]$/);
    assert.equal(end, text.length);
    assert.deepEqual(unfilled, ['[Contact.Title]']);
    assert.deepEqual(
      attachments.map(({ media, name, as }) => [media, name, as]),
      [[{ id: 'form' }, 'form.pdf', 'document']],
    );
    assert.equal(library.insert('nobody', response('1')), null);
  });

  it('knows favourites and what was used last, where the contact centre does', async () => {
    const { world, library } = await opened([response('1'), response('2'), response('3')]);
    const ids = async (of: 'favourites' | 'recent') => {
      const found = await whileTimePasses(world, library.search({ ...SEARCH, of }, null));
      return found.ok ? found.responses.map(({ id }) => id) : found.why;
    };
    for (const id of ['1', '3']) library.insert(MASHA, response(id));
    await passInTurns(world, 100);
    assert.deepEqual(await ids('recent'), ['3', '1']);
    assert.deepEqual(await whileTimePasses(world, library.setFavourite('2', true)), { ok: true });
    assert.deepEqual(await ids('favourites'), ['2']);
    const refused = await whileTimePasses(world, library.setFavourite('nothing', true));
    assert.equal(refused.ok ? null : refused.error.kind, 'not-found');
  });

  it('tells no contact centre that does not remember it what is used', async () => {
    const { world, tab, library } = await opened([response('1')]);
    world.centre.features = ['responses'];
    tab.adapter.cut();
    await passInTurns(world, 10_000);
    library.insert(MASHA, response('1'));
    await passInTurns(world, 100);
    assert.deepEqual(
      tab.adapter.sent.filter(({ name }) => name === 'note-response-used'),
      [],
    );
  });

  it('sends its files behind the text without an upload', async () => {
    const sentResponse = response('1', { body: 'Here it is', attachments: [FORM] });
    const { world, tab, library, draft } = await opened([sentResponse]);
    library.insert(MASHA, sentResponse);
    tab.workspace.send(MASHA, draft());
    await passInTurns(world, 20_000);
    const sent = world.centre.log.flatMap((event) =>
      event.type === 'message-sent' ? [event.body.message.content] : [],
    );
    assert.deepEqual(
      sent.map(({ kind }) => kind),
      ['text', 'document'],
    );
    assert.equal(draft().attachments.length, 0);
  });

  it('puts its notification into the draft, filled with what is known, and leaves the text as it is', async () => {
    const { tab, library, draft } = await opened([]);
    const field = { part: 'body', label: null, type: 'text', currency: null } as const;
    const notification = {
      template: aTemplate({ body: '{{1}} {{2}} {{3}} {{4}} {{5}}' }),
      fields: [
        { ...field, key: '1', label: 'Name', initial: 'Dear <$Contact.FirstName$>' },
        { ...field, key: '2', initial: '<$Contact.Title$>' },
        { ...field, key: '3', type: 'date-time', initial: '<$Interaction.DateCreated$>' },
        { ...field, key: '4', type: 'date', initial: '<$Interaction.DateCreated$>' },
      ],
      header: null,
    } as const;
    tab.workspace.saveDraft(MASHA, { ...draft(), text: 'Good day' });
    const inserted = response('1', { name: 'Payment', body: '', notification });
    assert.equal(library.insert(MASHA, inserted, { start: 0, end: 4 }), 4);
    assert.equal(draft().text, 'Good day');
    const { title, fields, values } = draft().notification ?? assert.fail();
    assert.equal(title, 'Payment');
    assert.deepEqual(
      fields.map(({ key, label }) => [key, label]),
      [
        ['1', 'Name'],
        ['2', null],
        ['3', null],
        ['4', null],
        ['5', null],
      ],
    );
    const { 1: name, 2: unknown, 3: time, 4: day } = values.body;
    assert.match(name ?? '', /^Dear \S+$/);
    assert.equal(unknown, undefined);
    assert.match(time ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    assert.equal(day, time?.slice(0, 10));
  });
});
