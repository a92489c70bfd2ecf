import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import type { CommandOutcome } from '../../src/context/index.js';
import type { InteractionBar } from '../../src/elements/interaction-bar/interaction-bar.js';
import '../../src/define/interaction-bar.js';
import { aContact, anInteraction, NOON } from '../support/builders.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { allByRole, byRole, deepActiveElement, getByRole, nameOf } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

let workspace: FakeWorkspace;

async function create(): Promise<InteractionBar> {
  const named = (id: string, name: string) =>
    anInteraction({
      id,
      contact: aContact({ id: `contact-${id}`, name }),
      pendency: { since: NOON - 5_000, count: 2 },
      lastMessage: { id: `last-${id}`, direction: 'inbound', at: NOON, kind: 'text', text: `${id} writes` },
    });
  workspace.setInteractions(named('a', 'Amina'), named('b', 'Berta'));
  workspace.setWorkbins(
    { id: 'personal:ana', name: 'Ana', owner: 'ana', count: 0 },
    { id: 'team', name: 'Returns', owner: null, count: 0 },
    { id: 'old', name: 'Old', owner: null, count: 0, closed: true },
  );
  const element = await fixture<InteractionBar>(
    html`<interaction-bar .workspace=${workspace}></interaction-bar>`,
  );
  await element.updateComplete;
  return element;
}

const tile = (element: Element, id: string): HTMLElement =>
  element.shadowRoot?.querySelector<HTMLElement>(`[data-roving="${id}"]`) ?? document.body;
const dots = (element: Element): string[] =>
  allByRole(element, 'button')
    .map(nameOf)
    .filter((name) => name.startsWith('More actions'));
const items = (element: Element): string[] => allByRole(element, 'menuitem').map(nameOf);

async function point(at: Element, button?: 'right'): Promise<void> {
  const { left, top, height } = at.getBoundingClientRect();
  const position: [number, number] = [Math.round(left + 20), Math.round(top + height / 2)];
  await sendMouse(button ? { type: 'click', position, button } : { type: 'move', position });
}

/** Opens the menu of a tile by the keyboard. */
async function opened(element: InteractionBar, id: string): Promise<void> {
  tile(element, id).focus();
  await element.updateComplete;
  await sendKeys({ press: 'Tab' });
  await sendKeys({ press: 'Enter' });
  await waitUntil(() => byRole(element, 'menu'), 'the menu');
}

async function choose(element: InteractionBar, id: string, name: string): Promise<void> {
  await opened(element, id);
  getByRole(element, 'menuitem', name).click();
  await element.updateComplete;
}

