import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { WhatsAppDesk } from '../../src/elements/whatsapp-desk/whatsapp-desk.js';
import type { Interaction } from '../../src/model/index.js';
import '../../src/define/whatsapp-desk.js';
import '../../src/define/side-panel.js';
import '../../src/define/whatsapp-transcript.js';
import { aContact, anInteraction, anOutboxItem, NOON } from '../support/builders.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { allByRole, byRole, deepActiveElement, getByRole, nameOf } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

const MODIFIER = navigator.platform.startsWith('Mac') ? 'Control' : 'Alt';
const OWN = 'personal:ana';
const REFUSED = { ok: false, error: { kind: 'conflict', sentence: '', retryable: false } } as const;

let workspace: FakeWorkspace;
/** Keys that the page hears; those that only modify others aside. */
let heard: string[] = [];
const hear = ({ key }: KeyboardEvent): unknown => key !== MODIFIER && heard.push(key);

const one = (id: string, name: string, more: Partial<Interaction> = {}): Interaction =>
  anInteraction({ id, contact: aContact({ id: `contact-${id}`, name }), ...more });
const amina = one('a', 'Amina');
const berta = one('b', 'Berta', { pendency: null });
const offered = (id: string, name: string): Interaction =>
  one(id, name, { state: 'offered', agent: null, offer: { agent: 'ana', expiresAt: NOON + 22_000 } });
const failed = anOutboxItem({
  clientId: 'c9',
  interaction: 'a',
  step: { at: 'failed', cause: 'expiry', kind: 'unavailable', sentence: '' },
});
const parked = (id: string, name: string): Interaction => one(id, name, { state: 'parked', agent: null });

async function desk(width = 1000): Promise<WhatsAppDesk> {
  const element = await fixture<WhatsAppDesk>(html`<whatsapp-desk .workspace=${workspace}></whatsapp-desk>`);
  element.style.inlineSize = `${width}px`;
  element.style.blockSize = '640px';
  await waitUntil(() => element.getBoundingClientRect().width === width);
  return element;
}

/** Puts `conversations` on the desk, the first of them in front. */
function deskWith(...conversations: readonly Interaction[]): Promise<WhatsAppDesk> {
  return deskOf(1000, ...conversations);
}

async function deskOf(width: number, ...conversations: readonly Interaction[]): Promise<WhatsAppDesk> {
  workspace.setInteractions(...conversations);
  for (const { id } of conversations) workspace.setTranscript(id, []);
  workspace.selected$.next(conversations[0]?.id ?? null);
  const element = await desk(width);
  if (conversations.length > 0) await waitUntil(() => byRole(element, 'textbox', 'Message'));
  return element;
}

/** What one perceives of the element with the focus. */
function focus(): string {
  const active = deepActiveElement();
  if (!active || active === document.body) return 'the page';
  return nameOf(active);
}

/** Presses a key that a page may have a meaning for: it must not hear it. */
async function expectHome(home: string | RegExp): Promise<void> {
  await waitUntil(() => focus().match(home) !== null, String(home));
  await sendKeys({ press: 'g' });
  expect(heard).to.deep.equal([]);
}

async function pressWithModifier(digit: string): Promise<void> {
  await sendKeys({ down: MODIFIER });
  await sendKeys({ press: digit });
  await sendKeys({ up: MODIFIER });
}

