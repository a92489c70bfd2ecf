import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../support/all-elements.js';
import type { PanelLayout } from '../../src/elements/side-panel/panel-tab.js';
import type { WhatsAppInteraction } from '../../src/elements/whatsapp-interaction/whatsapp-interaction.js';
import { bareNotification, EMPTY_DRAFT, NO_VALUES } from '../../src/model/index.js';
import type { DraftNotification } from '../../src/model/index.js';
import { anInteraction, aTemplate, NOON } from '../support/builders.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { allByRole, byRole, deepActiveElement, getByRole, nameOf, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

const ID = 'interaction-1';
const GREETING = aTemplate({ body: 'Hello {{1}}.' });
const EMPTY: DraftNotification = { ...bareNotification(GREETING), title: 'Greeting' };
const FILLED: DraftNotification = { ...EMPTY, values: { ...NO_VALUES, body: { 1: 'Masha' } } };
const CHIP = 'Notification: Greeting';

let workspace: FakeWorkspace;
let sent: (DraftNotification | null)[];

async function shown(
  notification: DraftNotification | null,
  panel: PanelLayout | null = 'docked',
  width = 900,
): Promise<WhatsAppInteraction> {
  workspace.draft(ID).next({ ...EMPTY_DRAFT, text: 'Good day', notification });
  const element = await fixture<WhatsAppInteraction>(
    html`<whatsapp-interaction
      .workspace=${workspace}
      .panel=${panel}
      style="block-size: 560px; inline-size: ${width}px"
    ></whatsapp-interaction>`,
  );
  await waitUntil(() => byRole(element, 'textbox', 'Message'));
  return element;
}

async function chipOf(element: WhatsAppInteraction): Promise<HTMLElement> {
  await waitUntil(() => byRole(element, 'group', CHIP));
  return getByRole(element, 'group', CHIP);
}

const editor = (element: WhatsAppInteraction): HTMLElement | null =>
  byRole(element, 'region', 'Notification');
const tabs = (element: WhatsAppInteraction): string[] => allByRole(element, 'tab').map(nameOf);
const draft = (): DraftNotification | null => workspace.draft(ID).value.notification;

