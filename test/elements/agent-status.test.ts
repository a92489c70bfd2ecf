import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { AgentStatus } from '../../src/elements/agent-status/agent-status.js';
import type { CommandOutcome } from '../../src/context/index.js';
import '../../src/define/agent-status.js';
import { anAgent } from '../support/builders.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { allByRole, byRole, getByRole, shadowText } from '../support/queries.js';

let workspace: FakeWorkspace;

const create = (reasons = ''): Promise<AgentStatus> =>
  fixture<AgentStatus>(html`<agent-status .workspace=${workspace} reasons=${reasons}></agent-status>`);

const pressed = (element: Element): string[] =>
  allByRole(element, 'button')
    .filter((button) => button.getAttribute('aria-pressed') === 'true')
    .map((button) => button.textContent?.trim() ?? '');

const notReady = (reason: string | null = null): void =>
  workspace.patch({ agent: anAgent({ status: 'not-ready', reason }) });

describe('<agent-status>', () => {
  beforeEach(() => (workspace = new FakeWorkspace()));

  describe('accessibility', () => {
    it('has no violations when ready, not ready, refused and without a workspace', async () => {
      const element = await create('Lunch, Training');
      await expect(element).to.be.accessible();
      notReady('Lunch');
      await element.updateComplete;
      await expect(element).to.be.accessible();
      workspace.outcome = { ok: false, error: { kind: 'unavailable', sentence: '', retryable: true } };
      getByRole(element, 'button', 'Ready').click();
      await waitUntil(() => byRole(element, 'alert'));
      await expect(element).to.be.accessible();
      await expect(await fixture(html`<agent-status></agent-status>`)).to.be.accessible();
    });

    it('names the agent and which of the two it is', async () => {
      const element = await create();
      expect(shadowText(element)).to.contain('Ana Silva');
      expect(pressed(element)).to.deep.equal(['Ready']);
    });
  });

  describe('properties', () => {
    it('offers reasons only when Not Ready, and only those that there are', async () => {
      const element = await create(' Lunch, Training ,');
      expect(byRole(element, 'combobox')).to.equal(null);
      notReady('Training');
      await element.updateComplete;
      const reasons = getByRole(element, 'combobox', 'Reason') as HTMLSelectElement;
      expect([...reasons.options].map(({ text }) => text)).to.deep.equal([
        'No reason given',
        'Lunch',
        'Training',
      ]);
      expect(reasons.value).to.equal('Training');
    });

    it('shows a reason that is not in its list', async () => {
      notReady('Set by the supervisor');
      const element = await create('Lunch');
      expect((getByRole(element, 'combobox') as HTMLSelectElement).value).to.equal('Set by the supervisor');
    });
  });

  describe('events', () => {
    it('asks before it acts, and goes on unless prevented', async () => {
      const element = await create();
      const asked = oneEvent(element, 'agent-status-select');
      getByRole(element, 'button', 'Not Ready').click();
      expect((await asked).detail).to.deep.equal({ status: 'not-ready', reason: null });
      expect(workspace.wishes).to.deep.equal([['setStatus', 'not-ready', null]]);
    });

    it('does nothing when prevented', async () => {
      const element = await create();
      element.addEventListener('agent-status-select', (event) => event.preventDefault());
      getByRole(element, 'button', 'Not Ready').click();
      await element.updateComplete;
      expect(workspace.wishes).to.deep.equal([]);
      expect(pressed(element)).to.deep.equal(['Ready']);
    });

    it('does not wish for what is so already', async () => {
      const element = await create();
      getByRole(element, 'button', 'Ready').click();
      expect(workspace.wishes).to.deep.equal([]);
    });
  });

  describe('keyboard', () => {
    it('is worked by Tab and Enter', async () => {
      const element = await create('Lunch');
      getByRole(element, 'button', 'Ready').focus();
      await sendKeys({ press: 'Tab' });
      await sendKeys({ press: 'Enter' });
      expect(workspace.wishes).to.deep.equal([['setStatus', 'not-ready', null]]);
    });

    it('sends the chosen reason', async () => {
      notReady();
      const element = await create('Lunch');
      const reasons = getByRole(element, 'combobox') as HTMLSelectElement;
      reasons.value = 'Lunch';
      reasons.dispatchEvent(new Event('change', { bubbles: true }));
      expect(workspace.wishes).to.deep.equal([['setStatus', 'not-ready', 'Lunch']]);
    });
  });

  describe('lifecycle', () => {
    it('shows the choice at once, and what became of it', async () => {
      const element = await create();
      let answer: (outcome: CommandOutcome) => void = () => undefined;
      workspace.outcome = new Promise((resolve) => (answer = resolve));
      getByRole(element, 'button', 'Not Ready').click();
      await element.updateComplete;
      expect(pressed(element)).to.deep.equal(['Not Ready']);
      expect(getByRole(element, 'group').getAttribute('aria-busy')).to.equal('true');
      answer({ ok: true });
      await Promise.resolve();
      await element.updateComplete;
      expect(pressed(element)).to.deep.equal(['Not Ready']);
      notReady();
      await element.updateComplete;
      expect(getByRole(element, 'group').getAttribute('aria-busy')).to.equal('false');
    });

    it('is disabled until the agent is known', async () => {
      workspace.patch({ agent: null });
      const element = await create();
      expect(allByRole(element, 'button').every((button) => (button as HTMLButtonElement).disabled)).to.equal(
        true,
      );
      workspace.patch({ agent: anAgent() });
      await element.updateComplete;
      expect(pressed(element)).to.deep.equal(['Ready']);
    });

    it('follows a change that was made elsewhere', async () => {
      const element = await create();
      notReady('Break');
      await element.updateComplete;
      expect(pressed(element)).to.deep.equal(['Not Ready']);
    });
  });

  describe('errors', () => {
    it('goes back and says why when refused, until the next choice', async () => {
      const element = await create();
      workspace.outcome = { ok: false, error: { kind: 'unavailable', sentence: 'no', retryable: true } };
      getByRole(element, 'button', 'Not Ready').click();
      await waitUntil(() => byRole(element, 'alert'));
      expect(pressed(element)).to.deep.equal(['Ready']);
      expect(byRole(element, 'alert')?.textContent).to.contain('Try again in a moment.');
      workspace.outcome = { ok: true };
      getByRole(element, 'button', 'Not Ready').click();
      await element.updateComplete;
      expect(byRole(element, 'alert')).to.equal(null);
    });
  });
});