describe('The focus', () => {
  beforeEach(() => {
    workspace = new FakeWorkspace();
    workspace.setWorkbins({ id: OWN, name: 'Ana', owner: 'ana', count: 2 });
    workspace.setWorkbin(OWN, { interactions: [parked('p', 'Petra'), parked('q', 'Quentin')] });
    heard = [];
    document.addEventListener('keydown', hear);
  });
  afterEach(() => document.removeEventListener('keydown', hear));

  describe('of the composer', () => {
    it('goes to the composer of the conversation that one goes to', async () => {
      const element = await deskWith(amina, berta);
      getByRole(element, 'textbox', 'Message').focus();
      await pressWithModifier('2');
      await waitUntil(() => byRole(element, 'region', 'Conversation with Berta'));
      await sendKeys({ type: 'hi' });
      await waitUntil(() => workspace.draft('b').value.text === 'hi');
      expect(workspace.draft('a').value.text).to.equal('');
      expect(heard).to.deep.equal([]);
    });

    it('goes to why nothing can be sent where one goes to a conversation that is closed', async () => {
      const element = await deskWith(amina, one('b', 'Berta', { windowClosesAt: NOON - 1 }));
      getByRole(element, 'textbox', 'Message').focus();
      await pressWithModifier('2');
      await expectHome(/WhatsApp delivers no free text/);
    });

    it('goes to why nothing can be sent when the window closes under the caret', async () => {
      const element = await deskWith(amina);
      getByRole(element, 'textbox', 'Message').focus();
      workspace.setInteractions({ ...amina, windowClosesAt: NOON - 1 });
      await expectHome(/WhatsApp delivers no free text/);
    });

    it('is there again when the window opens', async () => {
      const element = await deskWith(amina);
      getByRole(element, 'textbox', 'Message').focus();
      workspace.setInteractions({ ...amina, windowClosesAt: NOON - 1 });
      await expectHome(/WhatsApp delivers no free text/);
      workspace.setInteractions(amina);
      await expectHome('Message');
    });

    it('stays with a draft that cannot be sent now', async () => {
      const element = await deskWith(amina);
      getByRole(element, 'textbox', 'Message').focus();
      await sendKeys({ type: 'Hello' });
      workspace.setInteractions({ ...amina, windowClosesAt: NOON - 1 });
      await waitUntil(() => !byRole(element, 'button', 'Send'));
      await expectHome('Message');
    });
  });

  describe('of an action', () => {
    /** The workspace forgets an interaction and, as the real one, then who was in front. */
    const leaves = (...rest: readonly Interaction[]): void => {
      workspace.setInteractions(...rest);
      workspace.selected$.next(null);
    };

    it('goes to the next tile when the interaction is done', async () => {
      const element = await deskWith(amina, berta);
      getByRole(element, 'button', 'Mark Done').focus();
      await sendKeys({ press: 'Enter' });
      expect(workspace.calls.at(-1)).to.deep.equal(['markDone', 'a']);
      leaves(berta);
      await expectHome(/^Berta/);
    });

    it('goes to the bar when that was the last one', async () => {
      const element = await deskWith(amina);
      getByRole(element, 'button', 'Mark Done').focus();
      await sendKeys({ press: 'Enter' });
      leaves();
      await expectHome('Open interactions');
    });

    it('goes to the next tile when the interaction is parked by the menu', async () => {
      workspace.setWorkbins(
        { id: OWN, name: 'Ana', owner: 'ana', count: 2 },
        { id: 'team', name: 'Team', owner: null, count: 0 },
      );
      const element = await deskWith(amina, berta);
      getByRole(element, 'button', 'Move to Workbin').focus();
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => focus() === 'My workbin');
      await sendKeys({ press: 'ArrowDown' });
      await sendKeys({ press: 'Enter' });
      expect(workspace.calls.at(-1)).to.deep.equal(['moveToWorkbin', 'a', 'team']);
      leaves(berta);
      await expectHome(/^Berta/);
    });

    it('goes to the composer when the actions vanish while one is chosen from their menu', async () => {
      workspace.setWorkbins(
        { id: OWN, name: 'Ana', owner: 'ana', count: 2 },
        { id: 'team', name: 'Team', owner: null, count: 0 },
      );
      const element = await deskWith(amina);
      getByRole(element, 'button', 'Move to Workbin').focus();
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => focus() === 'My workbin');
      workspace.setInteractions({ ...amina, agent: 'ben' });
      await expectHome(/not on your desk/);
    });

    it('goes to the composer when a refusal is closed', async () => {
      workspace.outcome = REFUSED;
      const element = await deskWith(amina);
      getByRole(element, 'button', 'Mark Done').click();
      await waitUntil(() => byRole(element, 'alert'));
      getByRole(element, 'button', 'Close').focus();
      await sendKeys({ press: 'Enter' });
      await expectHome('Message');
    });
  });

  describe('of an invitation', () => {
    it('goes to the bar when the last one is rejected', async () => {
      const element = await deskWith();
      workspace.setInteractions(offered('o', 'Oscar'));
      await waitUntil(() => byRole(element, 'button', 'Reject'));
      getByRole(element, 'button', 'Reject').focus();
      await sendKeys({ press: 'Enter' });
      expect(workspace.calls).to.deep.equal([['reject', 'o']]);
      workspace.setInteractions();
      await expectHome('Open interactions');
    });

    it('goes to a tile when there is one', async () => {
      const element = await deskWith(amina);
      workspace.setInteractions(amina, offered('o', 'Oscar'));
      await waitUntil(() => byRole(element, 'button', 'Reject'));
      getByRole(element, 'button', 'Reject').focus();
      workspace.setInteractions(amina);
      await expectHome(/^Amina/);
    });

    it('goes on from why an answer was refused', async () => {
      workspace.outcome = REFUSED;
      const element = await deskWith();
      workspace.setInteractions(offered('o', 'Oscar'));
      await waitUntil(() => byRole(element, 'button', 'Accept'));
      getByRole(element, 'button', 'Accept').click();
      await waitUntil(() => byRole(element, 'alert'));
      getByRole(element, 'button', 'Close').focus();
      await sendKeys({ press: 'Enter' });
      await expectHome('Accept');
    });
  });

  describe('of a workbin', () => {
    it('goes to the next row when one is opened by its button', async () => {
      const element = await deskWith();
      await waitUntil(() => byRole(element, 'button', /^Petra/));
      getByRole(element, 'button', /^Petra/).click();
      const [open] = allByRole(element, 'button', 'Open');
      open?.focus();
      await sendKeys({ press: 'Enter' });
      expect(workspace.calls[0]).to.deep.equal(['open', 'p']);
      workspace.setWorkbin(OWN, { interactions: [parked('q', 'Quentin')] });
      await expectHome(/^Quentin/);
    });

    it('goes to its heading when the last row is opened', async () => {
      workspace.setWorkbin(OWN, { interactions: [parked('p', 'Petra')] });
      const element = await deskWith();
      await waitUntil(() => byRole(element, 'button', /^Petra/));
      getByRole(element, 'button', /^Petra/).focus();
      await sendKeys({ press: 'Enter' });
      workspace.setWorkbin(OWN, { interactions: [] });
      await expectHome(/^My workbin/);
    });

    it('goes to the conversation that is opened where the workbins lie over it', async () => {
      workspace.setTranscript('p', []);
      const element = await desk(320);
      getByRole(element, 'button', /^Workbins/).click();
      await waitUntil(() => byRole(element, 'button', /^Petra/));
      getByRole(element, 'button', /^Petra/).focus();
      await sendKeys({ press: 'Enter' });
      workspace.setWorkbin(OWN, { interactions: [parked('q', 'Quentin')] });
      workspace.setInteractions(one('p', 'Petra'));
      await expectHome('Message');
    });
  });

  describe('at another width', () => {
    for (const [from, to, name, home] of [
      [1000, 400, 'Mark Done', 'More actions'],
      [400, 1000, 'More actions', 'Mark Done'],
      [1000, 400, /^My workbin/, /^Workbins/],
      [400, 1000, /^Workbins/, /^Petra/],
      [800, 400, 'Contact', 'Message'],
    ] as const) {
      it(`goes from ${String(name)} to ${String(home)}, from ${from} to ${to} px`, async () => {
        const element = await deskOf(from, amina);
        await waitUntil(() => [...allByRole(element, 'button', name), ...allByRole(element, 'tab', name)][0]);
        const [one] = [...allByRole(element, 'button', name), ...allByRole(element, 'tab', name)];
        one?.focus();
        element.style.inlineSize = `${to}px`;
        await expectHome(home);
      });
    }

    it('is not taken from the page, where one has gone with the pointer', async () => {
      const element = await deskOf(1000, amina);
      const done = getByRole(element, 'button', 'Mark Done');
      done.focus();
      done.blur();
      element.style.inlineSize = '400px';
      await waitUntil(() => byRole(element, 'button', 'More actions'));
      expect(focus()).to.equal('the page');
    });
  });

  describe('of the side panel', () => {
    const panelOpens = async (element: WhatsAppDesk): Promise<void> => {
      const [way] = [
        ...allByRole(element, 'tab', 'Contact'),
        ...allByRole(element, 'button', 'Show the side panel'),
      ];
      way?.click();
      await waitUntil(() => byRole(element, 'tabpanel'));
    };

    it('goes to the tab that opens it, where another conversation closes it', async () => {
      const element = await deskOf(800, amina, berta);
      await waitUntil(() => byRole(element, 'tab', 'Contact'));
      await panelOpens(element);
      getByRole(element, 'tabpanel').focus();
      await pressWithModifier('2');
      await expectHome(/^(Case|Contact)$/);
    });

    it('goes to the composer where it lies over all messages', async () => {
      const element = await deskOf(500, amina, berta);
      await waitUntil(() => byRole(element, 'button', 'Show the side panel'));
      await panelOpens(element);
      getByRole(element, 'tab', 'Case').focus();
      await pressWithModifier('2');
      await expectHome('Message');
    });

    it('goes to what is known of the contact, where that is less than of another', async () => {
      workspace.changeSettings({ panelTab: 'contact' });
      const contact = aContact({ id: 'contact-b', name: 'Berta', bsuid: null });
      const element = await deskOf(1200, amina, { ...berta, contact });
      await waitUntil(() => byRole(element, 'button', 'Copy: WhatsApp user id'));
      getByRole(element, 'button', 'Copy: WhatsApp user id').focus();
      await pressWithModifier('2');
      await expectHome('Contact');
    });

    it('goes by Tab from the tab that opened it into it', async () => {
      const element = await deskOf(800, amina);
      await waitUntil(() => byRole(element, 'tab', 'Contact'));
      getByRole(element, 'tab', 'Contact').focus();
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => byRole(element, 'tabpanel'));
      await sendKeys({ press: 'Tab' });
      await waitUntil(() => focus() === 'Close the side panel');
    });
  });

  describe('of what goes by itself', () => {
    it('leaves the link’s notice when the link is back', async () => {
      workspace.connection$.next({ at: 'waiting', retryAt: NOON + 9_000, attempt: 1 });
      const element = await deskWith(amina);
      getByRole(element, 'button', 'Try again').focus();
      workspace.connection$.next({ at: 'online', since: NOON });
      await expectHome('Message');
    });

    it('leaves a failed message that is discarded', async () => {
      const element = await deskWith(amina);
      workspace.outbox$.next([failed]);
      await waitUntil(() => byRole(element, 'button', 'Discard'));
      getByRole(element, 'button', 'Discard').focus();
      await sendKeys({ press: 'Enter' });
      expect(workspace.calls.at(-1)).to.deep.equal(['discard', 'c9']);
      workspace.outbox$.next([]);
      await expectHome('Messages');
    });

    it('leaves a failed message that is tried again', async () => {
      const element = await deskWith(amina);
      workspace.outbox$.next([failed]);
      await waitUntil(() => byRole(element, 'button', 'Try again'));
      getByRole(element, 'button', 'Try again').focus();
      workspace.outbox$.next([{ ...failed, step: { at: 'sending' } }]);
      await expectHome('Messages');
    });

    it('is taken from nobody who has it elsewhere', async () => {
      const notes = await fixture<HTMLInputElement>(html`<input aria-label="Notes" />`);
      const element = await deskWith(amina, berta);
      notes.focus();
      workspace.select('b');
      await waitUntil(() => byRole(element, 'region', 'Conversation with Berta'));
      workspace.setInteractions();
      workspace.select(null);
      await waitUntil(() => !byRole(element, 'textbox', 'Message'));
      expect(deepActiveElement()).to.equal(notes);
    });
  });
});
