import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { AgentSettings } from '../../src/elements/agent-settings/agent-settings.js';
import type { WhatsAppInteraction } from '../../src/elements/whatsapp-interaction/whatsapp-interaction.js';
import '../../src/define.js';
import '../../src/define/agent-settings.js';
import '../../src/define/conversation.js';
import { registerLanguage } from '../../src/i18n/index.js';
import { DEFAULT_SETTINGS } from '../../src/model/index.js';
import { anInteraction } from '../support/builders.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { allByRole, byRole, getByRole, nameOf, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

let workspace: FakeWorkspace;

const create = (): Promise<AgentSettings> =>
  fixture<AgentSettings>(html`<agent-settings .workspace=${workspace}></agent-settings>`);

const field = (element: Element, name: string): HTMLSelectElement =>
  getByRole(element, 'combobox', name) as HTMLSelectElement;

const chosen = (element: Element, name: string): string =>
  field(element, name).selectedOptions[0]?.text ?? '';

/** As an agent does it: the field has the focus, and the first letters of an option are typed. */
async function choose(element: AgentSettings, name: string, letters: string): Promise<void> {
  const select = field(element, name);
  select.focus();
  await sendKeys({ type: letters });
  if (CSS.supports('selector(:open)') && select.matches(':open')) await sendKeys({ press: 'Enter' });
  await element.updateComplete;
}

