import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { WorkbinList } from '../../src/elements/workbin-list/workbin-list.js';
import type { Interaction } from '../../src/model/index.js';
import '../../src/define/workbin-list.js';
import { aContact, anInteraction, NOON } from '../support/builders.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { allByRole, byRole, deepActiveElement, getByRole, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

const MINE = { id: 'personal:ana', name: 'Ana', owner: 'ana', count: 2 };
const TEAM = { id: 'team', name: 'Team', owner: null, count: 1342 };
const OTHER = { id: 'night', name: 'Night shift', owner: null, count: 0 };

let workspace: FakeWorkspace;

const create = (): Promise<WorkbinList> =>
  fixture<WorkbinList>(html`<workbin-list .workspace=${workspace}></workbin-list>`);

const parked = (id: string, name: string, seconds: number | null = null): Interaction =>
  anInteraction({
    id,
    state: 'parked',
    agent: null,
    contact: aContact({ id: `contact-${id}`, name }),
    parking: { workbin: MINE.id, by: 'ana', at: NOON - 60_000 },
    pendency: seconds === null ? null : { since: NOON - seconds * 1000, count: 1 },
    lastMessage: { id: `last-${id}`, direction: 'inbound', at: NOON, kind: 'text', text: `${id} writes` },
  });

const rows = (element: Element): HTMLElement[] =>
  allByRole(element, 'button').filter((button) => button.dataset['roving'] !== undefined);
const heading = (element: Element, name: RegExp): HTMLElement => getByRole(element, 'button', name);

