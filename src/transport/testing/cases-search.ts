import type { TranscriptHit, TranscriptHits } from '../../model/index.js';
import { expect, expectSame } from './expect.js';
import { kindOfFailure } from './probe.js';
import type { Probe } from './probe.js';
import type { Case } from './scene.js';

const FEATURE = 'transcript-search';

/** What is found in conversations. */
export const SEARCH_CASES: readonly Case[] = [
  {
    name: 'words are found in all of a contact’s interactions, newest first, page by page',
    feature: FEATURE,
    run: async (scene) => {
      const { desk, id: former } = await scene.accepted();
      for (const text of ['The parcel, please', 'Something else', 'PÁRCEL'])
        // oxlint-disable-next-line no-await-in-loop -- One after the other.
        await scene.harness.contactWrites(text, 'Zoe');
      await desk.until('all lines', () => desk.interaction(former).pendency?.count === 4);
      await desk.does('mark-done', { interaction: former });
      const { id } = await scene.accepted('Zoe', desk);
      await scene.harness.contactWrites('My parcle', 'Zoe');
      await desk.until('all lines', () => desk.interaction(id).pendency?.count === 2);
      const found = await searchAll(desk, id, 'parcel', 50);
      expectSame(
        found.map(({ interaction }) => interaction),
        [id, former, former],
        'In which interactions it is found',
      );
      expect((found[0]?.at ?? 0) >= (found[1]?.at ?? 0), 'The newest comes first.');
      for (const limit of [1, 2])
        expectSame(await searchAll(desk, id, 'parcel', limit), found, `What is found, ${limit} a page`);
      expectSame(await searchAll(desk, former, 'parcel', 50), found.slice(1), 'Up to the former interaction');
      expectSame(await searchAll(desk, id, 'please parcel', 50), found.slice(2), 'All words are wanted');
      expectSame(await searchAll(desk, id, 'nothing-of-this', 50), [], 'What nobody wrote');
      expectSame(await searchAll(desk, id, '%', 50), [], 'What is no word');
      const item = found[1]?.item ?? '';
      const place = { kind: 'around', item } as const;
      const part = await desk.query({ name: 'transcript-part', args: { interaction: id, place, limit: 10 } });
      expectSame([part.interaction, part.item], [former, item], 'What is found can be gone to');
    },
  },
  {
    name: 'what is in no conversation of the agent’s is not searched',
    feature: FEATURE,
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      for (const [interaction, after] of [
        ['nothing-of-this-name', null],
        [id, 'no such page'],
      ] as const)
        // oxlint-disable-next-line no-await-in-loop -- One after the other.
        await kindOfFailure(
          desk.query({ name: 'transcript-search', args: { interaction, text: 'a', after, limit: 10 } }),
        );
    },
  },
];

async function searchAll(
  desk: Probe,
  interaction: string,
  text: string,
  limit: number,
): Promise<readonly TranscriptHit[]> {
  const hits: TranscriptHit[] = [];
  let after: string | null = null;
  do {
    const args = { interaction, text, after, limit };
    // oxlint-disable-next-line no-await-in-loop -- Each page says where the next one begins.
    const page: TranscriptHits = await desk.query({ name: 'transcript-search', args });
    expect(page.items.length <= limit, 'A page has no more hits than were asked for.');
    expectSame(page.cursor.epoch, desk.welcome.epoch, 'The epoch of a page');
    hits.push(...page.items);
    after = page.next;
  } while (after !== null);
  return hits;
}
