import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { InteractionBar } from '../../src/elements/interaction-bar/interaction-bar.js';
import type { Interaction } from '../../src/model/index.js';
import '../../src/define/interaction-bar.js';
import { aContact, anInteraction, NOON } from '../support/builders.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { allByRole, byRole, deepActiveElement, getByRole, nameOf } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

let workspace: FakeWorkspace;

async function strip(width: number, sort: InteractionBar['sort'] = 'urgency'): Promise<InteractionBar> {
  const element = await fixture<InteractionBar>(html`
    <interaction-bar
      .workspace=${workspace}
      .sort=${sort}
      style="--whatsapp-interaction-bar-flow: row; inline-size: ${width}px"
    ></interaction-bar>
  `);
  await waitUntil(() => element.shadowRoot?.querySelector('.strip'));
  // What counts the hidden ones is loaded when there are some.
  await waitUntil(() => !element.shadowRoot?.querySelector('div.more'));
  await element.updateComplete;
  return element;
}

/** In the order of arrival; `waiting` seconds each, null for nobody. */
function open(...waiting: (number | null)[]): void {
  workspace.setInteractions(
    ...waiting.map((seconds, i): Interaction =>
      anInteraction({
        id: `i${i}`,
        contact: aContact({ id: `contact-${i}`, name: `Name ${i}` }),
        pendency: seconds === null ? null : { since: NOON - seconds * 1000, count: 1 },
      }),
    ),
  );
}

const tiles = (element: Element): HTMLElement[] =>
  allByRole(element, 'button').filter((button) => button.getAttribute('part') === 'tile');
const shown = (element: Element): string[] => tiles(element).map((tile) => tile.dataset['roving'] ?? '');
const more = (element: Element): HTMLElement => getByRole(element, 'button', /^\+\d+\s?\d+ more/);
const count = (element: Element): number => Number(/\+(\d+)/.exec(nameOf(more(element)))?.[1]);
const focused = (): string | undefined => (deepActiveElement() as HTMLElement).dataset['roving'];
const several = (many: number): null[] => Array.from({ length: many }, () => null);