describe('<workbin-list>', () => {
  beforeEach(() => {
    workspace = new FakeWorkspace();
    workspace.setWorkbins(MINE, TEAM, OTHER);
    workspace.setWorkbin(MINE.id, { interactions: [parked('p', 'Petra', 240), parked('q', 'Quentin')] });
  });

  describe('accessibility', () => {
    it('has no violations full, empty, loading, failed and refused', async () => {
      const element = await create();
      await expect(element).to.be.accessible();
      workspace.outcome = { ok: false, error: { kind: 'taken', sentence: '', retryable: false } };
      getByRole(element, 'button', 'Open').click();
      await waitUntil(() => byRole(element, 'alert'));
      await expect(element).to.be.accessible();
      const views = [
        {},
        { loaded: false, loading: true },
        { loaded: false, error: { kind: 'offline', sentence: '' } as const },
      ];
      for (const view of views) {
        workspace.setWorkbin(MINE.id, view);
        await element.updateComplete;
        await expect(element).to.be.accessible();
      }
    });

    it('is a region with workbins that fold, their counts in their names', async () => {
      const element = await create();
      getByRole(element, 'region', 'Workbins');
      expect(heading(element, /My workbin.*2 parked/).getAttribute('aria-expanded')).to.equal('true');
      expect(heading(element, /Team workbin.*1,342 parked/).getAttribute('aria-expanded')).to.equal('false');
      heading(element, /Night shift/);
    });

    it('calls the team’s workbin by the name that the contact centre gave it', async () => {
      workspace.setWorkbins({ ...TEAM, name: 'Second line' });
      const element = await create();
      heading(element, /Second line.*1,342 parked/);
    });

    it('names whom each Open is about', async () => {
      const element = await create();
      const [first] = allByRole(element, 'button', 'Open');
      const id = first?.getAttribute('aria-describedby') ?? '';
      expect(element.shadowRoot?.getElementById(id)?.textContent).to.equal('Petra');
    });
  });

  describe('without a workspace', () => {
    it('says that it has no workspace, once one might have come', async () => {
      const element = await fixture<HTMLElement>(html`<workbin-list></workbin-list>`);
      expect(shadowText(element)).not.to.contain('Not connected');
      await waitUntil(() => shadowText(element).includes('Not connected to a workspace.'));
      expect(byRole(element, 'img', 'Loading')).to.equal(null);
    });
  });

  describe('properties', () => {
    it('shows contact, pendency and last message of what is parked', async () => {
      const element = await create();
      expect(shadowText(element)).to.contain('Petra').and.to.contain('p writes').and.to.contain('4 min');
    });

    it('loads only what is unfolded', async () => {
      const element = await create();
      expect(workspace.workbin(TEAM.id).observed).to.equal(false);
      heading(element, /Team/).click();
      await element.updateComplete;
      expect(workspace.workbin(TEAM.id).observed).to.equal(true);
      expect(workspace.workbin(MINE.id).observed).to.equal(false);
      heading(element, /Team/).click();
      await element.updateComplete;
      expect(workspace.workbin(TEAM.id).observed).to.equal(false);
      expect(rows(element)).to.have.length(0);
    });

    it('unfolds the workbin that its attribute names', async () => {
      const element = await create();
      element.setAttribute('workbin', 'night');
      workspace.setWorkbin('night', { interactions: [parked('n', 'Nadia')] });
      await element.updateComplete;
      expect(shadowText(element)).to.contain('Nadia').and.not.to.contain('Petra');
    });

    it('renders, of 10,000 parked interactions, those in sight', async () => {
      const many = Array.from({ length: 10_000 }, (_, i) => parked(`m${i}`, `Name ${i}`, i));
      const element = await create();
      element.style.blockSize = '600px';
      workspace.setWorkbin(MINE.id, { interactions: many });
      const inSight = () => rows(element).length > 10 && rows(element).length < 60;
      await waitUntil(inSight, 'shows some');
      const list = element.shadowRoot?.querySelector('.parked') as HTMLElement;
      expect(list.scrollHeight).to.be.above(10_000 * 32);
      list.scrollTop = list.scrollHeight / 2;
      await waitUntil(() => shadowText(element).includes('Name 5000'), 'shows the middle');
      expect(rows(element).length).to.be.below(61);
      const middle = rows(element).find((row) => row.textContent?.includes('Name 5000'));
      expect(middle?.closest('li')?.getAttribute('aria-posinset')).to.equal('5001');
    });

    it('goes to the last of 10,000 with the End key', async () => {
      const many = Array.from({ length: 10_000 }, (_, i) => parked(`m${i}`, `Name ${i}`));
      const element = await create();
      element.style.blockSize = '600px';
      workspace.setWorkbin(MINE.id, { interactions: many });
      await element.updateComplete;
      rows(element)[0]?.focus();
      await sendKeys({ press: 'End' });
      await waitUntil(() => (deepActiveElement() as HTMLElement).dataset['roving'] === 'm9999');
      await waitUntil(() => shadowText(element).includes('Name 9990'));
    });
  });

  describe('events', () => {
    it('asks before it takes one back, then puts it in front', async () => {
      const element = await create();
      const asked = oneEvent(element, 'interaction-open');
      const selects: string[] = [];
      element.addEventListener('interaction-select', ({ detail }) => selects.push(detail.interaction.id));
      getByRole(element, 'button', 'Open').click();
      expect((await asked).detail.interaction.id).to.equal('p');
      await waitUntil(() => workspace.calls.length === 2);
      expect(selects).to.deep.equal(['p']);
      expect(workspace.calls).to.deep.equal([
        ['open', 'p'],
        ['select', 'p'],
      ]);
    });

    it('does not when prevented', async () => {
      const element = await create();
      element.addEventListener('interaction-open', (event) => event.preventDefault());
      getByRole(element, 'button', 'Open').click();
      await element.updateComplete;
      expect(workspace.calls).to.deep.equal([]);
    });

    it('chooses with a click and opens with a double click, once', async () => {
      const element = await create();
      workspace.outcome = new Promise(() => undefined);
      const [, second] = rows(element);
      second?.click();
      await element.updateComplete;
      expect(second?.getAttribute('aria-current')).to.equal('true');
      expect(workspace.calls).to.deep.equal([]);
      second?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
      second?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
      expect(workspace.calls).to.deep.equal([['open', 'q']]);
    });

    it('loads more when the end of the list comes near, and not before', async () => {
      const element = await create();
      element.style.blockSize = '300px';
      const many = Array.from({ length: 100 }, (_, i) => parked(`m${i}`, `Name ${i}`));
      workspace.setWorkbin(MINE.id, { interactions: many, hasMore: true });
      await element.updateComplete;
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      expect(workspace.calls).to.deep.equal([]);
      const list = element.shadowRoot?.querySelector('.parked') as HTMLElement;
      await waitUntil(() => {
        list.scrollTop = list.scrollHeight;
        return workspace.calls.length > 0;
      });
      expect(workspace.calls[0]).to.deep.equal(['loadMoreOfWorkbin', MINE.id]);
    });
  });

  describe('keyboard', () => {
    it('is one stop of the Tab key with arrow keys inside; Enter opens', async () => {
      const element = await create();
      rows(element)[0]?.focus();
      await sendKeys({ press: 'ArrowDown' });
      expect((deepActiveElement() as HTMLElement).dataset['roving']).to.equal('q');
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => workspace.calls.length > 0);
      expect(workspace.calls[0]).to.deep.equal(['open', 'q']);
    });

    it('reaches Open of the row with Tab', async () => {
      const element = await create();
      rows(element)[1]?.focus();
      await element.updateComplete;
      await sendKeys({ press: 'Tab' });
      expect(deepActiveElement()?.textContent?.trim()).to.equal('Open');
      await sendKeys({ press: 'Enter' });
      expect(workspace.calls[0]).to.deep.equal(['open', 'q']);
    });
  });

  describe('lifecycle', () => {
    it('says what a workbin is for when it is empty', async () => {
      workspace.setWorkbin(MINE.id, {});
      expect(shadowText(await create())).to.contain('Nothing is parked here.');
    });

    it('loses what somebody else has taken', async () => {
      const element = await create();
      workspace.setWorkbin(MINE.id, { interactions: [parked('q', 'Quentin')] });
      await element.updateComplete;
      expect(rows(element).map((row) => row.dataset['roving'])).to.deep.equal(['q']);
    });
  });

  it('is as high as the page at most where its parent has no height, and renders no more than that', async () => {
    const many = Array.from({ length: 400 }, (_, i) => parked(`n${i}`, `Name ${i}`));
    workspace.setWorkbin(MINE.id, { interactions: many });
    const element = await create();
    await waitUntil(() => rows(element).length > 0);
    element.requestUpdate();
    await waitUntil(() => rows(element).length < 100);
    expect(element.getBoundingClientRect().height).to.be.at.most(innerHeight);
    const list = element.shadowRoot?.querySelector('.parked');
    expect(list?.scrollHeight).to.be.greaterThan(list?.clientHeight ?? 0);
  });

  describe('errors', () => {
    it('says that another agent was first, about whom', async () => {
      workspace.outcome = { ok: false, error: { kind: 'taken', sentence: '', retryable: false } };
      const element = await create();
      getByRole(element, 'button', 'Open').click();
      await waitUntil(() => byRole(element, 'alert'));
      expect(getByRole(element, 'alert').textContent)
        .to.contain('Petra')
        .and.to.contain('Another agent was first.');
      expect(workspace.calls).to.deep.equal([['open', 'p']]);
    });

    it('says it over the rows, which stay where they are, until it is closed', async () => {
      workspace.outcome = { ok: false, error: { kind: 'taken', sentence: '', retryable: false } };
      const element = await create();
      const tops = (): number[] => rows(element).map((row) => row.getBoundingClientRect().top);
      const before = tops();
      expect(before).to.have.length(2);
      getByRole(element, 'button', 'Open').click();
      await waitUntil(() => byRole(element, 'alert'));
      expect(tops()).to.deep.equal(before);
      const said = getByRole(element, 'alert').getBoundingClientRect();
      expect(said.top).to.be.at.least(heading(element, /My workbin/).getBoundingClientRect().bottom);
      const close = getByRole(element, 'button', 'Close');
      close.focus();
      close.click();
      await waitUntil(() => !byRole(element, 'alert'));
      expect(tops()).to.deep.equal(before);
      await waitUntil(() => deepActiveElement() === rows(element)[0]);
    });

    it('tries again when a page could not be had', async () => {
      workspace.setWorkbin(MINE.id, { loaded: false, error: { kind: 'offline', sentence: '' } });
      const element = await create();
      getByRole(element, 'button', 'Try again').click();
      expect(workspace.calls).to.deep.equal([['loadMoreOfWorkbin', MINE.id]]);
    });

    it('keeps what it has when a later page could not be had', async () => {
      workspace.setWorkbin(MINE.id, {
        interactions: [parked('p', 'Petra')],
        hasMore: true,
        error: { kind: 'timeout', sentence: '' },
      });
      const element = await create();
      expect(rows(element)).to.have.length(1);
      getByRole(element, 'button', 'Try again');
    });
  });
});
