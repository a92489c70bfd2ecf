import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/whatsapp-interaction.js';
import '../../src/define/whatsapp-transcript.js';
import type { WhatsAppInteraction } from '../../src/elements/whatsapp-interaction/whatsapp-interaction.js';
import type { SearchOutcome, WantedPlace } from '../../src/context/index.js';
import { joinPage, messageItem, openTranscript } from '../../src/model/index.js';
import type { TranscriptItem } from '../../src/model/index.js';
import { movedTo } from '../../src/model/transcript-parts.js';
import { aMessage, anInteraction, NOON } from '../support/builders.js';
import { FakeWorkspace, NOWHERE } from '../support/fake-workspace.js';
import { byRole, deepActiveElement, getByRole, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

const ID = 'interaction-1';
const CURSOR = { epoch: 'e1', seq: 1 };
const DAY = 24 * 3_600_000;

const messages = (from: number, to: number): TranscriptItem[] =>
  Array.from({ length: to - from }, (_, i) => {
    const n = from + i;
    const text = n % 10 === 0 ? `${n} Where is my réfund?` : `${n} Hello`;
    return messageItem(aMessage({ id: `m${n}`, at: NOON + n * DAY, content: { kind: 'text', text } }));
  });

const hit = (n: number) => ({ interaction: ID, item: `m${n}`, at: NOON + n * DAY });

interface Desk {
  readonly workspace: FakeWorkspace;
  readonly element: WhatsAppInteraction;
  readonly asked: (readonly [text: string, after: string | null])[];
  readonly places: WantedPlace[];
}

async function desk(
  search: (text: string, after: string | null) => Promise<SearchOutcome> | SearchOutcome = () => ({
    ok: true,
    hits: [hit(1190), hit(1160)],
    next: null,
  }),
  features: readonly string[] = ['transcript-parts', 'transcript-search'],
): Promise<Desk> {
  const workspace = new FakeWorkspace();
  workspace.patch({ features });
  workspace.setInteractions(anInteraction());
  const page = { items: messages(1150, 1200), next: null, cursor: CURSOR };
  const transcript = joinPage(openTranscript(ID), ID, page);
  workspace.transcript(ID).next({ transcript, loaded: true, loading: false, error: null });
  workspace.selected$.next(ID);
  const asked: (readonly [string, string | null])[] = [];
  const places: WantedPlace[] = [];
  workspace.finding = {
    ...NOWHERE,
    search: async (_interaction, text, after) => {
      asked.push([text, after]);
      return search(text, after);
    },
    goTo: async (_interaction, place) => {
      places.push(place);
      const items = messages(0, 50);
      const item = place.kind === 'around' ? place.item : 'm3';
      const part = {
        interaction: ID,
        item,
        items,
        above: null,
        below: { interaction: ID, item: 'm49' },
        cursor: CURSOR,
      };
      workspace.changeTranscript(ID, (now) => movedTo(now, part, 1));
      return { ok: true, item };
    },
  };
  const element = await fixture<WhatsAppInteraction>(
    html`<whatsapp-interaction
      .workspace=${workspace}
      style="block-size: 480px; inline-size: 600px"
    ></whatsapp-interaction>`,
  );
  await waitUntil(() => byRole(element, 'button', 'More actions'));
  return { workspace, element, asked, places };
}

const root = (element: Element): ShadowRoot => element.shadowRoot as ShadowRoot;
const transcriptOf = (element: Element): Element =>
  root(element).querySelector('whatsapp-transcript') as Element;
const outlined = (element: Element): string | undefined =>
  root(transcriptOf(element)).querySelector<HTMLElement>('.row.outlined')?.dataset['key'];

async function open(
  element: WhatsAppInteraction,
  item = 'Search in conversation',
): Promise<HTMLInputElement> {
  getByRole(element, 'button', 'More actions').click();
  await element.updateComplete;
  getByRole(element, 'menuitem', item).click();
  const role = item.startsWith('Search') ? 'Search messages' : 'Date';
  const field = (): HTMLInputElement | null =>
    root(element)
      .querySelector('transcript-search')
      ?.shadowRoot?.querySelector<HTMLInputElement>(`input[aria-label='${role}']`) ?? null;
  await waitUntil(() => field() !== null && deepActiveElement() === field());
  return field() as HTMLInputElement;
}

describe('a search in the conversation', () => {
  it('goes to the newest match, and from match to match by keys and buttons', async () => {
    const { element, asked } = await desk();
    const field = await open(element);
    await sendKeys({ type: 'refund' });
    await waitUntil(() => outlined(element) === 'm1190');
    expect(asked).to.deep.equal([['refund', null]]);
    await waitUntil(() => shadowText(element).includes('1/2'));
    expect(deepActiveElement(), 'the focus stays in the field').to.equal(field);
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => outlined(element) === 'm1160');
    await waitUntil(() => shadowText(element).includes('2/2'));
    const older = getByRole(element, 'button', 'Older match');
    expect(older.getAttribute('aria-disabled')).to.equal('true');
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ up: 'Shift' });
    await waitUntil(() => outlined(element) === 'm1190');
    older.click();
    await waitUntil(() => outlined(element) === 'm1160');
    getByRole(element, 'button', 'Newer match').click();
    await waitUntil(() => outlined(element) === 'm1190');
    expect(asked.length).to.equal(1);
  });

  it('paints what is found in all messages that are shown, also in those that come into view', async function () {
    if (typeof Highlight === 'undefined') this.skip();
    const { element } = await desk();
    const painted = (): string[] =>
      [...(CSS.highlights.get('whatsapp-match') ?? [])].map((range) =>
        (range.startContainer.nodeValue ?? '').slice(range.startOffset, range.endOffset),
      );
    await open(element);
    await sendKeys({ type: 'refund' });
    await waitUntil(() => painted().length > 0);
    expect(new Set(painted())).to.deep.equal(new Set(['réfund']));
    const before = [...(CSS.highlights.get('whatsapp-match') ?? [])];
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => outlined(element) === 'm1160');
    await waitUntil(() =>
      [...(CSS.highlights.get('whatsapp-match') ?? [])].some((range) => !before.includes(range)),
    );
    await sendKeys({ type: 's' });
    await waitUntil(() => painted().length === 0);
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => painted().length > 0);
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => painted().length === 0);
  });

  it('says to screen readers what it found', async () => {
    const { element } = await desk();
    await open(element);
    await sendKeys({ type: 'refund' });
    await waitUntil(() => document.body.textContent.includes('Match 1 of 2'));
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => document.body.textContent.includes('Match 2 of 2'));
  });

  it('loads what is far, and more matches where there are more', async () => {
    const { element, asked, places } = await desk((_text, after) =>
      after === null
        ? { ok: true, hits: [hit(1190)], next: 'more' }
        : { ok: true, hits: [hit(20)], next: null },
    );
    await open(element);
    await sendKeys({ type: 'refund' });
    await waitUntil(() => shadowText(element).includes('1/1+'));
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => outlined(element) === 'm20');
    expect(asked).to.deep.equal([
      ['refund', null],
      ['refund', 'more'],
    ]);
    expect(places).to.deep.equal([{ kind: 'around', item: 'm20' }]);
    await waitUntil(() => shadowText(element).includes('2/2'));
  });

  it('drops the answer to words that were changed meanwhile', async () => {
    let answer: (outcome: SearchOutcome) => void = () => undefined;
    const { element } = await desk((text) =>
      text === 'ref'
        ? new Promise((resolve) => (answer = resolve))
        : { ok: true, hits: [hit(1160)], next: null },
    );
    await open(element);
    await sendKeys({ type: 'ref' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => shadowText(element).includes('Searching'));
    await sendKeys({ type: 'und' });
    await waitUntil(() => shadowText(element).includes('1/1'));
    answer({ ok: true, hits: [hit(1190), hit(1180), hit(1170)], next: null });
    // The late answer is heard by then.
    await new Promise((resolve) => setTimeout(resolve));
    await waitUntil(() => outlined(element) === 'm1160');
    expect(shadowText(element)).to.contain('1/1');
  });

  for (const [why, sentence] of [
    ['offline', 'There is no connection.'],
    ['timeout', 'There is no connection.'],
    ['invalid', 'The search did not work.'],
  ] as const)
    it(`says that it failed, and Enter tries again: ${why}`, async () => {
      let fails = true;
      const { element } = await desk(() =>
        fails ? { ok: false, why } : { ok: true, hits: [hit(1190)], next: null },
      );
      await open(element);
      await sendKeys({ type: 'refund' });
      await waitUntil(() => shadowText(element).includes(sentence));
      fails = false;
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => outlined(element) === 'm1190');
      await waitUntil(() => !shadowText(element).includes(sentence));
    });

  it('says that there are no matches', async () => {
    const { element } = await desk(() => ({ ok: true, hits: [], next: null }));
    await open(element);
    await sendKeys({ type: 'nowhere' });
    await waitUntil(() => shadowText(element).includes('No matches'));
    await waitUntil(() => document.body.textContent.includes('No matches'));
  });

  it('ends with Escape, takes its outline away, and gives the focus back', async () => {
    const { element } = await desk();
    await open(element);
    await sendKeys({ type: 'refund' });
    await waitUntil(() => outlined(element) === 'm1190');
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => root(element).querySelector('transcript-search') === null);
    expect(deepActiveElement()).to.equal(getByRole(element, 'button', 'More actions'));
    expect(outlined(element)).to.equal(undefined);
  });

  it('goes to a day, by the calendar of the agent', async () => {
    const { element, places } = await desk();
    const field = await open(element, 'Go to date…');
    field.value = '2026-02-03';
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => outlined(element) === 'm3');
    expect(places).to.deep.equal([{ kind: 'at', at: new Date(2026, 1, 3).getTime() }]);
    getByRole(element, 'button', 'Search for words').click();
    await waitUntil(() => (deepActiveElement() as HTMLInputElement | null)?.type === 'search');
    getByRole(element, 'button', 'Go to date…').click();
    await waitUntil(() => (deepActiveElement() as HTMLInputElement | null)?.type === 'date');
  });

  it('is there only where the contact centre can do it', async () => {
    for (const [features, items] of [
      [[], []],
      [['transcript-parts'], ['Go to date…']],
      [
        ['transcript-parts', 'transcript-search'],
        ['Search in conversation', 'Go to date…'],
      ],
    ] as const) {
      const { element, workspace } = await desk(undefined, ['transcript-parts']);
      workspace.patch({ features });
      await element.updateComplete;
      const more = byRole(element, 'button', 'More actions');
      more?.click();
      await element.updateComplete;
      const offered = ['Search in conversation', 'Go to date…'].filter((name) =>
        byRole(element, 'menuitem', name),
      );
      expect(offered).to.deep.equal(items);
      element.remove();
    }
  });
});
