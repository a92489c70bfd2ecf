import type { PartPlace, TranscriptItem, TranscriptPart } from '../../model/index.js';
import { expect, expectSame } from './expect.js';
import { kindOfFailure } from './probe.js';
import type { Probe } from './probe.js';
import type { Case } from './scene.js';

const FEATURE = 'transcript-parts';

/** Parts of transcripts that are not at their ends. */
export const PART_CASES: readonly Case[] = [
  {
    name: 'a transcript is read downwards from any item, without gap or overlap',
    feature: FEATURE,
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      await write(scene.harness, 1, 9);
      await desk.until('all lines', () => desk.interaction(id).pendency?.count === 10);
      const whole = await readDown(desk, id, null, 200);
      expect(whole.length >= 10, 'All is there.');
      for (const limit of [1, 3, 4])
        expectSame(await readDown(desk, id, null, limit), whole, `The transcript in parts of ${limit}`);
      const third = whole[2]?.id ?? '';
      expectSame(await readDown(desk, id, third, 3), whole.slice(3), 'The transcript below its third item');
    },
  },
  {
    name: 'a part around an item of an earlier interaction knows what is above and below it',
    feature: FEATURE,
    run: async (scene) => {
      const { desk, id: former } = await scene.accepted();
      await write(scene.harness, 1, 6);
      await desk.until('all lines', () => desk.interaction(former).pendency?.count === 7);
      const before = await readDown(desk, former, null, 50);
      await desk.does('mark-done', { interaction: former });
      const { id } = await scene.accepted('Zoe', desk);
      const item = before[3]?.id ?? '';
      const part = await partOf(desk, id, { kind: 'around', item }, 4);
      expectSame([part.interaction, part.item], [former, item], 'What the part is around');
      const start = before.findIndex((one) => one.id === part.items[0]?.id);
      expectSame(part.items, before.slice(start, start + part.items.length), 'The items of the part');
      expect(part.items.length <= 4, 'A part has no more items than were asked for.');
      expectSame(part.above, { interaction: former, before: part.items[0]?.id }, 'What is above');
      expectSame(part.below, { interaction: former, item: part.items.at(-1)?.id }, 'What is below');
      const end = await partOf(desk, former, { kind: 'below', item: before.at(-1)?.id ?? null }, 4);
      expectSame([end.items, end.below], [[], { interaction: id, item: null }], 'What is below the end');
      const rest = await partOf(desk, id, { kind: 'below', item: null }, 50);
      expect(
        rest.items.length > 0 && rest.below === null,
        'The conversation ends with its last interaction.',
      );
      expectSame(rest.above, { interaction: former, before: null }, 'What is above a beginning');
    },
  },
  {
    name: 'a part is found by time: around the first message from then on, else the last',
    feature: FEATURE,
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      await write(scene.harness, 1, 3);
      await desk.until('all lines', () => desk.interaction(id).pendency?.count === 4);
      const said = (await readDown(desk, id, null, 50)).filter(({ kind }) => kind === 'message');
      const around = async (at: number): Promise<string | null> =>
        (await partOf(desk, id, { kind: 'at', at }, 10)).item;
      const last = said.at(-1);
      expectSame(await around((last?.at ?? 0) + 60_000), last?.id, 'The last message');
      const [first] = said.filter(({ at }) => at === last?.at);
      expectSame(await around(last?.at ?? 0), first?.id, 'The first message of an instant');
    },
  },
  {
    name: 'there is no part around what is not in the conversation',
    feature: FEATURE,
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      const other = await scene.accepted('Yan', desk);
      const [theirs] = await readDown(desk, other.id, null, 10);
      for (const item of ['nothing-of-this-name', theirs?.id ?? ''])
        await kindOfFailure(
          desk.query({
            name: 'transcript-part',
            args: { interaction: id, place: { kind: 'around', item }, limit: 10 },
          }),
        );
    },
  },
];

async function write(
  harness: { contactWrites(text: string, contact: string): void | Promise<void> },
  from: number,
  to: number,
): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop -- One after the other.
  for (let i = from; i <= to; i++) await harness.contactWrites(`Line ${i}`, 'Zoe');
}

function partOf(desk: Probe, interaction: string, place: PartPlace, limit: number): Promise<TranscriptPart> {
  return desk.query({ name: 'transcript-part', args: { interaction, place, limit } });
}

/** All of an interaction below an item, part by part. */
async function readDown(
  desk: Probe,
  interaction: string,
  item: string | null,
  limit: number,
): Promise<readonly TranscriptItem[]> {
  const items: TranscriptItem[] = [];
  let place: TranscriptPart['below'] = { interaction, item };
  while (place?.interaction === interaction) {
    // oxlint-disable-next-line no-await-in-loop -- Each says where the next one begins.
    const part: TranscriptPart = await partOf(desk, interaction, { kind: 'below', item: place.item }, limit);
    expect(part.items.length <= limit, 'A part has no more items than were asked for.');
    expectSame([part.interaction, part.item], [interaction, null], 'Whose part it is');
    expectSame(part.cursor.epoch, desk.welcome.epoch, 'The epoch of a part');
    items.push(...part.items);
    place = part.below;
  }
  return items;
}
