import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import type { InteractionBar } from '../../src/elements/interaction-bar/interaction-bar.js';
import type { Interaction } from '../../src/model/index.js';
import '../../src/define/interaction-bar.js';
import '../../src/define/whatsapp-composer.js';
import { aContact, anAgent, anInteraction, NOON } from '../support/builders.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { allByRole, byRole, deepActiveElement, getByRole, nameOf, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

let workspace: FakeWorkspace;

const create = (attributes: Partial<InteractionBar> = {}): Promise<InteractionBar> =>
  fixture<InteractionBar>(html`
    <interaction-bar
      .workspace=${workspace}
      .sort=${attributes.sort ?? 'urgency'}
      .blinkDuration=${attributes.blinkDuration ?? 10}
    ></interaction-bar>
  `);

/** Waits for `seconds`; null for nobody. */
const open = (
  id: string,
  name: string | null,
  seconds: number | null,
  more: Partial<Interaction> = {},
): Interaction =>
  anInteraction({
    id,
    contact: aContact({ id: `contact-${id}`, name }),
    pendency: seconds === null ? null : { since: NOON - seconds * 1000, count: 2 },
    lastMessage: { id: `last-${id}`, direction: 'inbound', at: NOON, kind: 'text', text: `${id} writes` },
    ...more,
  });

const offered = (id: string, name: string, more: Partial<Interaction> = {}): Interaction =>
  open(id, name, 8, {
    state: 'offered',
    agent: null,
    offer: { agent: 'ana', expiresAt: NOON + 22_000 },
    ...more,
  });

const tiles = (element: Element): HTMLElement[] =>
  allByRole(element, 'button').filter((button) => button.dataset['roving'] !== undefined);
const order = (element: Element): string[] => tiles(element).map((tile) => tile.dataset['roving'] ?? '');
const focused = (): string | undefined => (deepActiveElement() as HTMLElement).dataset['roving'];
const announced = (): string => document.querySelector('[aria-live]')?.textContent ?? '';

function three(): void {
  workspace.setInteractions(open('a', 'Amina', null), open('b', 'Berta', 5), open('c', 'Chidi', 40));
}

