import { expect, fixture, html } from '@open-wc/testing';
import type { InteractionBar } from '../../src/elements/interaction-bar/interaction-bar.js';
import type { Interaction } from '../../src/model/index.js';
import type { WhatsAppWorkspace } from '../../src/elements/whatsapp-workspace/whatsapp-workspace.js';
import '../../src/define/interaction-bar.js';
import '../../src/define/whatsapp-workspace.js';
import { aContact, anInteraction, NOON } from '../support/builders.js';
import { FakeWorkspace } from '../support/fake-workspace.js';

const ENGLISH = 'Could you confirm the delivery of order 10340 before noon';
const HEBREW = 'שלום, ההזמנה שלי 10340 לא הגיעה עדיין';
const LONG_NAME = 'Wilhelmina Featherstonehaugh of the Northern Lighthouse Board';

let workspace: FakeWorkspace;

/** A bar of one interaction. */
async function rowOf(interaction: Partial<Interaction>, width = 264): Promise<HTMLElement> {
  workspace.setInteractions(anInteraction({ id: 'a', pendency: null, ...interaction }));
  const bar = await fixture<InteractionBar>(
    html`<interaction-bar .workspace=${workspace} style="inline-size: ${width}px"></interaction-bar>`,
  );
  const row = bar.shadowRoot?.querySelector<HTMLElement>('[data-roving=a]');
  if (!row) throw new Error('The bar has no row.');
  return row;
}

const said = (text: string, direction: 'inbound' | 'outbound' = 'inbound'): Partial<Interaction> => ({
  lastMessage: { id: 'm', direction, at: NOON, kind: 'text', text },
});
const named = (name: string): Partial<Interaction> => ({ contact: aContact({ name }) });
const find = (row: HTMLElement, selector: string): HTMLElement => {
  const found = row.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`The row has no ${selector}.`);
  return found;
};
const weight = (row: HTMLElement): string => getComputedStyle(find(row, '.name')).fontWeight;

/** The words that are in sight, and whether each is there as a whole. */
function wordsInSight(cut: HTMLElement): { readonly word: string; readonly whole: boolean }[] {
  const text = document.createTreeWalker(cut, NodeFilter.SHOW_TEXT).nextNode() as Text;
  const box = cut.getBoundingClientRect();
  return [...text.data.matchAll(/\S+/g)]
    .map(({ 0: word, index }) => {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const rects = [...range.getClientRects()];
      const shown = rects.filter(({ top }) => top < box.bottom - 1);
      const whole = shown.every(({ left, right }) => left >= box.left - 1 && right <= box.right + 1);
      return { word, shown: shown.length, whole: whole && shown.length === rects.length };
    })
    .filter(({ shown }) => shown > 0);
}

/** Dots stand at the end of the words in sight when there are more, else out of sight; and nothing sticks out. */
function expectDotsBeside(cut: HTMLElement): void {
  const box = cut.getBoundingClientRect();
  const lines = [...find(cut, '.words').getClientRects()];
  const [dots, ...others] = [...find(cut, '.dots').getClientRects()].filter(
    ({ top, width }) => top < box.bottom - 1 && width > 0,
  );
  const first = lines.filter(({ top }) => top < box.bottom - 1);
  expect(dots === undefined, 'no dots').to.equal(first.length === lines.length);
  if (!dots) return;
  expect(others).to.deep.equal([]);
  const forward = getComputedStyle(find(cut, 'bdi')).direction === 'ltr' ? 1 : -1;
  const room = parseFloat(getComputedStyle(find(cut, 'bdi')).paddingInlineEnd);
  const shift = forward * room;
  expect(dots.left).to.be.closeTo(Math.min(...first.map(({ left }) => left)) + shift, 1);
  expect(dots.right).to.be.closeTo(Math.max(...first.map(({ right }) => right)) + shift, 1);
  const margin = 10;
  expect(dots.right).to.be.at.most(box.right + margin);
  expect(dots.left).to.be.at.least(box.left - margin);
}

