import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { AgentStatus } from '../../src/elements/agent-status/agent-status.js';
import type { CommandOutcome } from '../../src/context/index.js';
import '../../src/define/agent-status.js';
import { DEFAULT_POLICY } from '../../src/model/index.js';
import { anAgent, NOON } from '../support/builders.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { allByRole, byRole, deepActiveElement, getByRole, nameOf, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

let workspace: FakeWorkspace;

const create = (reasons = ''): Promise<AgentStatus> =>
  fixture<AgentStatus>(html`<agent-status .workspace=${workspace} reasons=${reasons}></agent-status>`);

const button = (element: Element): HTMLButtonElement => getByRole(element, 'button') as HTMLButtonElement;

/** What is in the menu, by name; it is open after this. */
function offered(element: Element): string[] {
  if (!byRole(element, 'menu')) button(element).click();
  return allByRole(element, 'menuitem').map(nameOf);
}

/** What the menu says holds. */
function current(element: Element): string[] {
  offered(element);
  return allByRole(element, 'menuitem')
    .filter((item) => item.getAttribute('aria-current') === 'true')
    .map(nameOf);
}

async function choose(element: AgentStatus, name: string): Promise<void> {
  offered(element);
  getByRole(element, 'menuitem', name).click();
  await element.updateComplete;
}

async function refused(element: AgentStatus, name: string, kind = 'unavailable'): Promise<HTMLElement> {
  workspace.outcome = { ok: false, error: { kind, sentence: '', retryable: true } } as CommandOutcome;
  await choose(element, name);
  await waitUntil(() => byRole(element, 'alert'));
  return getByRole(element, 'alert');
}

async function notReady(element: AgentStatus, reason: string | null = null): Promise<void> {
  workspace.patch({ agent: anAgent({ status: 'not-ready', reason }) });
  await element.updateComplete;
}