describe('<agent-settings>', () => {
  beforeEach(() => (workspace = new FakeWorkspace()));

  describe('accessibility', () => {
    it('has no violations, with and without a workspace', async () => {
      workspace.changeSettings({ enter: 'newline' });
      await expect(await create()).to.be.accessible();
      await expect(await fixture(html`<agent-settings></agent-settings>`)).to.be.accessible();
    });

    it('says that it has no workspace', async () => {
      const element = await fixture(html`<agent-settings></agent-settings>`);
      expect(shadowText(element)).to.contain('Not connected to a workspace.');
      expect(byRole(element, 'combobox')).to.equal(null);
    });
  });

  it('has all as the page has it at first', async () => {
    const element = await create();
    expect(allByRole(element, 'combobox').map(nameOf)).to.deep.equal(['Language', 'Density', 'Enter key']);
    for (const name of ['Language', 'Density', 'Enter key'])
      expect(chosen(element, name)).to.equal('As the page has it');
  });

  it('is chosen from by the keyboard, and holds at once', async function () {
    // Without it nobody can tell whether a letter has opened the list or chosen from it.
    if (!CSS.supports('selector(:open)')) this.skip();
    const element = await create();
    await choose(element, 'Density', 'Comp');
    expect(workspace.settings$.value).to.deep.equal({ ...DEFAULT_SETTINGS, density: 'compact' });
    await choose(element, 'Enter key', 'Beg');
    expect(workspace.settings$.value.enter).to.equal('newline');
    expect(shadowText(element)).to.contain('Ctrl + Enter sends.');
    await choose(element, 'Density', 'As');
    expect(workspace.settings$.value.density).to.equal(null);
  });

  it('shows what is chosen in another tab, also what this version does not know', async () => {
    const element = await create();
    await choose(element, 'Density', 'Comp');
    workspace.changeSettings({ density: 'comfortable', language: 'tlh' });
    await element.updateComplete;
    expect(chosen(element, 'Density')).to.equal('Comfortable');
    expect(chosen(element, 'Language')).to.equal('tlh');
  });

  describe('language', () => {
    it('offers all that there are words for, each in its own', async () => {
      registerLanguage('sv', { 'status.ready': 'Redo' });
      const element = await create();
      const names = [...field(element, 'Language').options].map(({ text }) => text);
      // Engines begin it with a large letter or a small one.
      expect(names.map((name) => name.toLowerCase())).to.include.members(['english', 'العربية', 'svenska']);
    });

    it('is that of all elements of the workspace at once, wherever they are, and said to screen readers', async () => {
      const element = await create();
      const page = await fixture(
        html`<div>
          <agent-status .workspace=${workspace}></agent-status>
          <whatsapp-interaction .workspace=${workspace}></whatsapp-interaction>
        </div>`,
      );
      workspace.setInteractions(anInteraction());
      workspace.setTranscript('interaction-1', []);
      workspace.select('interaction-1');
      await waitUntil(() => byRole(page, 'textbox', 'Message'), 'the composer');
      workspace.changeSettings({ language: 'ar' });
      await waitUntil(() => byRole(element, 'combobox', 'اللغة'), 'its own words');
      await waitUntil(() => byRole(page, 'button', /متاح/), 'those of the status');
      await waitUntil(() => byRole(page, 'textbox', /رسالة/), 'those of the composer');
      expect(getByRole(element, 'group').dir).to.equal('rtl');
      expect(getByRole(element, 'group').lang).to.equal('ar');
      workspace.changeSettings({ language: null });
      await waitUntil(() => byRole(page, 'textbox', 'Message'), 'the language of the page');
      await waitUntil(() => byRole(page, 'button', 'Status: Ready'), 'the language of the page');
      expect(getByRole(element, 'group').hasAttribute('lang')).to.equal(false);
    });

    it('is that of the page where nobody speaks the one that was chosen', async () => {
      workspace.changeSettings({ language: 'tlh' });
      const element = await fixture(
        html`<div lang="ar"><agent-settings .workspace=${workspace}></agent-settings></div>`,
      );
      await waitUntil(() => byRole(element, 'combobox', 'اللغة'));
    });
  });

  describe('density', () => {
    const rowHeight = (element: Element): number =>
      element.shadowRoot?.querySelector<HTMLElement>('.row')?.offsetHeight ?? 0;

    it('is that of all elements of the workspace, before what the page says', async () => {
      workspace.setInteractions(anInteraction());
      const bar = await fixture<HTMLElementTagNameMap['interaction-bar']>(
        html`<interaction-bar .workspace=${workspace} density="comfortable"></interaction-bar>`,
      );
      const comfortable = rowHeight(bar);
      workspace.changeSettings({ density: 'compact' });
      await bar.updateComplete;
      expect(rowHeight(bar)).to.be.below(comfortable);
      workspace.changeSettings({ density: null });
      await bar.updateComplete;
      expect(rowHeight(bar)).to.equal(comfortable);
    });
  });

  describe('sound', () => {
    it('is off until the agent chooses it, with the space key too', async () => {
      const element = await create();
      const box = getByRole(element, 'checkbox', 'Sound') as HTMLInputElement;
      expect(box.checked).to.equal(false);
      box.focus();
      await sendKeys({ press: ' ' });
      expect(workspace.settings$.value.sound).to.equal(true);
      await element.updateComplete;
      await sendKeys({ press: ' ' });
      expect(workspace.settings$.value.sound).to.equal(false);
    });

    it('can be tried, and says so when the browser does not let it be heard', async () => {
      const { AudioContext: original } = window;
      Reflect.set(window, 'AudioContext', undefined);
      const element = await create();
      getByRole(element, 'button', 'Play').click();
      await waitUntil(() => byRole(element, 'alert'), 'a sentence');
      Reflect.set(window, 'AudioContext', original);
      expect(getByRole(element, 'alert').textContent).to.contain('does not let this page sound');
      await expect(element).to.be.accessible();
    });
  });

  describe('system notifications', () => {
    const original = globalThis.Notification;
    let asked = 0;

    /** A browser in which the agent answers so. */
    function browser(permission: NotificationPermission, answer: NotificationPermission): void {
      asked = 0;
      const fake = {
        permission,
        requestPermission: async () => {
          asked++;
          return (fake.permission = answer);
        },
      };
      globalThis.Notification = fake as unknown as typeof Notification;
    }

    const box = (element: Element): HTMLInputElement =>
      getByRole(element, 'checkbox', 'System notifications') as HTMLInputElement;

    afterEach(() => (globalThis.Notification = original));

    it('are asked for when the agent chooses them, not before', async () => {
      browser('default', 'granted');
      const element = await create();
      expect(asked).to.equal(0);
      box(element).focus();
      await sendKeys({ press: ' ' });
      await waitUntil(() => workspace.settings$.value.notifications);
      await element.updateComplete;
      expect([asked, box(element).checked]).to.deep.equal([1, true]);
      await sendKeys({ press: ' ' });
      expect([asked, workspace.settings$.value.notifications]).to.deep.equal([1, false]);
    });

    it('stay off where they are not allowed, and say what can be done', async () => {
      browser('default', 'denied');
      const element = await create();
      box(element).click();
      await waitUntil(() => byRole(element, 'alert'), 'a sentence');
      expect(getByRole(element, 'alert').textContent).to.contain('blocks notifications of this page');
      expect([box(element).checked, workspace.settings$.value.notifications]).to.deep.equal([false, false]);
    });

    it('are not offered where the browser has none', async () => {
      Reflect.deleteProperty(globalThis, 'Notification');
      const element = await create();
      expect(box(element).disabled).to.equal(true);
      expect(shadowText(element)).to.contain('This browser shows no notifications of pages.');
    });
  });

  describe('Enter', () => {
    async function open(enter: 'send' | 'newline'): Promise<WhatsAppInteraction> {
      workspace.setInteractions(anInteraction());
      workspace.setTranscript('interaction-1', []);
      workspace.select('interaction-1');
      const element = await fixture<WhatsAppInteraction>(
        html`<whatsapp-interaction .workspace=${workspace} enter=${enter}></whatsapp-interaction>`,
      );
      await waitUntil(() => byRole(element, 'textbox', 'Message'));
      getByRole(element, 'textbox', 'Message').focus();
      return element;
    }

    const sent = (): readonly unknown[] => workspace.calls.filter(([name]) => name === 'sendText');

    it('breaks the line for an agent who has chosen that, whatever the page says', async () => {
      workspace.changeSettings({ enter: 'newline' });
      const element = await open('send');
      await sendKeys({ type: 'One' });
      await sendKeys({ press: 'Enter' });
      await sendKeys({ type: 'Two' });
      expect(sent()).to.deep.equal([]);
      await sendKeys({ down: 'Control' });
      await sendKeys({ press: 'Enter' });
      await sendKeys({ up: 'Control' });
      expect(sent()).to.deep.equal([['sendText', 'interaction-1', 'One\nTwo']]);
      await element.updateComplete;
    });

    it('sends for an agent who has chosen that, and does as the page says when nothing is chosen', async () => {
      workspace.changeSettings({ enter: 'send' });
      const element = await open('newline');
      await sendKeys({ type: 'One' });
      await sendKeys({ press: 'Enter' });
      expect(sent()).to.have.length(1);
      workspace.changeSettings({ enter: null });
      await element.updateComplete;
      await sendKeys({ type: 'Two' });
      await sendKeys({ press: 'Enter' });
      expect(sent()).to.have.length(1);
    });
  });
});