describe('notifications in a conversation', () => {
  beforeEach(() => {
    workspace = new FakeWorkspace();
    workspace.patch({ features: ['templates', 'send-template', 'responses'] });
    workspace.setInteractions(anInteraction());
    workspace.setTranscript(ID, []);
    workspace.selected$.next(ID);
    sent = [];
    workspace.templates = {
      search: async () => ({ ok: true, templates: [GREETING], next: null }),
      choose: (interaction, template) => {
        const now = workspace.draft(interaction);
        now.next({ ...now.value, notification: bareNotification(template) });
      },
      send: (interaction) => {
        const now = workspace.draft(interaction);
        sent.push(now.value.notification);
        now.next({ ...now.value, notification: null });
        return 'client-1';
      },
    };
  });

  it('stand above the text, which stays as it is, and have no violations', async () => {
    const element = await shown(EMPTY);
    const chip = await chipOf(element);
    expect(allByRole(chip, 'button').map(nameOf)).to.deep.equal(['Notification', 'Cancel', 'Edit', 'Send']);
    expect((getByRole(element, 'textbox', 'Message') as HTMLTextAreaElement).value).to.equal('Good day');
    await expect(element).to.be.accessible();
    getByRole(chip, 'button', 'Edit').click();
    await waitUntil(() => editor(element));
    await expect(element).to.be.accessible();
  });

  it('are sent from there, and the text stays', async () => {
    const element = await shown(FILLED);
    getByRole(await chipOf(element), 'button', 'Send').click();
    await waitUntil(() => sent.length > 0);
    expect(sent).to.deep.equal([FILLED]);
    await waitUntil(() => byRole(element, 'group', CHIP) === null);
    expect(workspace.draft(ID).value.text).to.equal('Good day');
  });

  it('are not sent where the page vetoes', async () => {
    const element = await shown(FILLED);
    const chip = await chipOf(element);
    element.addEventListener('message-send', (event) => event.preventDefault());
    getByRole(chip, 'button', 'Send').click();
    await element.updateComplete;
    expect(sent).to.deep.equal([]);
  });

  it('are dropped from there', async () => {
    const element = await shown(FILLED);
    getByRole(await chipOf(element), 'button', 'Cancel').click();
    expect(workspace.draft(ID).value).to.deep.equal({ ...EMPTY_DRAFT, text: 'Good day' });
  });

  for (const name of ['Edit', 'Notification'])
    it(`are edited in a tab of the side panel by ${name}, which goes when they are sent`, async () => {
      const element = await shown(FILLED);
      const chip = await chipOf(element);
      expect(tabs(element)).to.deep.equal(['Responses', 'Case', 'Contact', 'Notification']);
      expect(editor(element)).to.equal(null);
      getByRole(chip, 'button', name).click();
      await waitUntil(() => editor(element));
      await waitUntil(() => deepActiveElement()?.id === 'value-body-1');
      getByRole(editor(element) ?? element, 'button', 'Send').click();
      await waitUntil(() => tabs(element).length === 3);
      expect(workspace.settings$.value.panelTab).not.to.equal('notification');
      await waitUntil(() => deepActiveElement() === getByRole(element, 'textbox', 'Message'));
    });

  it('that are not filled in lead to the first field that is wrong instead of being sent', async () => {
    const element = await shown(EMPTY);
    const chip = await chipOf(element);
    const send = getByRole(chip, 'button', 'Send');
    expect(send.getAttribute('aria-disabled')).to.equal('true');
    expect(chip.textContent).to.contain('Still to be filled in: Parameter 1');
    send.click();
    await waitUntil(() => editor(element));
    await waitUntil(() => deepActiveElement()?.id === 'value-body-1');
    await waitUntil(() => shadowText(element).includes('This is needed.'));
    expect(sent).to.deep.equal([]);
  });

  it('are left for the text by Escape, and gone on with', async () => {
    for (const panel of ['docked', 'overlay', 'sheet'] as const) {
      const element = await shown(FILLED, panel);
      getByRole(await chipOf(element), 'button', 'Edit').click();
      await waitUntil(() => deepActiveElement()?.id === 'value-body-1');
      await sendKeys({ press: 'Escape' });
      await waitUntil(() => deepActiveElement() === getByRole(element, 'textbox', 'Message'), panel);
      expect(draft(), panel).to.equal(FILLED);
      if (panel !== 'docked') await waitUntil(() => editor(element) === null, panel);
    }
  });

  it('are edited over the messages where there is no side panel', async () => {
    const element = await shown(FILLED, null, 400);
    getByRole(await chipOf(element), 'button', 'Edit').click();
    await waitUntil(() => editor(element));
    getByRole(editor(element) ?? element, 'button', 'Cancel').click();
    await waitUntil(() => editor(element) === null);
    expect(draft()).to.equal(null);
  });

  it('leave the tab with the conversation, and come back with it', async () => {
    workspace.setInteractions(anInteraction(), anInteraction({ id: 'interaction-2' }));
    workspace.setTranscript('interaction-2', []);
    const element = await shown(FILLED);
    getByRole(await chipOf(element), 'button', 'Edit').click();
    await waitUntil(() => editor(element));
    workspace.select('interaction-2');
    await waitUntil(() => tabs(element).length === 3);
    workspace.select(ID);
    await chipOf(element);
    await waitUntil(() => tabs(element).length === 4);
    expect(editor(element)).to.equal(null);
  });

  it('are chosen behind the plus sign', async () => {
    const element = await shown(FILLED);
    // What answers to the menu has come by then.
    await chipOf(element);
    workspace.draft(ID).next(EMPTY_DRAFT);
    await waitUntil(() => byRole(element, 'button', 'More to send'));
    getByRole(element, 'button', 'More to send').click();
    await waitUntil(() => byRole(element, 'menuitem', 'Notification'));
    getByRole(element, 'menuitem', 'Notification').click();
    await waitUntil(() => byRole(element, 'option'));
    await waitUntil(() => deepActiveElement()?.getAttribute('aria-label') === 'Search notifications');
  });

  describe('where the service window is closed', () => {
    beforeEach(() => workspace.setInteractions(anInteraction({ windowClosesAt: NOON - 1 })));

    it('are chosen in the place of the text, which is kept, filled in and sent', async () => {
      const element = await shown(null);
      await waitUntil(() => byRole(element, 'button', 'Choose a notification'));
      expect(shadowText(element)).to.contain('Your draft is kept.');
      await expect(element).to.be.accessible();
      getByRole(element, 'button', 'Choose a notification').click();
      await waitUntil(() => byRole(element, 'option'));
      getByRole(element, 'option').click();
      await waitUntil(() => deepActiveElement()?.id === 'value-body-1');
      await sendKeys({ type: 'Masha' });
      getByRole(editor(element) ?? element, 'button', 'Send').click();
      await waitUntil(() => sent.length > 0);
      expect(sent[0]?.values.body).to.deep.equal({ 1: 'Masha' });
      expect(workspace.draft(ID).value.text).to.equal('Good day');
      await waitUntil(() => deepActiveElement() === byRole(element, 'button', 'Choose a notification'));
    });

    it('are gone on with where one is in the draft', async () => {
      const element = await shown(FILLED);
      await chipOf(element);
      expect(byRole(element, 'button', 'Choose a notification')).to.equal(null);
    });

    it('are not chosen where the contact centre has none, or the conversation is not here', async () => {
      workspace.patch({ features: ['responses'] });
      const element = await shown(null);
      expect(byRole(element, 'button', 'Choose a notification')).to.equal(null);
      workspace.patch({ features: ['templates', 'send-template'] });
      await waitUntil(() => byRole(element, 'button', 'Choose a notification'));
      workspace.setInteractions(anInteraction({ windowClosesAt: NOON - 1, agent: 'ben' }));
      await waitUntil(() => byRole(element, 'button', 'Choose a notification') === null);
    });
  });
});