describe('<agent-status>', () => {
  beforeEach(() => (workspace = new FakeWorkspace()));

  describe('accessibility', () => {
    it('keeps the focus, and the next key from the page, when nothing can be chosen any more', async () => {
      const element = await create();
      button(element).focus();
      workspace.patch({ agent: null });
      const group = getByRole(element, 'group');
      await waitUntil(() => deepActiveElement() === group);
      const heard: string[] = [];
      const hear = ({ key }: KeyboardEvent): unknown => heard.push(key);
      document.addEventListener('keydown', hear);
      await sendKeys({ press: 'g' });
      document.removeEventListener('keydown', hear);
      expect(heard).to.deep.equal([]);
    });

    it('has no violations when ready, not ready and without a workspace', async () => {
      const element = await create('Lunch, Training');
      await expect(element).to.be.accessible();
      await notReady(element, 'Lunch');
      await expect(element).to.be.accessible();
      await expect(await fixture(html`<agent-status></agent-status>`)).to.be.accessible();
    });

    it('says that it has no workspace, once one might have come', async () => {
      const element = await fixture<HTMLElement>(html`<agent-status></agent-status>`);
      expect(shadowText(element)).not.to.contain('Not connected');
      await waitUntil(() => shadowText(element).includes('Not connected to a workspace.'));
      expect(nameOf(button(element))).to.equal('Not connected to a workspace.');
    });

    it('has no violations when open and when refused', async () => {
      const element = await create('Lunch, Training');
      await notReady(element, 'Lunch');
      offered(element);
      await expect(element).to.be.accessible();
      await refused(element, 'Ready');
      await expect(element).to.be.accessible();
    });

    it('names the agent, and in its button what the status is, with its reason', async () => {
      const element = await create();
      expect(shadowText(element)).to.contain('Ana Silva');
      expect(nameOf(button(element))).to.equal('Status: Ready');
      await notReady(element);
      expect(nameOf(button(element))).to.equal('Status: Not Ready');
      await notReady(element, 'Lunch');
      expect(nameOf(button(element))).to.equal('Status: Not Ready, Lunch');
    });

    it('says what a newer contact centre calls the status, and neither of the two', async () => {
      workspace.patch({ agent: anAgent({ status: 'logged-out' }) });
      const element = await create();
      expect(nameOf(button(element))).to.equal('Status: logged-out');
      expect(shadowText(element)).to.contain('logged-out');
      expect(current(element)).to.deep.equal([]);
    });

    it('says that it was refused, for a reason that only a newer contact centre has', async () => {
      const alert = await refused(await create(), 'Not Ready', 'not-allowed');
      expect(alert.textContent).to.contain('The contact centre refused this.');
    });

    it('shows no Ready that nobody knows of: without a link the mark is empty', async () => {
      const element = await create();
      const mark = (): string => {
        const dot = button(element).querySelector('.dot');
        return dot ? getComputedStyle(dot).backgroundColor : '';
      };
      const ready = mark();
      workspace.connection$.next({ at: 'waiting', retryAt: NOON + 5000, attempt: 1 });
      await element.updateComplete;
      expect(mark()).to.equal('rgba(0, 0, 0, 0)');
      expect(nameOf(button(element))).to.equal('Status: Ready');
      workspace.connection$.next({ at: 'online', since: NOON });
      await element.updateComplete;
      expect(mark()).to.equal(ready);
    });

    it('is never red', async () => {
      const element = await create();
      await notReady(element);
      const critical = getComputedStyle(element).getPropertyValue('--_pending-critical');
      const probe = document.createElement('i');
      probe.style.color = critical;
      element.shadowRoot?.append(probe);
      const red = getComputedStyle(probe).color;
      for (const node of button(element).querySelectorAll('*')) {
        const { color, backgroundColor, borderTopColor } = getComputedStyle(node);
        expect([color, backgroundColor, borderTopColor]).not.to.include(red);
      }
    });
  });

  describe('menu', () => {
    it('offers Ready, Not Ready and the reasons, and says which of them holds', async () => {
      const element = await create(' Lunch, Training ,');
      expect(offered(element)).to.deep.equal(['Ready', 'Not Ready', 'Lunch', 'Training', 'Settings']);
      expect(current(element)).to.deep.equal(['Ready']);
      await notReady(element);
      expect(current(element)).to.deep.equal(['Not Ready']);
      await notReady(element, 'Training');
      expect(current(element)).to.deep.equal(['Training']);
    });

    it('offers the reasons of the contact centre as they are by now, unless the page has its own', async () => {
      workspace.patch({ policy: { ...DEFAULT_POLICY, notReadyReasons: ['Break'] } });
      const [centre, page] = [await create(), await create('Errand')];
      expect(offered(centre).slice(2, -1)).to.deep.equal(['Break']);
      workspace.patch({ policy: { ...DEFAULT_POLICY, notReadyReasons: ['Break', 'Lunch'] } });
      await centre.updateComplete;
      expect(offered(centre).slice(2, -1)).to.deep.equal(['Break', 'Lunch']);
      expect(offered(page).slice(2, -1)).to.deep.equal(['Errand']);
    });

    it('has a reason that is not in its list, while it holds', async () => {
      const element = await create('Lunch');
      await notReady(element, 'Set by the supervisor');
      expect(current(element)).to.deep.equal(['Set by the supervisor']);
    });
  });

  describe('events', () => {
    it('asks before it acts, and goes on unless prevented', async () => {
      const element = await create();
      const asked = oneEvent(element, 'agent-status-select');
      await choose(element, 'Not Ready');
      expect((await asked).detail).to.deep.equal({ status: 'not-ready', reason: null });
      expect(workspace.calls).to.deep.equal([['setStatus', 'not-ready', null]]);
    });

    it('asks for Not Ready with the reason', async () => {
      const element = await create('Lunch');
      const asked = oneEvent(element, 'agent-status-select');
      await choose(element, 'Lunch');
      expect((await asked).detail).to.deep.equal({ status: 'not-ready', reason: 'Lunch' });
      expect(workspace.calls).to.deep.equal([['setStatus', 'not-ready', 'Lunch']]);
    });

    it('does nothing when prevented', async () => {
      const element = await create();
      element.addEventListener('agent-status-select', (event) => event.preventDefault());
      await choose(element, 'Not Ready');
      expect(workspace.calls).to.deep.equal([]);
      expect(nameOf(button(element))).to.equal('Status: Ready');
    });

    it('does not wish for what is so already', async () => {
      const element = await create();
      await choose(element, 'Ready');
      expect(workspace.calls).to.deep.equal([]);
    });
  });

  it('is worked by the keyboard', async () => {
    const element = await create('Lunch');
    button(element).focus();
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'l' });
    await sendKeys({ press: 'Enter' });
    expect(workspace.calls).to.deep.equal([['setStatus', 'not-ready', 'Lunch']]);
    expect(deepActiveElement()).to.equal(button(element));
  });

  describe('settings', () => {
    const dialog = (element: Element): HTMLElement | null =>
      element.shadowRoot?.querySelector<HTMLElement>('dialog[open]') ?? null;

    async function opened(): Promise<AgentStatus> {
      const element = await create();
      button(element).focus();
      await sendKeys({ press: 'ArrowUp' });
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => dialog(element), 'the dialog');
      await waitUntil(() => byRole(element, 'combobox', 'Language'), 'the settings in it');
      return element;
    }

    it('are opened from the menu by the keyboard, in a dialog that has the focus and a name', async () => {
      const element = await opened();
      expect(deepActiveElement()).to.equal(dialog(element));
      expect(dialog(element)?.matches(':modal')).to.equal(true);
      expect(nameOf(dialog(element) ?? element)).to.equal('Settings');
      await expect(element).to.be.accessible();
    });

    it('are gone through with Tab and closed with Escape, of which the page hears nothing; the focus goes back', async () => {
      const element = await opened();
      const heard: string[] = [];
      const listen = (event: KeyboardEvent): number => heard.push(event.key);
      document.addEventListener('keydown', listen);
      await sendKeys({ press: 'Tab' });
      expect(deepActiveElement()).to.equal(getByRole(element, 'button', 'Close'));
      await sendKeys({ press: 'Tab' });
      expect(deepActiveElement()).to.equal(getByRole(element, 'combobox', 'Language'));
      await sendKeys({ press: 'Escape' });
      document.removeEventListener('keydown', listen);
      await element.updateComplete;
      expect(dialog(element)).to.equal(null);
      expect(deepActiveElement()).to.equal(button(element));
      expect(heard.filter((key) => key !== 'Tab')).to.deep.equal([]);
    });

    it('are closed by their button and by a press beside them, and can be opened again', async () => {
      const element = await opened();
      getByRole(element, 'button', 'Close').click();
      await waitUntil(() => deepActiveElement() === button(element));
      await choose(element, 'Settings');
      await waitUntil(() => dialog(element));
      dialog(element)?.dispatchEvent(new MouseEvent('click', { clientX: 1, clientY: 1, bubbles: true }));
      await waitUntil(() => deepActiveElement() === button(element));
      expect(dialog(element)).to.equal(null);
    });

    it('do not open once the element is taken out', async () => {
      const element = await opened();
      await sendKeys({ press: 'Escape' });
      await choose(element, 'Settings');
      element.remove();
      await element.updateComplete;
      expect(dialog(element)).to.equal(null);
    });

    it('do not come back with the element after it was taken out', async () => {
      const element = await opened();
      const place = element.parentElement;
      element.remove();
      place?.append(element);
      await element.updateComplete;
      expect(dialog(element)).to.equal(null);
      expect(document.querySelector(':modal')).to.equal(null);
    });
  });

  describe('lifecycle', () => {
    it('shows the choice at once, and what became of it', async () => {
      const element = await create();
      let answer: (outcome: CommandOutcome) => void = () => undefined;
      workspace.outcome = new Promise((resolve) => (answer = resolve));
      await choose(element, 'Not Ready');
      expect(nameOf(button(element))).to.equal('Status: Not Ready');
      expect(getByRole(element, 'group').getAttribute('aria-busy')).to.equal('true');
      answer({ ok: true });
      await Promise.resolve();
      await element.updateComplete;
      expect(nameOf(button(element))).to.equal('Status: Not Ready');
      await notReady(element);
      expect(getByRole(element, 'group').getAttribute('aria-busy')).to.equal('false');
    });

    it('is disabled until the agent is known', async () => {
      workspace.patch({ agent: null });
      const element = await create();
      expect(button(element).disabled).to.equal(true);
      workspace.patch({ agent: anAgent() });
      await element.updateComplete;
      expect(button(element).disabled).to.equal(false);
      expect(nameOf(button(element))).to.equal('Status: Ready');
    });
  });

  describe('errors', () => {
    it('goes back and says why in sight, moving nothing, until the next choice', async () => {
      const element = await create();
      const { height } = element.getBoundingClientRect();
      const alert = await refused(element, 'Not Ready');
      expect(nameOf(button(element))).to.equal('Status: Ready');
      expect(alert.textContent).to.contain('Try again in a moment.');
      expect(alert.getBoundingClientRect().top).to.be.at.least(
        button(element).getBoundingClientRect().bottom,
      );
      expect(element.getBoundingClientRect().height).to.equal(height);
      workspace.outcome = { ok: true };
      await choose(element, 'Not Ready');
      expect(byRole(element, 'alert')).to.equal(null);
    });

    it('says no more why when Escape is pressed, and the page does not hear of it', async () => {
      const element = await create();
      await refused(element, 'Not Ready');
      const heard: string[] = [];
      const listen = (event: KeyboardEvent): number => heard.push(event.key);
      document.addEventListener('keydown', listen);
      await sendKeys({ press: 'Escape' });
      document.removeEventListener('keydown', listen);
      await element.updateComplete;
      expect(byRole(element, 'alert')).to.equal(null);
      expect(heard).to.deep.equal([]);
    });
  });
});