describe('a row that stands for an interaction', () => {
  beforeEach(() => (workspace = new FakeWorkspace()));

  for (const [density, height] of [
    ['comfortable', 44],
    ['compact', 32],
  ] as const) {
    it(`is ${height} px high in ${density} lists, whatever it shows`, async () => {
      const row = await rowOf({ lastMessage: null });
      const bar = (row.getRootNode() as ShadowRoot).host as InteractionBar;
      bar.density = density;
      await bar.updateComplete;
      const heights = [row.getBoundingClientRect().height];
      const scenes: Partial<Interaction>[] = [
        said(ENGLISH),
        { pendency: { since: NOON - 900_000, count: 3 } },
        { ...named(LONG_NAME), ...said(HEBREW, 'outbound') },
      ];
      for (const scene of scenes) {
        for (const unread of [0, 120]) {
          workspace.setInteractions(anInteraction({ id: 'a', pendency: null, ...scene }));
          workspace.setUnread({ a: unread });
          await bar.updateComplete;
          heights.push(row.getBoundingClientRect().height);
        }
      }
      const expected = matchMedia('(pointer: coarse)').matches ? 44 : height;
      expect(new Set(heights)).to.deep.equal(new Set([expected]));
    });
  }

  it('is as high, and says as much, as the workspace around it wants, unless its own element wants otherwise', async () => {
    const row = await rowOf(said(ENGLISH));
    const bar = (row.getRootNode() as ShadowRoot).host as InteractionBar;
    const around = await fixture<WhatsAppWorkspace>(
      html`<whatsapp-workspace simulated="1" density="compact"></whatsapp-workspace>`,
    );
    const looks = (): readonly number[] => [
      row.getBoundingClientRect().height,
      find(row, '.said').getBoundingClientRect().height,
    ];
    const comfortable = looks();
    bar.density = 'compact';
    await bar.updateComplete;
    const compact = looks();
    bar.density = null;
    around.append(bar);
    await bar.updateComplete;
    expect(compact[1]).to.equal(1);
    expect(looks()).to.deep.equal(compact);
    bar.density = 'comfortable';
    await bar.updateComplete;
    expect(looks()).to.deep.equal(comfortable);
  });

  it('says how long the contact has waited, else when something was last said, never both', async () => {
    const row = await rowOf({ ...said(ENGLISH), pendency: { since: NOON - 60_000, count: 1 } });
    expect(row.querySelector('pending-indicator')).to.not.equal(null);
    expect(row.querySelector('.time')).to.equal(null);
    const answered = await rowOf(said(ENGLISH));
    expect(answered.querySelector('pending-indicator')).to.equal(null);
    expect(find(answered, '.time').textContent).to.not.equal('');
  });

  it('is bold for what is unread, and not for what is in front', async () => {
    workspace.selected$.next('a');
    const row = await rowOf(said(ENGLISH));
    expect(weight(row)).to.equal('400');
    workspace.setUnread({ a: 1 });
    const bar = (row.getRootNode() as ShadowRoot).host as InteractionBar;
    await bar.updateComplete;
    expect(weight(row)).to.equal('600');
  });

  it('has one space between who wrote it and what was written', async () => {
    const row = await rowOf(said('Hello', 'outbound'));
    expect(find(row, '.said').textContent?.trim()).to.equal('You: Hello');
    const text = find(row, '.last .words').getBoundingClientRect();
    const from = document.createRange();
    from.selectNodeContents(find(row, '.from'));
    const space = text.left - from.getBoundingClientRect().right;
    expect(Math.abs(space), 'nothing but the space of the text itself').to.be.below(0.5);
  });

  it('tells the whole name and message to screen readers, and the name in a tooltip', async () => {
    const row = await rowOf({ ...named(LONG_NAME), ...said(ENGLISH) }, 160);
    expect(row.textContent).to.contain(LONG_NAME).and.to.contain(ENGLISH);
    expect(find(row, '.name').title).to.equal(LONG_NAME);
  });

  it('cuts off what cannot be broken, and scrolls to nothing of it', async () => {
    const unbreakable = '👨\u200D👩\u200D'.repeat(50);
    const row = await rowOf({
      ...named(unbreakable),
      ...said(unbreakable),
      pendency: { since: NOON, count: 1 },
    });
    const root = row.getRootNode() as ShadowRoot;
    const list = root.querySelector('.tiles');
    expect(list?.scrollWidth).to.be.at.most(list?.clientWidth ?? 0);
    const name = find(row, '.name');
    const { right, top, height } = name.getBoundingClientRect();
    const between = root.elementFromPoint(right + 4, top + height / 2);
    expect(between).to.equal(row);
  });

  for (const [script, text] of [
    ['English', ENGLISH],
    ['Hebrew', HEBREW],
  ] as const) {
    for (const lang of ['en', 'ar']) {
      it(`cuts ${script} after a whole word (${lang})`, async () => {
        const row = await rowOf({ ...named(LONG_NAME), ...said(text) });
        const bar = (row.getRootNode() as ShadowRoot).host as InteractionBar;
        bar.lang = lang;
        await bar.updateComplete;
        const cutOff = new Set<number>();
        for (let width = 150; width <= 400; width += 9) {
          bar.style.inlineSize = `${width}px`;
          const words = wordsInSight(find(row, '.last'));
          expect(words.filter(({ whole }) => !whole).map(({ word }) => word)).to.deep.equal([]);
          expect(words[0]?.word).to.equal(text.split(' ')[0]);
          expect(wordsInSight(find(row, '.name'))[0]?.word).to.equal('Wilhelmina');
          expectDotsBeside(find(row, '.last'));
          cutOff.add(words.length);
        }
        expect(cutOff.size).to.be.above(3);
      });
    }
  }
});