describe('<interaction-bar>', () => {
  beforeEach(() => (workspace = new FakeWorkspace()));
  afterEach(() => document.querySelector('[aria-live]')?.replaceChildren());

  describe('accessibility', () => {
    it('has no violations while loading, empty, full, ringing and after a refusal', async () => {
      workspace.patch({ agent: null });
      const element = await create();
      await expect(element).to.be.accessible();
      workspace.patch({ agent: anAgent() });
      await element.updateComplete;
      await expect(element).to.be.accessible();
      three();
      workspace.setUnread({ b: 120 });
      workspace.selected$.next('c');
      await element.updateComplete;
      await expect(element).to.be.accessible();
      workspace.setInteractions(open('a', null, 60), offered('o', 'Oscar'));
      workspace.outcome = { ok: false, error: { kind: 'taken', sentence: '', retryable: false } };
      await element.updateComplete;
      getByRole(element, 'button', 'Accept').click();
      await waitUntil(() => byRole(element, 'alert'));
      await expect(element).to.be.accessible();
    });

    it('is a region with a list, whose tiles say everything that they show', async () => {
      three();
      workspace.setUnread({ c: 120 });
      workspace.selected$.next('a');
      const element = await create();
      getByRole(element, 'region', 'Open interactions');
      const [first, , last] = tiles(element);
      expect(first?.textContent)
        .to.contain('Chidi')
        .and.to.contain('c writes')
        .and.to.contain('120 new messages');
      expect(
        first?.querySelector('pending-indicator')?.shadowRoot?.querySelector('[role=img]'),
      ).to.have.attribute('aria-label', 'Waiting 40 s, warning');
      expect(last?.getAttribute('aria-current')).to.equal('true');
      expect(shadowText(element)).to.contain('99+');
    });

    it('says that it has no workspace, once one might have come', async () => {
      const element = await fixture<HTMLElement>(html`<interaction-bar></interaction-bar>`);
      expect(shadowText(element)).not.to.contain('Not connected');
      await waitUntil(() => shadowText(element).includes('Not connected to a workspace.'));
      expect(byRole(element, 'img', 'Loading')).to.equal(null);
    });

    it('announces an invitation once', async () => {
      const element = await create();
      workspace.setInteractions(offered('o1', 'Otto'));
      await element.updateComplete;
      await waitUntil(() => announced().includes('New interaction: Otto.'));
      workspace.setInteractions(offered('o1', 'Otto'), open('x', 'Xu', null));
      await element.updateComplete;
      workspace.setInteractions(offered('o1', 'Otto'), offered('o2', 'Petra'));
      await waitUntil(() => announced().includes('New interaction: Petra.'));
      expect(announced().match(/Otto/g)).to.have.length(1);
    });

    it('announces each invitation of two contacts of one name, once where two bars show it', async () => {
      await create();
      await create();
      workspace.setInteractions(offered('o', 'Mohamed'), offered('p', 'Mohamed'));
      await waitUntil(() => announced().match(/New interaction: Mohamed\./g)?.length === 2);
      workspace.setInteractions(offered('o', 'Mohamed'), offered('p', 'Mohamed'), offered('q', 'Rita'));
      await waitUntil(() => announced().includes('Rita'));
      expect(announced().match(/Mohamed/g)).to.have.length(2);
    });

    it('announces a pendency that grows more urgent out of sight, and only that', async () => {
      workspace.setInteractions(open('a', 'Amina', 20), open('b', 'Berta', 20), open('c', 'Chidi', 45));
      workspace.selected$.next('b');
      const element = await create();
      workspace.clock.at += 15_000;
      element.requestUpdate();
      await waitUntil(() => announced().includes('Chidi'));
      expect(announced()).to.contain('Amina: 2 new, waiting 35 s.');
      expect(announced()).to.contain('Chidi: 2 new, waiting 1 min.');
      expect(announced()).not.to.contain('Berta');
    });
  });

  describe('properties', () => {
    it('puts who has waited longest first', async () => {
      three();
      expect(order(await create())).to.deep.equal(['c', 'b', 'a']);
    });

    it('moves no tile that is pointed at or gone through by keys, and all of them afterwards', async () => {
      three();
      const element = await create();
      const become = async (...waits: readonly (number | null)[]): Promise<string[]> => {
        const [a = null, b = null, c = null] = waits;
        workspace.setInteractions(open('a', 'Amina', a), open('b', 'Berta', b), open('c', 'Chidi', c));
        await element.updateComplete;
        return order(element);
      };
      expect(order(element)).to.deep.equal(['c', 'b', 'a']);
      const { x, y, width } = tiles(element)[1]?.getBoundingClientRect() ?? new DOMRect();
      await sendMouse({ type: 'move', position: [Math.round(x + width / 2), Math.round(y + 10)] });
      expect(await become(60, 5, 40)).to.deep.equal(['c', 'b', 'a']);
      await sendMouse({ type: 'move', position: [0, 590] });
      await waitUntil(() => order(element).join('') === 'acb');

      await sendKeys({ press: 'Tab' });
      await sendKeys({ press: 'Home' });
      await sendKeys({ press: 'ArrowDown' });
      expect(focused()).to.equal('c');
      expect(await become(60, 5, 90)).to.deep.equal(['a', 'c', 'b']);
      await sendKeys({ press: 'ArrowUp' });
      expect(focused()).to.equal('a');
      (deepActiveElement() as HTMLElement).blur();
      await waitUntil(() => order(element).join('') === 'cab');
    });

    it('keeps the order of arrival with sort="arrival"', async () => {
      three();
      expect(order(await create({ sort: 'arrival' }))).to.deep.equal(['a', 'b', 'c']);
    });

    it('shows only what is on this agent’s desk', async () => {
      workspace.setInteractions(open('a', 'Amina', 5), open('z', 'Zoe', 5, { agent: 'ben' }));
      expect(order(await create())).to.deep.equal(['a']);
    });

    it('calls a contact without a name by the number, and names kinds of messages without words', async () => {
      const lastMessage = { id: 'm', direction: 'outbound', at: NOON, kind: 'image', text: null } as const;
      workspace.setInteractions(open('a', null, null, { lastMessage }));
      expect(shadowText(await create()))
        .to.contain('+254 712 345 678')
        .and.to.contain('You: Photo');
    });

    it('shows names that carry markup as text', async () => {
      workspace.setInteractions(open('a', '<img src=x onerror=alert(1)>', null));
      const element = await create();
      expect(shadowText(element)).to.contain('<img src=x onerror=alert(1)>');
      expect(element.shadowRoot?.querySelector('img')).to.equal(null);
    });

    it('blinks when a contact writes, for as long as it is told, but not in front', async () => {
      three();
      workspace.selected$.next('a');
      const element = await create({ blinkDuration: 3 });
      workspace.setUnread({ a: 1, b: 1 });
      await element.updateComplete;
      const blinking = (): string[] =>
        tiles(element)
          .filter((tile) => getComputedStyle(tile, '::before').animationName === 'blink')
          .map((tile) => tile.dataset['roving'] ?? '');
      expect(blinking()).to.deep.equal(['b']);
      workspace.clock.at += 3_000;
      element.requestUpdate();
      await element.updateComplete;
      expect(blinking()).to.deep.equal([]);
    });

    it('does not blink for what was unread before', async () => {
      three();
      workspace.setUnread({ b: 4 });
      const element = await create();
      expect(element.shadowRoot?.querySelector('.blinking')).to.equal(null);
    });

    it('says how many tiles there is no room for', async () => {
      workspace.setInteractions(...Array.from({ length: 20 }, (_, i) => open(`i${i}`, `Name ${i}`, i)));
      const element = await create();
      element.style.blockSize = '220px';
      const more = (): string | undefined => /(\d+) more/.exec(shadowText(element))?.[1];
      await waitUntil(() => more() !== undefined);
      expect(Number(more())).to.be.within(14, 17);
    });
  });

  describe('events', () => {
    it('asks before it puts an interaction in front', async () => {
      three();
      const element = await create();
      const asked = oneEvent(element, 'interaction-select');
      tiles(element)[1]?.click();
      expect((await asked).detail.interaction.id).to.equal('b');
      expect(workspace.calls).to.deep.equal([['select', 'b']]);
    });

    it('does not when prevented', async () => {
      three();
      const element = await create();
      element.addEventListener('interaction-select', (event) => event.preventDefault());
      tiles(element)[1]?.click();
      expect(workspace.calls).to.deep.equal([]);
    });

    it('accepts, and puts what was accepted in front', async () => {
      workspace.setInteractions(offered('o', 'Otto'));
      const element = await create();
      const asked = oneEvent(element, 'interaction-accept');
      const selects: string[] = [];
      element.addEventListener('interaction-select', ({ detail }) => selects.push(detail.interaction.id));
      getByRole(element, 'button', 'Accept').click();
      expect((await asked).detail.interaction.contact.name).to.equal('Otto');
      await waitUntil(() => workspace.calls.length === 2);
      expect(selects).to.deep.equal(['o']);
      expect(workspace.calls).to.deep.equal([
        ['accept', 'o'],
        ['select', 'o'],
      ]);
    });

    it('leaves in front what is there when the page wants what was accepted elsewhere', async () => {
      workspace.setInteractions(offered('o', 'Otto'));
      const element = await create();
      const asked = oneEvent(element, 'interaction-select');
      element.addEventListener('interaction-select', (event) => event.preventDefault());
      getByRole(element, 'button', 'Accept').click();
      await asked;
      await element.updateComplete;
      expect(workspace.calls).to.deep.equal([['accept', 'o']]);
    });

    it('rejects, and asks before', async () => {
      workspace.setInteractions(offered('o', 'Otto'));
      const element = await create();
      const asked = oneEvent(element, 'interaction-reject');
      getByRole(element, 'button', 'Reject').click();
      await asked;
      expect(workspace.calls).to.deep.equal([['reject', 'o']]);
    });

    it('does neither when prevented', async () => {
      workspace.setInteractions(offered('o', 'Otto'));
      const element = await create();
      for (const type of ['interaction-accept', 'interaction-reject'] as const) {
        element.addEventListener(type, (event) => event.preventDefault());
      }
      getByRole(element, 'button', 'Accept').click();
      getByRole(element, 'button', 'Reject').click();
      await element.updateComplete;
      expect(workspace.calls).to.deep.equal([]);
    });

    it('answers once, however often it is clicked', async () => {
      workspace.outcome = new Promise(() => undefined);
      workspace.setInteractions(offered('o', 'Otto'));
      const element = await create();
      getByRole(element, 'button', 'Accept').click();
      getByRole(element, 'button', 'Accept').click();
      getByRole(element, 'button', 'Reject').click();
      expect(workspace.calls).to.deep.equal([['accept', 'o']]);
    });
  });

  describe('keyboard', () => {
    it('is one stop of the Tab key, with arrows, Home and End inside', async () => {
      three();
      workspace.selected$.next('b');
      const element = await create();
      expect(tiles(element).map((tile) => tile.tabIndex)).to.deep.equal([-1, 0, -1]);
      tiles(element)[1]?.focus();
      const path: (string | undefined)[] = [];
      for (const press of ['ArrowDown', 'ArrowDown', 'Home', 'ArrowRight', 'End', 'ArrowUp']) {
        await sendKeys({ press });
        path.push(focused());
      }
      expect(path).to.deep.equal(['a', 'a', 'c', 'b', 'a', 'b']);
      await sendKeys({ press: 'Enter' });
      expect(workspace.calls).to.deep.equal([['select', 'b']]);
    });

    it('turns left and right round in Arabic', async () => {
      three();
      const page = await fixture(
        html`<div lang="ar"><interaction-bar .workspace=${workspace}></interaction-bar></div>`,
      );
      const element = page.querySelector('interaction-bar') as InteractionBar;
      await element.updateComplete;
      tiles(element)[0]?.focus();
      await sendKeys({ press: 'ArrowLeft' });
      expect(focused()).to.equal('b');
    });

    it('leaves Alt and a digit to the bar of the workspace in which the keys are pressed', async () => {
      three();
      await create({ sort: 'arrival' });
      const first = workspace;
      workspace = new FakeWorkspace();
      three();
      const second = await create({ sort: 'arrival' });
      const modifier = navigator.platform.startsWith('Mac') ? 'Control' : 'Alt';
      tiles(second)[0]?.focus();
      await sendKeys({ down: modifier });
      await sendKeys({ press: '2' });
      await sendKeys({ up: modifier });
      expect(first.calls).to.deep.equal([]);
      expect(workspace.calls).to.deep.equal([['select', 'b']]);
    });

    it('leaves Alt and a digit to the first bar where the element with the focus has no workspace', async () => {
      three();
      await create({ sort: 'arrival' });
      const composer = await fixture<HTMLElement>(html`<whatsapp-composer></whatsapp-composer>`);
      const modifier = navigator.platform.startsWith('Mac') ? 'Control' : 'Alt';
      composer.focus();
      await sendKeys({ down: modifier });
      await sendKeys({ press: '2' });
      await sendKeys({ up: modifier });
      expect(workspace.calls).to.deep.equal([['select', 'b']]);
    });

    it('goes to the n-th with Alt and a digit from anywhere inside our elements, and to the most urgent with 0', async () => {
      three();
      const element = await create({ sort: 'arrival' });
      const modifier = navigator.platform.startsWith('Mac') ? 'Control' : 'Alt';
      const heard: string[] = [];
      const hear = ({ code }: KeyboardEvent): unknown => code.startsWith('Digit') && heard.push(code);
      document.addEventListener('keydown', hear);
      const press = async (digit: string): Promise<void> => {
        await sendKeys({ down: modifier });
        await sendKeys({ press: digit });
        await sendKeys({ up: modifier });
      };
      tiles(element)[0]?.focus();
      await press('2');
      await press('0');
      expect(heard).to.deep.equal([]);
      // Leads nowhere, so it is the page's.
      await press('9');
      tiles(element)[0]?.blur();
      await press('1');
      document.removeEventListener('keydown', hear);
      expect(heard).to.deep.equal(['Digit9', 'Digit1']);
      expect(workspace.calls).to.deep.equal([
        ['select', 'b'],
        ['select', 'c'],
      ]);
    });

    it('never takes the focus for an invitation', async () => {
      const input = await fixture<HTMLInputElement>(html`<input aria-label="Notes" />`);
      const element = await create();
      input.focus();
      workspace.setInteractions(offered('o', 'Otto'));
      await element.updateComplete;
      expect(document.activeElement).to.equal(input);
    });

    it('goes on to the tile of what was accepted', async () => {
      workspace.setInteractions(offered('o', 'Otto'));
      const element = await create();
      getByRole(element, 'button', 'Accept').focus();
      await sendKeys({ press: 'Enter' });
      workspace.setInteractions(open('o', 'Otto', 9));
      await waitUntil(() => focused() === 'o');
    });

    it('goes on to the next invitation after a rejection', async () => {
      workspace.setInteractions(offered('o', 'Otto'), offered('p', 'Petra'));
      const element = await create();
      getByRole(element, 'button', 'Reject').focus();
      workspace.setInteractions(offered('p', 'Petra'));
      await waitUntil(() => nameOf(deepActiveElement() as Element) === 'Accept');
    });

    it('keeps the focus on its tile when the order changes', async () => {
      three();
      const element = await create();
      // With the pointer, and gone since: else nothing would move.
      const { x, y } = tiles(element)[2]?.getBoundingClientRect() ?? new DOMRect();
      await sendMouse({ type: 'click', position: [Math.round(x + 20), Math.round(y + 10)] });
      await sendMouse({ type: 'move', position: [0, 590] });
      expect(focused()).to.equal('a');
      workspace.setInteractions(open('a', 'Amina', 300), open('b', 'Berta', 5), open('c', 'Chidi', 40));
      await element.updateComplete;
      expect(order(element)).to.deep.equal(['a', 'c', 'b']);
      await waitUntil(() => focused() === 'a');
    });

    it('gives the focus to the neighbour of a tile that goes', async () => {
      three();
      const element = await create();
      tiles(element)[1]?.focus();
      workspace.setInteractions(open('a', 'Amina', null), open('c', 'Chidi', 40));
      await waitUntil(() => focused() === 'a');
    });
  });

  describe('lifecycle', () => {
    it('says what to do when nothing is open', async () => {
      const element = await create();
      expect(shadowText(element)).to.equal('No open interactions. New ones ring here.');
      workspace.patch({ agent: anAgent({ status: 'not-ready' }) });
      await element.updateComplete;
      expect(shadowText(element)).to.equal('No open interactions. Choose Ready to get new ones.');
    });

    it('counts an invitation down', async () => {
      workspace.setInteractions(offered('o', 'Otto'));
      const element = await create();
      const left = (): string | undefined =>
        allByRole(element, 'img')
          .map(nameOf)
          .find((name) => name.includes('left'));
      expect(left()).to.equal('22 s left to answer');
      workspace.clock.at += 20_500;
      element.requestUpdate();
      await element.updateComplete;
      expect(left()).to.equal('2 s left to answer');
      workspace.clock.at += 20_500;
      element.requestUpdate();
      await element.updateComplete;
      expect(left()).to.equal('0 s left to answer');
    });

    it('renders nothing but the time that is left while an invitation rings', async () => {
      workspace.setInteractions(offered('o', 'Otto'), open('a', 'Amina', null));
      const element = await create();
      const left = (): string | undefined =>
        allByRole(element, 'img')
          .map(nameOf)
          .find((name) => name.includes('left'));
      await waitUntil(() => left() === '22 s left to answer');
      let renderings = 0;
      element.addController({ hostUpdated: () => (renderings += 1) });
      workspace.clock.at += 3000;
      await waitUntil(() => left() === '19 s left to answer');
      expect(renderings).to.equal(0);
    });

    it('is as high as the window at most where what it is in has no height, and renders what is in sight', async () => {
      workspace.setInteractions(
        ...Array.from({ length: 150 }, (_, i) => open(`i${i}`, `Name ${i}`, 100 + i)),
      );
      const element = await create();
      await waitUntil(() => element.getBoundingClientRect().height <= innerHeight);
      await waitUntil(() => tiles(element).length < 100);
      element.style.setProperty('--whatsapp-max-block-size', '300px');
      await waitUntil(() => element.getBoundingClientRect().height === 300);
    });

    it('brings what comes in front into sight', async () => {
      workspace.setInteractions(...Array.from({ length: 20 }, (_, i) => open(`i${i}`, `Name ${i}`, 100 - i)));
      const element = await create();
      element.style.blockSize = '200px';
      workspace.selected$.next('i15');
      await element.updateComplete;
      const tile = tiles(element)[15]?.getBoundingClientRect();
      const box = element.getBoundingClientRect();
      expect(tile?.bottom).to.be.at.most(box.bottom + 1);
      expect(tile?.top).to.be.at.least(box.top - 1);
    });
  });

  describe('errors', () => {
    it('says why an answer was refused, until it is closed', async () => {
      workspace.setInteractions(offered('o', 'Otto'));
      workspace.outcome = { ok: false, error: { kind: 'offer-ended', sentence: '', retryable: false } };
      const element = await create();
      getByRole(element, 'button', 'Accept').click();
      await waitUntil(() => byRole(element, 'alert'));
      expect(getByRole(element, 'alert').textContent)
        .to.contain('Otto')
        .and.to.contain('The time to answer was over');
      expect(workspace.calls).to.deep.equal([['accept', 'o']]);
      getByRole(element, 'button', 'Close').click();
      await element.updateComplete;
      expect(byRole(element, 'alert')).to.equal(null);
    });
  });
});
