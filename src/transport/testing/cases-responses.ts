import type { Queries, ResponsePage } from '../../model/index.js';
import { expect, expectSame } from './expect.js';
import { expectRefusal, kindOfFailure } from './probe.js';
import type { Probe } from './probe.js';
import type { Case } from './scene.js';

const FEATURE = 'responses';
const ALL = { text: '', match: 'all', category: null, language: null } as const;

/** What is prepared for agents to send. Judged by whatever the contact centre has prepared. */
export const RESPONSE_CASES: readonly Case[] = [
  {
    name: 'prepared responses come page by page, each once, in categories that are there',
    feature: FEATURE,
    run: async (scene) => {
      const desk = await scene.online();
      const all = await findAll(desk, ALL, 50);
      expectSame(await findAll(desk, ALL, 2), all, 'What is there, two a page');
      expectSame(new Set(all.map(({ id }) => id)).size, all.length, 'How many have an id of their own');
      const { items: categories } = await desk.query({ name: 'response-categories', args: {} });
      const known = new Set<string>();
      for (const { id, parent } of categories) {
        expect(parent === null || known.has(parent), 'A category comes after the one that it lies in.');
        known.add(id);
      }
      for (const { category } of all) expect(known.has(category), 'The category of a response is there.');
      const [root] = categories;
      if (!root) return;
      const below = new Set([root.id]);
      for (const { id, parent } of categories) if (parent !== null && below.has(parent)) below.add(id);
      expectSame(
        (await findAll(desk, { ...ALL, category: root.id }, 50)).map(({ id }) => id),
        all.filter(({ category }) => below.has(category)).map(({ id }) => id),
        'What is in a category and those in it',
      );
    },
  },
  {
    name: 'words and shortcuts find prepared responses',
    feature: FEATURE,
    run: async (scene) => {
      const desk = await scene.online();
      const all = await findAll(desk, ALL, 50);
      for (const one of all) {
        // oxlint-disable-next-line no-await-in-loop -- One after the other.
        const found = await findAll(desk, { ...ALL, text: one.name.toUpperCase(), match: 'phrase' }, 50);
        expect(
          found.some(({ id }) => id === one.id),
          'A response is found by its name.',
        );
        if (one.shortcut === null) continue;
        // oxlint-disable-next-line no-await-in-loop -- One after the other.
        const short = await findAll(desk, { ...ALL, text: `/${one.shortcut}` }, 50);
        expect(
          short.some(({ id }) => id === one.id),
          'A response is found by its shortcut.',
        );
      }
      expectSame(await findAll(desk, { ...ALL, text: 'nothingofthis' }, 50), [], 'What nobody prepared');
      const any = await findAll(
        desk,
        { ...ALL, text: `nothingofthis ${all[0]?.name ?? ''}`, match: 'any' },
        50,
      );
      expect(all.length === 0 || any.length > 0, 'Any of the words is enough where that is wanted.');
    },
  },
  {
    name: 'a page of responses that was never told is refused',
    feature: FEATURE,
    run: async (scene) => {
      const desk = await scene.online();
      const args = { ...ALL, after: 'no such page', limit: 10 };
      expectSame(await kindOfFailure(desk.query({ name: 'responses', args })), 'invalid', 'Why');
    },
  },
  {
    name: 'favourites and what was used last are kept for the agent',
    feature: 'favourite-responses',
    run: async (scene) => {
      const desk = await scene.online();
      const [one, other] = await findAll(desk, ALL, 50);
      if (!one || !other) return;
      const ids = async (of: 'favourites' | 'recent', by = desk) =>
        (await findAll(by, { ...ALL, of }, 1)).map(({ id }) => id);
      expectSame(await ids('favourites'), [], 'The favourites of who has none');
      expectSame(await ids('recent'), [], 'What was used by who has used none');
      for (const response of [one.id, other.id, one.id])
        // oxlint-disable-next-line no-await-in-loop -- One after the other.
        await desk.does('note-response-used', { response });
      expectSame(await ids('recent'), [one.id, other.id], 'What was used, the last first');
      await desk.does('set-favourite-response', { response: other.id, favourite: true });
      await desk.does('set-favourite-response', { response: other.id, favourite: true });
      expectSame(await ids('favourites'), [other.id], 'The favourites');
      const marked = (await findAll(desk, ALL, 50)).filter(({ favourite }) => favourite === true);
      expectSame(
        marked.map(({ id }) => id),
        [other.id],
        'Those that are marked as favourites',
      );
      const tab = await scene.online(scene.harness.otherAdapter);
      expectSame(await ids('favourites', tab), [other.id], 'The favourites at another desk of the agent');
      await desk.does('set-favourite-response', { response: other.id, favourite: false });
      expectSame(await ids('favourites'), [], 'The favourites when there are none any more');
      await expectRefusal(desk, 'not-found', 'set-favourite-response', {
        response: 'nothing-of-this-name',
        favourite: true,
      });
    },
  },
];

async function findAll(
  desk: Probe,
  search: Omit<Queries['responses']['args'], 'after' | 'limit'>,
  limit: number,
): Promise<ResponsePage['items']> {
  const found: ResponsePage['items'][number][] = [];
  let after: string | null = null;
  do {
    // oxlint-disable-next-line no-await-in-loop -- Each page says where the next one begins.
    const page: ResponsePage = await desk.query({ name: 'responses', args: { ...search, after, limit } });
    expect(page.items.length <= limit, 'A page has no more responses than were asked for.');
    found.push(...page.items);
    after = page.next;
  } while (after !== null);
  return found;
}
