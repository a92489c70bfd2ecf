import { TEAM_WORKBIN, itemAt, olderPlace } from '../../model/index.js';
import type {
  Interaction,
  TranscriptItem,
  TranscriptPage,
  TranscriptPlace,
  WorkbinPage,
} from '../../model/index.js';
import { expect, expectSame } from './expect.js';
import type { Probe } from './probe.js';
import { kindOfFailure } from './probe.js';
import type { Case } from './scene.js';

/** Pages of transcripts and workbins, and how they join with what is pushed. */
export const PAGE_CASES: readonly Case[] = [
  {
    name: 'pages of a transcript join without gap or overlap',
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      for (let i = 0; i < 23; i++) await scene.harness.contactWrites(`Line ${i}`, 'Zoe');
      await desk.until('all lines', () => desk.interaction(id).pendency?.count === 24);
      const whole = await readTranscript(desk, id, 200);
      const texts = whole.flatMap((item) => (item.kind === 'message' ? [item.message.content] : []));
      const expected = ['Hello from Zoe', ...Array.from({ length: 23 }, (_, i) => `Line ${i}`)];
      expectSame(
        texts,
        expected.map((text) => ({ kind: 'text', text })),
        'The transcript',
      );
      for (const limit of [1, 5, 24])
        expectSame(await readTranscript(desk, id, limit), whole, `The transcript in pages of ${limit}`);
    },
  },
  {
    name: 'a transcript that is opened while messages come has each of them once, in order',
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      for (let i = 0; i < 12; i++) await scene.harness.contactWrites(`Early ${i}`, 'Zoe');
      desk.apply({ kind: 'transcript-opened', interaction: id });
      const writing = (async () => {
        for (let i = 0; i < 12; i++) await scene.harness.contactWrites(`Late ${i}`, 'Zoe');
      })();
      for (let more = true; more;) {
        const known = desk.state.transcripts.get(id);
        const before = (known && olderPlace(known)?.before) ?? null;
        const page = await desk.query({ name: 'transcript', args: { interaction: id, before, limit: 7 } });
        desk.apply({ kind: 'transcript-page', interaction: id, of: id, page });
        more = page.next?.interaction === id;
      }
      await writing;
      await desk.until('all lines', () => desk.interaction(id).pendency?.count === 25);
      expectSame(shown(desk, id), await readTranscript(desk, id, 200), 'What the desk shows');
    },
  },
  {
    name: 'pages of a workbin go on after each other, longest parked first',
    run: async (scene) => {
      const desk = await scene.ready();
      const ids: string[] = [];
      for (const contact of ['Zoe', 'Yan', 'Xia', 'Wim', 'Uma']) {
        const { id } = await scene.accepted(contact, desk);
        await desk.does('move-to-workbin', { interaction: id, workbin: TEAM_WORKBIN });
        ids.push(id);
      }
      for (const limit of [1, 2, 5, 50]) {
        const parked = await readWorkbin(desk, limit);
        expectSame(
          parked.map(({ id }) => id),
          ids,
          `The workbin in pages of ${limit}`,
        );
        expect(
          parked.every(({ state }) => state === 'parked'),
          'What lies in a workbin is parked.',
        );
      }
    },
  },
  {
    name: 'what there is not cannot be asked for',
    run: async (scene) => {
      const desk = await scene.online();
      const interaction = 'nothing-of-this-name';
      const transcript = { name: 'transcript', args: { interaction, before: null, limit: 10 } } as const;
      await kindOfFailure(desk.query(transcript));
      const workbin = 'personal:somebody-else';
      await kindOfFailure(desk.query({ name: 'workbin', args: { workbin, after: null, limit: 10 } }));
      const page = await desk.query({
        name: 'workbin',
        args: { workbin: TEAM_WORKBIN, after: null, limit: 10 },
      });
      expectSame([page.items, page.next], [[], null], 'An empty workbin');
    },
  },
];

async function readTranscript(
  desk: Probe,
  interaction: string,
  limit: number,
): Promise<readonly TranscriptItem[]> {
  let items: readonly TranscriptItem[] = [];
  let place: TranscriptPlace | null = { interaction, before: null };
  while (place?.interaction === interaction) {
    const page: TranscriptPage = await desk.query({ name: 'transcript', args: { ...place, limit } });
    expect(page.items.length <= limit, 'A page has no more items than were asked for.');
    const { next } = page;
    if (next?.interaction === interaction) {
      expect(page.items.length > 0, 'A page with more above it is not empty.');
      expectSame(next.before, page.items[0]?.id, 'The place above a page');
    }
    expectSame(page.cursor.epoch, desk.welcome.epoch, 'The epoch of a page');
    items = [...page.items, ...items];
    place = next;
  }
  return items;
}

async function readWorkbin(desk: Probe, limit: number): Promise<readonly Interaction[]> {
  let interactions: readonly Interaction[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page: WorkbinPage = await desk.query({
      name: 'workbin',
      args: { workbin: TEAM_WORKBIN, after, limit },
    });
    expect(page.items.length <= limit, 'A page has no more entries than were asked for.');
    expect(page.items.length > 0 || page.next === null, 'A page with more after it is not empty.');
    interactions = [...interactions, ...page.items];
    after = page.next;
    more = after !== null;
  }
  return interactions;
}

/** The items of a transcript that the desk has folded. */
function shown(desk: Probe, interaction: string): readonly (TranscriptItem | undefined)[] {
  const transcript = desk.state.transcripts.get(interaction);
  expect(transcript !== undefined, 'The transcript is open.');
  return Array.from({ length: transcript.count }, (_, i) => itemAt(transcript, i));
}