describe('<interaction-bar> as a strip', () => {
  beforeEach(() => (workspace = new FakeWorkspace()));

  for (const width of [280, 320, 480]) {
    it(`shows whole tiles only and counts all others at ${width} px`, async () => {
      open(...several(12));
      const element = await strip(width);
      const box = element.getBoundingClientRect();
      for (const tile of [...tiles(element), more(element)]) {
        const { left, right, width: own } = tile.getBoundingClientRect();
        expect(left).to.be.at.least(box.left);
        expect(right).to.be.at.most(box.right);
        expect(own).to.be.above(40);
      }
      expect(tiles(element).length).to.be.at.least(2);
      expect(count(element)).to.equal(12 - tiles(element).length);
      expect(box.height).to.be.within(44, 45);
    });
  }

  it('has a line for each name, and shows how long somebody has waited as a whole below it', async () => {
    const named = (id: string, waited: number | null): Interaction =>
      anInteraction({
        id,
        contact: aContact({ id: `contact-${id}`, name: 'Masha Ivanova' }),
        pendency: waited === null ? null : { since: NOON - waited, count: 1 },
        lastMessage: {
          id,
          direction: 'inbound',
          at: NOON,
          kind: 'text',
          text: 'Could you confirm the fabric?',
        },
      });
    workspace.setInteractions(named('a', 41 * 60_000), named('b', null));
    workspace.setUnread({ a: 120 });
    const element = await strip(320);
    for (const tile of tiles(element)) {
      const words = tile.querySelector('.name .words');
      expect(words?.getClientRects().length).to.equal(1);
      const below = tile.querySelector('.waited')?.getBoundingClientRect();
      expect(below?.top).to.be.at.least(words?.getBoundingClientRect().bottom ?? Infinity);
      expect(below?.bottom).to.be.at.most(tile.getBoundingClientRect().bottom);
      expect(below?.right).to.be.at.most(tile.getBoundingClientRect().right);
    }
    const unread = tiles(element)[0]?.querySelector('.unread')?.getBoundingClientRect();
    expect(unread?.left).to.be.at.least(tiles(element)[0]?.getBoundingClientRect().left ?? Infinity);
    expect(unread?.width).to.be.above(20);
  });

  it('shows all that fit, and no button then', async () => {
    open(...several(3));
    const element = await strip(480);
    expect(shown(element)).to.deep.equal(['i0', 'i1', 'i2']);
    expect(byRole(element, 'button', /more/)).to.equal(null);
    element.style.inlineSize = '320px';
    await waitUntil(() => tiles(element).length === 2);
    expect(count(element)).to.equal(1);
  });

  for (const width of [280, 480]) {
    it(`never hides the selected and the most urgent one at ${width} px`, async () => {
      open(...several(5), 10, null, 400, ...several(4));
      workspace.selected$.next('i10');
      const element = await strip(width, 'arrival');
      expect(shown(element)).to.include.members(['i7', 'i10']);
      workspace.selected$.next('i3');
      await element.updateComplete;
      expect(shown(element)).to.include.members(['i3', 'i7']);
    });
  }

  it('carries the mark of the hidden one that has waited longest', async () => {
    open(600, 500, 5, 55, 5);
    const element = await strip(320);
    expect(shown(element)).to.deep.equal(['i0', 'i1']);
    const mark = more(element).querySelector('pending-indicator');
    await mark?.updateComplete;
    expect(mark?.shadowRoot?.querySelector('[role=img]')).to.have.attribute(
      'aria-label',
      'Waiting 55 s, critical',
    );
    open(600, 500, null, null);
    await element.updateComplete;
    expect(more(element).querySelector('pending-indicator')).to.equal(null);
  });

  it('opens what is hidden, and puts in front what is chosen there', async () => {
    open(...several(9));
    const element = await strip(320);
    const before = tiles(element).length;
    more(element).click();
    await waitUntil(() => tiles(element).length === 9);
    expect(more(element).getAttribute('aria-expanded')).to.equal('true');
    await expect(element).to.be.accessible();
    getByRole(element, 'button', /^Name 7/).click();
    expect(workspace.calls).to.deep.equal([['select', 'i7']]);
    workspace.selected$.next('i7');
    await waitUntil(() => tiles(element).length === before && shown(element).includes('i7'));
    await waitUntil(() => focused() === 'i7');
  });

  it('is gone through with arrow keys, hidden ones included; Escape goes back to the button', async () => {
    open(...several(6));
    const element = await strip(320);
    const heard: string[] = [];
    const hear = ({ key }: KeyboardEvent): unknown => heard.push(key);
    document.addEventListener('keydown', hear);
    tiles(element)[0]?.focus();
    const path: (string | undefined)[] = [];
    for (const press of ['ArrowRight', 'ArrowRight', 'Enter']) {
      await sendKeys({ press });
      path.push(focused());
    }
    expect(path.slice(0, 2)).to.deep.equal(['i1', ':more']);
    await waitUntil(() => focused() === 'i2');
    await sendKeys({ press: 'ArrowDown' });
    expect(focused()).to.equal('i3');
    await sendKeys({ press: 'End' });
    expect(focused()).to.equal('i5');
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => tiles(element).length === 2);
    document.removeEventListener('keydown', hear);
    expect(focused()).to.equal(':more');
    expect(heard).to.deep.equal([]);
  });

  it('renders, of 500 that are hidden, those in sight', async () => {
    open(...several(500));
    const element = await strip(320, 'arrival');
    expect(count(element)).to.equal(498);
    more(element).click();
    await waitUntil(() => focused() === 'i2');
    await waitUntil(() => tiles(element).length < 64);
    await sendKeys({ press: 'End' });
    await waitUntil(() => focused() === 'i499');
  });

  it('keeps what has the focus in sight when the order changes', async () => {
    open(...several(9));
    const element = await strip(480);
    tiles(element)[2]?.focus();
    open(null, null, null, null, null, 50, 60, 70, 80);
    await element.updateComplete;
    await waitUntil(() => focused() === 'i2');
    expect(shown(element)).to.include.members(['i8', 'i2']);
  });

  it('is as high without tiles', async () => {
    workspace.patch({ agent: null });
    const element = await strip(480);
    const heights = [element.getBoundingClientRect().height];
    workspace.setInteractions();
    workspace.patch({ agent: { id: 'ana', name: 'Ana', status: 'ready', reason: null } });
    await element.updateComplete;
    heights.push(element.getBoundingClientRect().height);
    open(1, 2, 3, 4, 5);
    await element.updateComplete;
    heights.push(element.getBoundingClientRect().height);
    expect(new Set(heights).size, String(heights)).to.equal(1);
  });
});