describe('the actions of a tile', () => {
  // The pointer of Firefox's test driver stays over the tiles from test to test.
  before(function () {
    if (navigator.userAgent.includes('Firefox')) this.skip();
  });
  beforeEach(() => (workspace = new FakeWorkspace()));
  afterEach(() => resetMouse());

  it('are behind a button on the tile that the pointer is on, which moves nothing', async () => {
    const element = await create();
    const places = (): unknown[] =>
      [...tile(element, 'a').querySelectorAll('*')].map((part) => part.getBoundingClientRect().toJSON());
    const before = places();
    expect(dots(element)).to.deep.equal([]);
    await point(tile(element, 'a'));
    await waitUntil(() => dots(element).length > 0, 'the button');
    expect(dots(element)).to.deep.equal(['More actions: Amina']);
    expect(places()).to.deep.equal(before);
    await point(tile(element, 'b'));
    await waitUntil(() => dots(element)[0] === 'More actions: Berta', 'that of the other tile');
    expect(dots(element)).to.have.length(1);
    await resetMouse();
  });

  it('are one Tab after the tile that has the focus, and offer what the header of the conversation does', async () => {
    const element = await create();
    await opened(element, 'a');
    await expect(element).to.be.accessible();
    expect(items(element)).to.deep.equal([
      'Open',
      'Move to Workbin: My workbin',
      'Move to Workbin: Returns',
      'Mark Done',
    ]);
    await sendKeys({ press: 'ArrowDown' });
    expect(nameOf(deepActiveElement() ?? element)).to.equal('Move to Workbin: My workbin');
    await sendKeys({ press: 'Escape' });
    expect(byRole(element, 'menu')).to.equal(null);
    expect(nameOf(deepActiveElement() ?? element)).to.equal('More actions: Amina');
    expect(tile(element, 'a').tabIndex).to.equal(0);
  });

  it('open by the second button of the pointer, as by the context-menu key', async function () {
    // After it, the keyboard of WebKit's test driver knows no Shift any more, in all tests that follow.
    if (!navigator.userAgent.includes('Chrome')) this.skip();
    const element = await create();
    await point(tile(element, 'b'), 'right');
    await waitUntil(() => byRole(element, 'menu'), 'the menu');
    expect(dots(element)).to.deep.equal(['More actions: Berta']);
    expect(nameOf(deepActiveElement() ?? element)).to.equal('Open');
    await sendKeys({ press: 'Escape' });
    tile(element, 'a').focus();
    const event = new MouseEvent('contextmenu', { bubbles: true, composed: true, cancelable: true });
    tile(element, 'a').dispatchEvent(event);
    expect(event.defaultPrevented).to.equal(true);
    await waitUntil(() => byRole(element, 'menu'), 'the menu');
    expect(dots(element)).to.deep.equal(['More actions: Amina']);
  });

  it('put it in front, unless it is there already', async () => {
    const element = await create();
    await choose(element, 'b', 'Open');
    expect(workspace.calls).to.deep.equal([['select', 'b']]);
    await opened(element, 'b');
    expect(items(element)).not.to.include('Open');
  });

  it('park it and mark it done, asking the page before', async () => {
    const element = await create();
    const asked = oneEvent(element, 'interaction-park');
    await choose(element, 'a', 'Move to Workbin: Returns');
    expect((await asked).detail.workbin).to.equal('team');
    await choose(element, 'b', 'Mark Done');
    expect(workspace.calls).to.deep.equal([
      ['moveToWorkbin', 'a', 'team'],
      ['markDone', 'b'],
    ]);
    element.addEventListener('interaction-finish', (event) => event.preventDefault());
    await choose(element, 'a', 'Mark Done');
    expect(workspace.calls).to.have.length(2);
  });

  it('say whose was refused, and why', async () => {
    const element = await create();
    workspace.outcome = {
      ok: false,
      error: { kind: 'unavailable', sentence: '', retryable: true },
    } as CommandOutcome;
    await choose(element, 'a', 'Mark Done');
    await waitUntil(() => byRole(element, 'alert'), 'the reason');
    expect(getByRole(element, 'alert').textContent).to.contain('Amina');
  });

  it('close alone with Escape where the list of hidden tiles is open under them', async () => {
    const element = await create();
    const [first] = workspace.state.interactions.values();
    const more = ['c', 'd', 'e', 'f'].map((id) => ({ ...(first ?? anInteraction()), id }));
    workspace.setInteractions(...workspace.state.interactions.values(), ...more);
    element.style.setProperty('--whatsapp-interaction-bar-flow', 'row');
    element.style.inlineSize = '320px';
    await waitUntil(() => byRole(element, 'button', /more$/), 'the button of hidden tiles');
    getByRole(element, 'button', /more$/).click();
    await element.updateComplete;
    const list = getByRole(element, 'list', 'More open interactions');
    list
      .querySelector('.row')
      ?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, composed: true, cancelable: true }));
    await waitUntil(() => byRole(element, 'menu'), 'the menu');
    await sendKeys({ press: 'Escape' });
    expect(byRole(element, 'menu')).to.equal(null);
    expect(list.matches(':popover-open')).to.equal(true);
    await sendKeys({ press: 'Escape' });
    expect(list.matches(':popover-open')).to.equal(false);
  });

  it('leave the focus in the bar when the tile goes', async () => {
    const element = await create();
    await choose(element, 'a', 'Mark Done');
    workspace.setInteractions(...[...workspace.state.interactions.values()].filter(({ id }) => id !== 'a'));
    await element.updateComplete;
    await waitUntil(() => deepActiveElement() === tile(element, 'b'), 'the other tile');
  });
});
