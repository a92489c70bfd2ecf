import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import '../../src/define/whatsapp-interaction.js';
import '../../src/define/whatsapp-transcript.js';
import type { WhatsAppInteraction } from '../../src/elements/whatsapp-interaction/whatsapp-interaction.js';
import {
  appendItem,
  fillFieldCodes,
  insertResponse,
  joinPage,
  mediaContent,
  messageItem,
  openTranscript,
  sessionItem,
  textDraft,
} from '../../src/model/index.js';
import type { Message, OutboxItem, PreparedResponse, TranscriptItem } from '../../src/model/index.js';
import type { CommandOutcome } from '../../src/streams/index.js';
import {
  NOON,
  aContact,
  aMessage,
  anEvent,
  aReply,
  anInteraction,
  anOutboxItem,
} from '../support/builders.js';
import { registerLanguage } from '../../src/i18n/index.js';
import { ContentSendEvent } from '../../src/elements/message-editor/message-editor.events.js';
import { ReadingChangeEvent } from '../../src/elements/whatsapp-transcript/whatsapp-transcript.events.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { allByRole, byRole, deepActiveElement, getByRole, nameOf, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

const ID = 'interaction-1';
const HOUR = 3_600_000;
const WORKBINS = [
  { id: 'personal:ana', name: 'Ana', owner: 'ana', count: 0 },
  { id: 'team', name: 'Team', owner: null, count: 3 },
];

const ITEMS: readonly TranscriptItem[] = [
  sessionItem({ id: 'session-1', direction: 'inbound', startedAt: NOON - 60_000 }),
  messageItem(aMessage({ id: 'm1', at: NOON - 50_000, content: { kind: 'text', text: 'Where is it?' } })),
  messageItem(aReply({ id: 'm2', at: NOON - 40_000, delivery: { state: 'read', at: NOON, error: null } })),
];

function desk(): FakeWorkspace {
  const workspace = new FakeWorkspace();
  workspace.setInteractions(anInteraction());
  workspace.setWorkbins(...WORKBINS);
  workspace.setTranscript(ID, ITEMS);
  workspace.selected$.next(ID);
  return workspace;
}

async function shown(
  workspace: FakeWorkspace | null,
  properties: Partial<WhatsAppInteraction> = {},
  width = 600,
): Promise<WhatsAppInteraction> {
  const element = await fixture<WhatsAppInteraction>(
    html`<whatsapp-interaction
      .workspace=${workspace}
      style="block-size: 480px; inline-size: ${width}px"
    ></whatsapp-interaction>`,
  );
  Object.assign(element, properties);
  await settled(element);
  return element;
}

async function settled(element: WhatsAppInteraction): Promise<void> {
  await element.updateComplete;
  await element.shadowRoot?.querySelector('whatsapp-transcript')?.updateComplete;
  await element.shadowRoot?.querySelector('whatsapp-composer')?.updateComplete;
}

async function speaking(lang: string, workspace: FakeWorkspace, width: number): Promise<WhatsAppInteraction> {
  const element = await shown(workspace, { lang }, width);
  await waitUntil(() => element.shadowRoot?.querySelector(`[dir=${lang === 'ar' ? 'rtl' : 'ltr'}]`));
  await settled(element);
  return element;
}

async function pressMiddle(target: Element): Promise<void> {
  const { x, y, width, height } = target.getBoundingClientRect();
  await sendMouse({ type: 'click', position: [Math.round(x + width / 2), Math.round(y + height / 2)] });
}

const box = (element: Element): HTMLTextAreaElement =>
  getByRole(element, 'textbox', 'Message') as HTMLTextAreaElement;

const item = (overrides: Partial<OutboxItem> = {}): OutboxItem =>
  anOutboxItem({
    clientId: 'c9',
    interaction: ID,
    body: { kind: 'text', text: 'My words' },
    step: { at: 'failed', cause: 'expiry', kind: 'unavailable', sentence: 'No answer.' },
    ...overrides,
  });

const inbound = (id: string, text: string, overrides: Partial<Message> = {}): TranscriptItem =>
  messageItem(aMessage({ id, content: { kind: 'text', text }, ...overrides }));

function receive(workspace: FakeWorkspace, ...items: readonly TranscriptItem[]): void {
  workspace.changeTranscript(ID, (transcript) =>
    items.reduce((all, one) => appendItem(all, one, 99), transcript),
  );
}

/** Does something many times, each time in a task of its own, as a socket delivers. */
function inTasks(times: number, run: (i: number) => void): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    let i = 0;
    port1.addEventListener('message', () => {
      run(i++);
      if (i < times) port2.postMessage(null);
      else {
        port1.close();
        resolve();
      }
    });
    port1.start();
    port2.postMessage(null);
  });
}

const announced = (): string => document.querySelector('[data-live-announcer]')?.textContent ?? '';

async function write(element: WhatsAppInteraction, text: string): Promise<void> {
  box(element).focus();
  await sendKeys({ type: text });
  await settled(element);
}

/** How many words of a text that is cut are in its line: each as a whole, and none beyond `end`. */
function wordsInSight(cut: Element, end: number): number {
  const text = document.createTreeWalker(cut, NodeFilter.SHOW_TEXT).nextNode() as Text;
  const line = cut.getBoundingClientRect();
  return [...text.data.matchAll(/\S+/g)].filter(({ 0: word, index }) => {
    const range = document.createRange();
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    const { top, right } = range.getBoundingClientRect();
    const isInSight = top < line.bottom - 1;
    if (isInSight) expect(right, word).to.be.at.most(end);
    return isInSight;
  }).length;
}

describe('<whatsapp-interaction>', () => {
  describe('accessibility', () => {
    const states: Record<string, (workspace: FakeWorkspace) => void> = {
      'with a conversation': () => undefined,
      'while loading': (workspace) =>
        workspace.transcript(ID).next({
          transcript: openTranscript(ID),
          loaded: false,
          loading: true,
          error: null,
        }),
      'after an error': (workspace) =>
        workspace.transcript(ID).next({
          transcript: openTranscript(ID),
          loaded: false,
          loading: false,
          error: { kind: 'timeout', sentence: '' },
        }),
      'when empty': (workspace) => workspace.setTranscript(ID, []),
      'with the window closing': (workspace) =>
        workspace.setInteractions(anInteraction({ windowClosesAt: NOON + HOUR })),
      'with the window closed': (workspace) =>
        workspace.setInteractions(anInteraction({ windowClosesAt: NOON - 1 })),
      'with a failed message': (workspace) => workspace.outbox$.next([item()]),
      'when it is gone': (workspace) => workspace.setInteractions(),
      'when none is open': (workspace) => workspace.selected$.next(null),
    };
    for (const [name, prepare] of Object.entries(states)) {
      it(`has no violations ${name}`, async () => {
        const workspace = desk();
        prepare(workspace);
        for (const width of [320, 600]) {
          const element = await shown(workspace, {}, width);
          await expect(element).to.be.accessible();
        }
      });
    }

    it('is a region named for the contact', async () => {
      const element = await shown(desk());
      expect(byRole(element, 'region', 'Conversation with Masha Ivanova')).to.exist;
    });
  });

  describe('which conversation', () => {
    it('is the one in front', async () => {
      const workspace = desk();
      workspace.setInteractions(
        anInteraction(),
        anInteraction({ id: 'i2', contact: aContact({ name: 'Joseph' }) }),
      );
      const element = await shown(workspace);
      workspace.select('i2');
      await settled(element);
      expect(byRole(element, 'region', 'Conversation with Joseph')).to.exist;
    });

    it('is the named one whatever is in front', async () => {
      const workspace = desk();
      workspace.setInteractions(
        anInteraction(),
        anInteraction({ id: 'i2', contact: aContact({ name: 'Joseph' }) }),
      );
      const element = await shown(workspace);
      element.setAttribute('interaction', 'i2');
      await settled(element);
      expect(byRole(element, 'region', 'Conversation with Joseph')).to.exist;
    });

    it('is none without a workspace, and says so', async () => {
      expect(shadowText(await shown(null))).to.contain('Not connected to a workspace');
    });

    it('that left the desk is said to be gone', async () => {
      const workspace = desk();
      const element = await shown(workspace);
      workspace.setInteractions();
      await settled(element);
      expect(shadowText(element)).to.contain('not on your desk any more');
      expect(byRole(element, 'textbox')).to.equal(null);
    });

    it('loads before the contact centre has answered', async () => {
      const workspace = desk();
      workspace.setInteractions();
      workspace.patch({ agent: null });
      const element = await shown(workspace);
      expect(shadowText(element)).to.not.contain('not on your desk any more');
      expect(byRole(element, 'img', 'Loading')).to.exist;
    });

    it('is let go of when the element goes', async () => {
      const workspace = desk();
      const element = await shown(workspace);
      expect(workspace.observed).to.equal(true);
      element.remove();
      await nextFrame();
      expect(workspace.observed).to.equal(false);
    });
  });

  describe('the header', () => {
    it('says who, how, from where and for how long', async () => {
      const workspace = desk();
      workspace.setInteractions(
        anInteraction({ session: { id: 's', direction: 'outbound', startedAt: NOON - 292_000 } }),
      );
      const text = shadowText(await shown(workspace, {}, 900));
      expect(text).to.contain('Masha Ivanova');
      expect(text)
        .to.contain('outbound session')
        .and.to.contain('+254 712 345 678')
        .and.to.contain('00:04:52');
    });

    it('ends a name that has no room after a whole word', async () => {
      const workspace = desk();
      const name = 'Wilhelmina Featherstonehaugh of the Northern Lighthouse Board 10340';
      workspace.setInteractions(anInteraction({ contact: aContact({ name }) }));
      const element = await shown(workspace, {}, 320);
      const heading = getByRole(element, 'heading');
      expect(heading.textContent).to.equal(name);
      expect(heading.title).to.equal(name);
      expect(wordsInSight(heading, heading.getBoundingClientRect().right)).to.be.within(1, 6);
    });

    it('says nothing twice', async () => {
      const workspace = desk();
      const contacts = [
        aContact({ name: null }),
        aContact({ name: null, phone: null }),
        aContact({ name: null, phone: null, username: 'priya.r' }),
      ];
      const addresses = ['+254 712 345 678', 'KE.1349120865530274', '@priya.r'];
      for (const [i, contact] of contacts.entries()) {
        workspace.setInteractions(anInteraction({ contact }));
        const element = await shown(workspace);
        // The words of the service window, for screen readers and the tooltip, are sentences about the contact.
        element.shadowRoot?.querySelector('.window .visually-hidden')?.remove();
        const text = shadowText(element.shadowRoot?.querySelector('.header') as Element);
        expect(text.split(addresses[i] ?? '').length - 1, text).to.equal(1);
        expect(getByRole(element, 'heading').textContent).to.equal(addresses[i]);
      }
    });

    for (const lang of ['en', 'ar']) {
      for (const width of [320, 480, 700]) {
        it(`moves nothing when pendency comes, grows and goes, at ${width} px, ${lang}`, async () => {
          const workspace = desk();
          const element = await speaking(lang, workspace, width);
          const places = async (pendency: number | null): Promise<readonly string[]> => {
            const waits = pendency === null ? null : { since: NOON - pendency, count: 1 };
            workspace.setInteractions(anInteraction({ pendency: waits }));
            await settled(element);
            await waitUntil(() => allByRole(element, 'img').length === (waits ? 1 : 0));
            await element.shadowRoot?.querySelector('pending-indicator')?.updateComplete;
            return ['.name', '.address', '.elapsed', '.window', '.actions', 'whatsapp-transcript'].map(
              (part) => {
                const {
                  x,
                  y,
                  width: w,
                  height,
                } = element.shadowRoot?.querySelector(part)?.getBoundingClientRect() ?? new DOMRect();
                return `${part} ${x} ${y} ${w} ${height}`;
              },
            );
          };
          const before = await places(null);
          for (const waited of [2_000, 41_000, 240_000, 59 * 60_000, null]) {
            expect(await places(waited), String(waited)).to.deep.equal(before);
          }
        });
      }
    }

    it('keeps the whole number, from its country code on, where the elapsed time has no room', async () => {
      for (const lang of ['en', 'ar']) {
        const workspace = desk();
        workspace.setInteractions(anInteraction({ windowClosesAt: NOON - 1 }));
        const element = await speaking(lang, workspace, 320);
        const number = element.shadowRoot?.querySelector<HTMLElement>('.address .words');
        expect(number?.textContent).to.equal('+254 712 345 678');
        expect(number?.getClientRects().length, lang).to.equal(1);
        const { left, right } = number?.getBoundingClientRect() ?? new DOMRect();
        const chip = element.shadowRoot?.querySelector('.window')?.getBoundingClientRect() ?? new DOMRect();
        expect(lang === 'ar' ? chip.right <= left : right <= chip.left, lang).to.equal(true);
        const details = element.shadowRoot?.querySelector('.details')?.getBoundingClientRect();
        const elapsed = element.shadowRoot?.querySelector('.elapsed')?.getBoundingClientRect();
        expect(elapsed?.top).to.be.at.least(details?.bottom ?? Infinity);
      }
    });

    it('keeps the whole number at 280 px before the words of a closed window, which the composer has too', async () => {
      for (const lang of ['en', 'ar']) {
        const workspace = desk();
        workspace.setInteractions(anInteraction({ windowClosesAt: NOON - 1 }));
        const element = await speaking(lang, workspace, 280);
        const number = element.shadowRoot?.querySelector('.address .words');
        expect(number?.getClientRects().length, lang).to.equal(1);
        const chip = element.shadowRoot?.querySelector('.window') as Element;
        expect(chip.getBoundingClientRect().width, lang).to.be.below(40);
        expect(chip.textContent).to.contain(lang === 'en' ? 'Service window closed' : '24');
      }
    });

    it('ends a number that has no room after a whole group', async () => {
      const workspace = desk();
      workspace.setInteractions(anInteraction({ windowClosesAt: NOON + 90 * 60_000 }));
      const element = await shown(workspace, {}, 280);
      const number = element.shadowRoot?.querySelector('.address') as Element;
      const chip = element.shadowRoot?.querySelector('.window')?.getBoundingClientRect();
      expect(wordsInSight(number, chip?.left ?? 0)).to.be.within(1, 3);
    });

    it('keeps the number and the elapsed time apart, in both directions', async () => {
      for (const lang of ['en', 'ar']) {
        const element = await speaking(lang, desk(), 800);
        const number = element.shadowRoot?.querySelector('.address .words')?.getBoundingClientRect();
        const elapsed = element.shadowRoot?.querySelector('.elapsed')?.getBoundingClientRect();
        const mark = element.shadowRoot?.querySelector('.channel')?.getBoundingClientRect();
        if (!number || !elapsed || !mark) throw new Error('The header lacks something.');
        const [before, after] =
          lang === 'en'
            ? [number.left - mark.right, elapsed.left - number.right]
            : [mark.left - number.right, number.left - elapsed.right];
        expect(before, lang).to.be.within(7, 9);
        expect(after, lang).to.be.within(7, 9);
      }
    });

    it('leaves the name its room beside a button of many words', async () => {
      registerLanguage('sv', { 'interaction.done': 'Markera som slutförd och lägg till handlingarna' });
      const workspace = desk();
      workspace.setInteractions(
        anInteraction({ contact: aContact({ name: 'Wilhelmina Fitzgerald-O’Connell' }) }),
      );
      const element = await shown(workspace, { lang: 'sv' }, 480);
      await waitUntil(() => byRole(element, 'button', /^Markera/));
      const name = getByRole(element, 'heading').getBoundingClientRect();
      const done = getByRole(element, 'button', /^Markera/);
      expect(name.width).to.be.at.least(176);
      expect(done.getBoundingClientRect().left).to.be.at.least(name.right);
      expect(done.getBoundingClientRect().right).to.be.at.most(element.getBoundingClientRect().right);
      expect(done.title).to.contain('Markera som slutförd');
    });

    it('renders the elapsed time alone when a second passes', async () => {
      const workspace = desk();
      workspace.clock.at = NOON + 990;
      const element = await shown(workspace);
      const elapsed = element.shadowRoot?.querySelector('elapsed-time') as Element;
      expect(shadowText(elapsed)).to.equal('00:01:00');
      let renderings = 0;
      const render = element.render.bind(element);
      element.render = () => {
        renderings++;
        return render();
      };
      workspace.clock.at = NOON + 1_000;
      await waitUntil(() => shadowText(elapsed) === '00:01:01');
      expect(renderings).to.equal(0);
    });

    it('has one labelled button where there is room', async () => {
      const element = await shown(desk(), {}, 480);
      const done = getByRole(element, 'button', 'Mark Done');
      expect(done.getBoundingClientRect().width).to.be.above(80);
      expect(getByRole(element, 'button', 'Move to Workbin').getBoundingClientRect().width).to.be.below(45);
      expect(getByRole(element, 'button', 'Move to Workbin').title).to.equal('Move to Workbin');
    });

    it('offers its actions once at every width, whatever width it had before', async () => {
      const workspace = desk();
      workspace.setWorkbins(
        ...['a', 'b', 'c'].map((id) => ({ id, name: `Workbin ${id}`, owner: null, count: 0 })),
      );
      const element = await shown(workspace, {}, 300);
      const offered = (): readonly string[] => allByRole(element, 'button').map(nameOf);
      for (const width of [300, 430, 450, 600, 1100, 450, 430, 450, 300]) {
        element.style.inlineSize = `${width}px`;
        const done = width >= 440 ? 1 : 0;
        const times = (wanted: string): number => offered().filter((name) => name === wanted).length;
        // oxlint-disable-next-line no-await-in-loop -- One after the other.
        await waitUntil(() => times('More actions') === 1 && times('Mark Done') === done, `${width} px`);
      }
    });

    it('shows the pendency', async () => {
      const element = await shown(desk());
      expect(nameOf(getByRole(element, 'img', /Waiting/))).to.equal('Waiting 1 min, critical');
    });

    it('counts the service window down and says when it is closed', async () => {
      const workspace = desk();
      const element = await shown(workspace);
      const chip = (): Element => element.shadowRoot?.querySelector('.window') as Element;
      const at = async (closesAt: number | null): Promise<string> => {
        workspace.setInteractions(anInteraction({ windowClosesAt: closesAt }));
        await settled(element);
        return `${chip().className} ${chip().textContent?.replace(/\s+/g, ' ') ?? ''}`;
      };
      expect(await at(NOON + 23 * HOUR + 12 * 60_000))
        .to.contain('open')
        .and.to.contain('23 h left');
      expect(await at(NOON + 78 * 60_000))
        .to.contain('closing')
        .and.to.contain('1 h 18 min left');
      expect(await at(NOON + 2 * HOUR))
        .to.contain('open')
        .and.to.contain('2 h left');
      expect(await at(NOON))
        .to.contain('Window closed')
        .and.to.contain('More than 24 hours'.toLowerCase());
      expect(await at(null)).to.contain('has not written yet');
    });

    it('keeps a name of 60 characters in its place, whole in the tooltip', async () => {
      const workspace = desk();
      const name = 'Wolfeschlegelsteinhausenbergerdorff Maximiliane von und zu H';
      workspace.setInteractions(
        anInteraction({ contact: aContact({ name }), windowClosesAt: NOON + HOUR * 1.3 }),
      );
      for (const width of [280, 480, 900]) {
        const element = await shown(workspace, {}, width);
        const header = element.shadowRoot?.querySelector('.header') as HTMLElement;
        expect(header.scrollWidth, String(width)).to.be.at.most(header.clientWidth);
        expect(header.offsetHeight).to.equal(56);
        expect(getByRole(element, 'heading').title).to.equal(name);
      }
    });
  });

  describe('sending', () => {
    it('hands the text to the workspace, once', async () => {
      const workspace = desk();
      const element = await shown(workspace);
      await write(element, 'Hello');
      await sendKeys({ press: 'Enter' });
      await settled(element);
      const sends = workspace.calls.filter(([name]) => name === 'sendText');
      expect(sends).to.deep.equal([['sendText', ID, 'Hello']]);
      expect(box(element).value).to.equal('');
    });

    it('can be vetoed by the page, and keeps the text', async () => {
      const workspace = desk();
      const element = await shown(workspace);
      let asked = '';
      element.addEventListener('message-send', (event) => {
        asked = `${event.detail.interaction.id} ${event.detail.draft.text}`;
        event.preventDefault();
      });
      await write(element, 'Hello');
      getByRole(element, 'button', 'Send').click();
      await settled(element);
      expect(asked).to.equal(`${ID} Hello`);
      expect(workspace.calls.some(([name]) => name === 'sendText')).to.equal(false);
      expect(box(element).value).to.equal('Hello');
    });

    it('lets no request out to the page', async () => {
      const element = await shown(desk());
      const heard: string[] = [];
      const listen = (event: Event): number => heard.push(event.type);
      document.addEventListener('send-request', listen);
      await write(element, 'Hello');
      await sendKeys({ press: 'Enter' });
      document.removeEventListener('send-request', listen);
      expect(heard).to.deep.equal([]);
    });

    it('is not possible when the window is closed, and the draft stays', async () => {
      const workspace = desk();
      const element = await shown(workspace);
      await write(element, 'Hello');
      workspace.setInteractions(anInteraction({ windowClosesAt: NOON - 1 }));
      await settled(element);
      expect(byRole(element, 'button', 'Send')).to.equal(null);
      expect(shadowText(element)).to.contain('delivers no free text').and.to.contain('Your draft is kept.');
      expect(box(element).value).to.equal('Hello');
    });

    it('is not possible in what another agent has', async () => {
      const workspace = desk();
      workspace.setInteractions(anInteraction({ agent: 'ben' }));
      const element = await shown(workspace);
      expect(shadowText(element)).to.contain('not on your desk');
      expect(byRole(element, 'button', 'Mark Done')).to.equal(null);
    });
  });

  describe('drafts', () => {
    it('are kept by the workspace, each with its conversation', async () => {
      const workspace = desk();
      workspace.setInteractions(anInteraction(), anInteraction({ id: 'i2' }));
      workspace.draft('i2').next(textDraft('For the second'));
      const element = await shown(workspace);
      await write(element, 'For the first');
      expect(workspace.draft(ID).value.text).to.equal('For the first');
      workspace.select('i2');
      await settled(element);
      expect(box(element).value).to.equal('For the second');
      workspace.select(ID);
      await settled(element);
      expect(box(element).value).to.equal('For the first');
    });

    it('take text that the page inserts', async () => {
      const workspace = desk();
      const element = await shown(workspace);
      await write(element, 'Order ');
      element.insertText('4711');
      await settled(element);
      expect(box(element).value).to.equal('Order 4711');
      expect(workspace.draft(ID).value.text).to.equal('Order 4711');
      expect(deepActiveElement()).to.equal(box(element));
    });
  });

  describe('failed messages', () => {
    it('are sent again, unless the page has a veto', async () => {
      const workspace = desk();
      workspace.outbox$.next([item(), item({ clientId: 'other', interaction: 'i2' })]);
      const element = await shown(workspace);
      const again = allByRole(element, 'button', 'Try again');
      expect(again.length).to.equal(1);
      element.addEventListener('message-send', (event) => event.preventDefault(), { once: true });
      again[0]?.click();
      expect(workspace.calls.filter(([name]) => name === 'resend')).to.deep.equal([]);
      again[0]?.click();
      expect(workspace.calls.filter(([name]) => name === 'resend')).to.deep.equal([['resend', 'c9']]);
    });

    it('go back to the composer by the workspace, which stores them first, and replace nothing there', async () => {
      const workspace = desk();
      workspace.outbox$.next([item()]);
      const element = await shown(workspace);
      await write(element, 'Before.');
      box(element).select();
      const edit = workspace.edit.bind(workspace);
      workspace.edit = (clientId) => {
        edit(clientId);
        workspace.draft(ID).next(textDraft('My words\nBefore.'));
      };
      const calls = workspace.calls.length;
      getByRole(element, 'button', 'Edit').click();
      await settled(element);
      expect(workspace.calls.slice(calls)).to.deep.equal([['edit', 'c9']]);
      expect(box(element).value).to.equal('My words\nBefore.');
      expect(deepActiveElement()).to.equal(box(element));
    });

    it('that the log has from elsewhere go back to the composer too', async () => {
      const workspace = desk();
      const delivery = { state: 'failed', at: NOON, error: null } as const;
      const failed = aReply({ clientId: null, content: { kind: 'text', text: 'My words' }, delivery });
      workspace.setTranscript(ID, [messageItem(failed)]);
      const element = await shown(workspace);
      await write(element, 'Before.');
      box(element).select();
      getByRole(element, 'button', 'Edit').click();
      await settled(element);
      expect(box(element).value).to.equal('My words\nBefore.');
    });

    it('are thrown away by hand alone', async () => {
      const workspace = desk();
      workspace.outbox$.next([item()]);
      const element = await shown(workspace);
      getByRole(element, 'button', 'Discard').click();
      expect(workspace.calls.at(-1)).to.deep.equal(['discard', 'c9']);
    });
  });

  it('says to the workspace where the agent reads', async () => {
    const workspace = desk();
    const element = await shown(workspace);
    const transcript = element.shadowRoot?.querySelector('whatsapp-transcript');
    transcript?.dispatchEvent(new ReadingChangeEvent('above'));
    transcript?.dispatchEvent(new ReadingChangeEvent('end'));
    expect(workspace.readings).to.deep.equal([
      [ID, 'above'],
      [ID, 'end'],
    ]);
  });

  describe('older messages', () => {
    it('are asked of the workspace', async () => {
      const workspace = desk();
      const page = {
        items: ITEMS,
        next: { interaction: 'i0', before: null },
        cursor: { epoch: 'e', seq: 1 },
      };
      const transcript = joinPage(openTranscript(ID), ID, page);
      workspace.transcript(ID).next({ transcript, loaded: true, loading: false, error: null });
      const element = await shown(workspace);
      getByRole(element, 'button', 'See older messages…').click();
      expect(workspace.calls.at(-1)).to.deep.equal(['loadOlder', ID]);
    });
  });

  describe('actions', () => {
    it('mark the interaction done', async () => {
      const workspace = desk();
      const element = await shown(workspace);
      getByRole(element, 'button', 'Mark Done').click();
      await settled(element);
      expect(workspace.calls.at(-1)).to.deep.equal(['markDone', ID]);
    });

    it('park in workbins that take interactions, not in one that the contact centre has closed', async () => {
      const workspace = desk();
      const closed = { id: 'old', name: 'Old', owner: null, count: 3, closed: true };
      workspace.setWorkbins(...WORKBINS, closed);
      const element = await shown(workspace);
      getByRole(element, 'button', 'Move to Workbin').click();
      await settled(element);
      const names = allByRole(element, 'menuitem').map(nameOf);
      expect(names).to.deep.equal(['My workbin', 'Team workbin']);
    });

    it('can be vetoed by the page', async () => {
      const workspace = desk();
      const element = await shown(workspace);
      element.addEventListener('interaction-finish', (event) => event.preventDefault());
      element.addEventListener('interaction-park', (event) => event.preventDefault());
      getByRole(element, 'button', 'Mark Done').click();
      getByRole(element, 'button', 'Move to Workbin').click();
      await settled(element);
      getByRole(element, 'menuitem', 'My workbin').click();
      await settled(element);
      expect(workspace.calls).to.deep.equal([]);
    });

    it('say where the agent acted when they were refused, until dismissed', async () => {
      const workspace = desk();
      workspace.outcome = { ok: false, error: { kind: 'conflict', sentence: '', retryable: false } };
      const element = await shown(workspace);
      const place = (): string =>
        JSON.stringify(element.shadowRoot?.querySelector('whatsapp-transcript')?.getBoundingClientRect());
      const before = place();
      getByRole(element, 'button', 'Mark Done').click();
      await waitUntil(() => byRole(element, 'alert'));
      expect(shadowText(getByRole(element, 'alert'))).to.contain('changed meanwhile');
      expect(place(), 'moves nothing').to.equal(before);
      await expect(element).to.be.accessible();
      getByRole(element, 'button', 'Close').click();
      await settled(element);
      expect(byRole(element, 'alert')).to.equal(null);
    });

    it('say nothing of a refusal in another conversation, which the agent has gone to meanwhile', async () => {
      const workspace = desk();
      let refuse: (outcome: CommandOutcome) => void = () => undefined;
      workspace.outcome = new Promise((resolve) => (refuse = resolve));
      const element = await shown(workspace);
      const other = anInteraction({ id: 'other', contact: aContact({ id: 'c-other', name: 'Otto' }) });
      workspace.setInteractions(...workspace.state.interactions.values(), other);
      workspace.setTranscript('other', []);
      getByRole(element, 'button', 'Mark Done').click();
      element.interaction = 'other';
      await settled(element);
      refuse({ ok: false, error: { kind: 'conflict', sentence: '', retryable: false } });
      await waitUntil(
        () =>
          getByRole(element, 'group', 'What to do with this conversation').getAttribute('aria-busy') ===
          'false',
      );
      expect(shadowText(element)).to.contain('Otto');
      expect(byRole(element, 'alert') === null).to.equal(true);
    });

    it('happen once, however often they are clicked', async () => {
      const workspace = desk();
      let finish: (outcome: { ok: true }) => void = () => undefined;
      workspace.outcome = new Promise((resolve) => (finish = resolve));
      const element = await shown(workspace);
      getByRole(element, 'button', 'Mark Done').click();
      getByRole(element, 'button', 'Mark Done').click();
      finish({ ok: true });
      await settled(element);
      expect(workspace.calls).to.deep.equal([['markDone', ID]]);
    });

    it('go to the only workbin without a menu', async () => {
      const workspace = desk();
      workspace.setWorkbins(...WORKBINS.slice(0, 1));
      const element = await shown(workspace);
      getByRole(element, 'button', 'Move to Workbin').click();
      await settled(element);
      expect(workspace.calls.at(-1)).to.deep.equal(['moveToWorkbin', ID, 'personal:ana']);
    });

    it('are one menu where there is no room', async () => {
      const workspace = desk();
      const element = await shown(workspace, {}, 320);
      expect(byRole(element, 'button', 'Mark Done')).to.equal(null);
      getByRole(element, 'button', 'More actions').click();
      await settled(element);
      const names = allByRole(element, 'menuitem').map(nameOf);
      expect(names).to.deep.equal([
        'Save or print…',
        'Move to Workbin: My workbin',
        'Move to Workbin: Team workbin',
        'Mark Done',
      ]);
      await expect(element).to.be.accessible();
      getByRole(element, 'menuitem', 'Mark Done').click();
      await settled(element);
      expect(workspace.calls.at(-1)).to.deep.equal(['markDone', ID]);
    });

    it('are operated by keyboard: open, go, choose', async () => {
      const workspace = desk();
      const element = await shown(workspace);
      const trigger = getByRole(element, 'button', 'Move to Workbin');
      trigger.focus();
      await sendKeys({ press: 'Enter' });
      await settled(element);
      expect(nameOf(deepActiveElement() as Element)).to.equal('My workbin');
      expect(trigger.getAttribute('aria-expanded')).to.equal('true');
      await sendKeys({ press: 'ArrowDown' });
      await sendKeys({ press: 'Enter' });
      await settled(element);
      expect(workspace.calls.at(-1)).to.deep.equal(['moveToWorkbin', ID, 'team']);
      expect(byRole(element, 'menu')).to.equal(null);
    });

    it('lie over all, where what they are in would cut them off', async () => {
      const workspace = desk();
      const element = await shown(workspace, {}, 320);
      element.style.cssText = 'block-size: 60px; min-block-size: 0; inline-size: 320px; overflow: hidden';
      getByRole(element, 'button', 'More actions').click();
      await settled(element);
      const done = getByRole(element, 'menuitem', 'Mark Done');
      const { left, top, width, height } = done.getBoundingClientRect();
      expect(top).to.be.above(element.getBoundingClientRect().bottom);
      const hit = element.shadowRoot?.elementFromPoint(left + width / 2, top + height / 2);
      expect(done.contains(hit ?? null)).to.equal(true);
      element.remove();
    });

    it('do not open by themselves when they come back after they vanished', async () => {
      const workspace = desk();
      const element = await shown(workspace);
      getByRole(element, 'button', 'Move to Workbin').click();
      await settled(element);
      workspace.setInteractions(anInteraction({ agent: 'ben' }));
      await waitUntil(() => !byRole(element, 'menu'));
      workspace.setInteractions(anInteraction());
      await waitUntil(() => byRole(element, 'button', 'Move to Workbin'));
      expect(byRole(element, 'menu')).to.equal(null);
    });

    it('are left by Escape, which goes no further, and the focus is back at the button', async () => {
      const element = await shown(desk());
      const heard: string[] = [];
      const listen = (event: KeyboardEvent): number => heard.push(event.key);
      document.addEventListener('keydown', listen);
      const trigger = getByRole(element, 'button', 'Move to Workbin');
      trigger.focus();
      await sendKeys({ press: 'Enter' });
      await settled(element);
      await sendKeys({ press: 'Escape' });
      await settled(element);
      expect(byRole(element, 'menu')).to.equal(null);
      expect(deepActiveElement()).to.equal(trigger);
      expect(heard).to.deep.equal([]);
      await sendKeys({ press: 'Escape' });
      document.removeEventListener('keydown', listen);
      expect(heard).to.deep.equal(['Escape']);
    });

    it('close their menu when something is pressed that leaves the focus where it is', async () => {
      // As buttons of toolbars do.
      const beside = await fixture<HTMLElement>(
        html`<button @mousedown=${(event: Event) => event.preventDefault()}>Bold</button>`,
      );
      const element = await shown(desk());
      const button = getByRole(element, 'button', 'Move to Workbin');
      button.click();
      await waitUntil(() => deepActiveElement()?.role === 'menuitem');
      await pressMiddle(beside);
      await waitUntil(() => !byRole(element, 'menu'));
      expect(button.getAttribute('aria-expanded')).to.equal('false');
    });

    it('close their menu when the focus goes elsewhere', async () => {
      const element = await shown(desk());
      getByRole(element, 'button', 'Move to Workbin').focus();
      await sendKeys({ press: 'Enter' });
      await settled(element);
      expect(allByRole(element, 'menu').length).to.equal(1);
      box(element).focus();
      await settled(element);
      expect(allByRole(element, 'menu').length).to.equal(0);
    });
  });

  describe('new messages', () => {
    it('of the contact are announced once', async () => {
      const workspace = desk();
      const element = await shown(workspace);
      receive(workspace, inbound('n1', 'I am at the door'));
      await settled(element);
      receive(workspace, messageItem(aReply({ id: 'n2', clientId: 'n2' })));
      await settled(element);
      await waitUntil(() => announced().includes('at the door'));
      expect(announced().split('Masha Ivanova: I am at the door').length).to.equal(2);
      expect(announced()).to.not.contain('Where is it?');
    });

    it('are announced by their kind when they have no text', async () => {
      const workspace = desk();
      const element = await shown(workspace);
      const content = mediaContent('image');
      receive(workspace, messageItem(aMessage({ id: 'n3', content })));
      await settled(element);
      await waitUntil(() => announced().includes('Masha Ivanova: Photo'));
    });

    it('are counted when many come at once', async () => {
      const workspace = desk();
      const element = await shown(workspace);
      receive(
        workspace,
        ...['a', 'b', 'c', 'd', 'e'].map((id) => inbound(`many-${id}`, `${id} one of many`)),
      );
      await settled(element);
      await waitUntil(() => announced().includes('5 new messages'));
      expect(announced()).to.not.contain('one of many');
    });

    it('have a line above them that was there when the conversation was gone to', async () => {
      const workspace = desk();
      workspace.setInteractions(anInteraction(), anInteraction({ id: 'i2' }));
      workspace.setTranscript('i2', [
        inbound('x1', 'read', { interaction: 'i2' }),
        inbound('x2', 'not read', { interaction: 'i2' }),
        inbound('x3', 'nor this', { interaction: 'i2' }),
      ]);
      const element = await shown(workspace);
      workspace.setUnread({ i2: 2 });
      await settled(element);
      // As the workspace does it: the count goes with the choice.
      workspace.setUnread({});
      workspace.select('i2');
      await settled(element);
      expect(shadowText(element))
        .to.match(/2 unread messages.*not read/)
        .and.to.not.match(/2 unread.* read .*not read/);
      workspace.select(ID);
      await settled(element);
      workspace.select('i2');
      await settled(element);
      expect(shadowText(element)).to.not.contain('unread messages');
    });
  });

  describe('of two contacts who turned out to be one person', () => {
    const contacts = {
      kept: aContact({ name: 'Joseph', phone: '15550000001' }),
      ended: aContact({ id: 'other', name: null, phone: '34600720001' }),
    };
    const words =
      '\u2068+34 600 720 001\u2069 and \u2068Joseph (+1 555 000 0001)\u2069 are the same contact. Both conversations go on here.';
    const merge = (seq: number, into = ID) => ({
      ...anEvent('interaction-merged', {
        interaction: anInteraction({ id: 'interaction-2', state: 'done', agent: null }),
        fromWorkbin: null,
        into: anInteraction({ id: into }),
        contacts,
      }),
      seq,
      id: `event-${seq}`,
    });
    const plain = (text: string) => text.replaceAll(/[\u2066-\u2069]/g, '');

    it('says so in the transcript, with who the two were', async () => {
      const workspace = desk();
      workspace.setTranscript(ID, [...ITEMS, { kind: 'merge', id: 'merge', at: NOON, contacts }]);
      const element = await shown(workspace);
      const rows = allByRole(element, 'listitem').map((row) => plain(row.textContent ?? ''));
      expect(rows.at(-1)).to.contain(plain(words));
    });

    it('announces it once, whatever is in front then, and what ended elsewhere not at all', async () => {
      const workspace = desk();
      const element = await shown(workspace);
      workspace.merged$.next(merge(1, 'interaction-3'));
      workspace.merged$.next(merge(2));
      receive(workspace, inbound('m9', 'Still me'));
      await waitUntil(() => plain(announced()).includes(plain(words)));
      workspace.patch({});
      await settled(element);
      expect(announced().match(/the same contact/g)).to.have.length(1);
    });
  });

  describe('a burst of messages', () => {
    it('is rendered once in a frame, and to its last message', async () => {
      const workspace = desk();
      const element = await shown(workspace);
      let renderings = 0;
      let frames = 0;
      const render = element.render.bind(element);
      element.render = () => {
        renderings++;
        return render();
      };
      let going = true;
      const count = (): void => {
        frames++;
        if (going) requestAnimationFrame(count);
      };
      requestAnimationFrame(count);
      await inTasks(300, (i) => receive(workspace, inbound(`n${i}`, `Number ${i} of the burst`)));
      const transcript = element.shadowRoot?.querySelector('whatsapp-transcript') as Element;
      await waitUntil(() => shadowText(transcript).includes('Number 299 of the burst'));
      going = false;
      // The first at once, and one with each frame.
      expect(renderings).to.be.at.most(frames + 2);
    });
  });

  describe('messages that fail', () => {
    it('are announced once, those of WhatsApp and those of the outbox, and not what had failed before', async () => {
      const workspace = desk();
      const failedBy = (id: string, code: number, at: number): TranscriptItem =>
        messageItem(
          aReply({ id, clientId: id, delivery: { state: 'failed', at, error: { code, detail: '' } } }),
        );
      workspace.setTranscript(ID, [failedBy('f0', 131042, NOON - 9_000)]);
      const element = await shown(workspace);
      receive(workspace, failedBy('f1', 131021, NOON));
      await waitUntil(() =>
        announced().includes('Message to Masha Ivanova not sent. This is the number that'),
      );
      receive(workspace, inbound('after', 'And then?'));
      workspace.outbox$.next([item()]);
      await waitUntil(() => announced().includes('not sent. The contact centre cannot do this now.'));
      await settled(element);
      expect(announced().match(/This is the number that/g)).to.have.length(1);
      expect(announced()).not.to.contain('payment problem');
    });
  });

  describe('in a parent without a height', () => {
    it('is as high as the page at most, and renders no more than that', async () => {
      const workspace = desk();
      const many = Array.from({ length: 400 }, (_, i) => inbound(`h${i}`, `Message ${i}`));
      workspace.setTranscript(ID, many);
      const element = await shown(workspace);
      element.style.blockSize = '';
      const height = (): number => element.getBoundingClientRect().height;
      await waitUntil(() => height() >= innerHeight - 1, 'as high as the page');
      await settled(element);
      expect(height()).to.be.closeTo(innerHeight, 1);
      const rows = (): number =>
        element.shadowRoot?.querySelector('whatsapp-transcript')?.shadowRoot?.querySelectorAll('.row')
          .length ?? 0;
      await waitUntil(() => rows() > 0);
      expect(rows()).to.be.below(100);
    });
  });

  describe('hostile names', () => {
    it('are only ever text and turn nothing around', async () => {
      const workspace = desk();
      const name = '<b onclick=x>\u202Eevil</b> مها';
      workspace.setInteractions(anInteraction({ contact: aContact({ name }) }));
      const element = await shown(workspace);
      expect(getByRole(element, 'heading').textContent).to.equal('<b onclick=x>evil</b> مها');
      const heading = getByRole(element, 'heading').getBoundingClientRect();
      const facts = element.shadowRoot?.querySelector('.facts')?.getBoundingClientRect();
      expect(facts?.left ?? 0).to.be.closeTo(heading.left, 4);
    });
  });

  describe('what is composed with a form', () => {
    const place = {
      kind: 'location',
      latitude: 41.4,
      longitude: 2.2,
      name: 'Market',
      address: null,
    } as const;
    const inComposer = (element: Element): Element =>
      element.shadowRoot
        ?.querySelector('whatsapp-composer')
        ?.shadowRoot?.querySelector('composer-menu') as Element;

    it('is offered as far as the contact centre takes it', async () => {
      const workspace = desk();
      workspace.patch({ features: ['send-text', 'send-location'] });
      const element = await shown(workspace);
      await waitUntil(() => byRole(element, 'button', 'More to send'), 'the menu is there');
      getByRole(element, 'button', 'More to send').click();
      expect(allByRole(element, 'menuitem').map((item) => nameOf(item))).to.include('Location');
      expect(byRole(element, 'menuitem', 'List')).to.equal(null);
    });

    it('is sent, and the draft stays', async () => {
      const workspace = desk();
      const element = await shown(workspace);
      await write(element, 'Not yet');
      const sent = inComposer(element).dispatchEvent(new ContentSendEvent(place));
      expect(sent).to.equal(true);
      expect(workspace.calls.filter(([name]) => name === 'sendContent')).to.deep.equal([
        ['sendContent', ID, place],
      ]);
      expect(box(element).value).to.equal('Not yet');
    });

    it('can be vetoed by the page, which sees what it is', async () => {
      const workspace = desk();
      const element = await shown(workspace);
      const seen: unknown[] = [];
      element.addEventListener('message-send', (event) => {
        seen.push(event.detail.content);
        event.preventDefault();
      });
      expect(inComposer(element).dispatchEvent(new ContentSendEvent(place))).to.equal(false);
      expect(seen).to.deep.equal([place]);
      expect(workspace.calls.some(([name]) => name === 'sendContent')).to.equal(false);
    });
  });

  describe('files', () => {
    const photo = (): File => new File(['photo'], 'photo.jpg', { type: 'image/jpeg' });

    function able(): FakeWorkspace {
      const workspace = desk();
      workspace.patch({ features: ['send-text', 'upload', 'send-media'] });
      return workspace;
    }

    /** What takes files comes beside the conversation. */
    async function willTake(element: Element): Promise<void> {
      await waitUntil(() => byRole(element, 'button', 'Attach file'), 'the button is there');
    }

    function drag(type: string, target: Element, ...files: readonly File[]): DragEvent {
      const dataTransfer = new DataTransfer();
      for (const file of files) dataTransfer.items.add(file);
      const event = new DragEvent(type, { bubbles: true, composed: true, cancelable: true, dataTransfer });
      target.dispatchEvent(event);
      return event;
    }

    const attached = (workspace: FakeWorkspace): readonly string[] =>
      workspace.calls.flatMap((call) => (call[0] === 'attach' ? [call[2].name] : []));
    const tray = (element: Element): Element | null | undefined =>
      element.shadowRoot?.querySelector('whatsapp-composer')?.shadowRoot?.querySelector('attachment-tray');

    /** Of a message whose file is on its way. */
    const body = {
      kind: 'media',
      as: 'document',
      upload: 'f1',
      media: null,
      fileName: 'invoice.pdf',
      caption: null,
    } as const;

    it('can be attached only where the contact centre takes and sends them', async () => {
      for (const features of [['send-text'], ['upload'], ['send-media']]) {
        const workspace = desk();
        workspace.patch({ features });
        // oxlint-disable-next-line no-await-in-loop -- One page, one conversation after the other.
        const element = await shown(workspace);
        expect(byRole(element, 'button', 'Attach file'), features.join()).to.equal(null);
      }
      await willTake(await shown(able()));
    });

    it('are attached by dropping them anywhere on the conversation, which says so', async () => {
      const workspace = able();
      const element = await shown(workspace);
      await willTake(element);
      const target = getByRole(element, 'group', 'Messages');
      drag('dragenter', target, photo());
      await settled(element);
      expect(shadowText(element)).to.contain('Drop files here to attach them');
      expect(drag('dragover', target, photo()).defaultPrevented).to.equal(true);
      expect(drag('drop', target, photo()).defaultPrevented).to.equal(true);
      await settled(element);
      expect(shadowText(element)).not.to.contain('Drop files here');
      expect(attached(workspace)).to.deep.equal(['photo.jpg']);
      await waitUntil(() => tray(element), 'the tray is there');
    });

    it('do not take the place of the page where they cannot be attached', async () => {
      const workspace = desk();
      const element = await shown(workspace);
      const target = getByRole(element, 'group', 'Messages');
      drag('dragenter', target, photo());
      await settled(element);
      expect(shadowText(element)).not.to.contain('Drop files here');
      expect(drag('dragover', target, photo()).defaultPrevented).to.equal(true);
      expect(drag('drop', target, photo()).defaultPrevented).to.equal(true);
      expect(attached(workspace)).to.deep.equal([]);
    });

    it('leave what is dragged otherwise to the page', async () => {
      const element = await shown(able());
      expect(drag('dragover', element).defaultPrevented).to.equal(false);
    });

    it('can be vetoed by the page', async () => {
      const workspace = able();
      const element = await shown(workspace);
      await willTake(element);
      element.addEventListener('files-attach', (event) => event.preventDefault());
      drag('drop', element, photo());
      await settled(element);
      expect(attached(workspace)).to.deep.equal([]);
    });

    it('that cannot be sent stay in the tray until the agent lets them go, in their conversation', async () => {
      const workspace = able();
      workspace.attached = () => ({ ok: false, refusal: { kind: 'empty' } });
      const other = anInteraction({ id: 'interaction-2' });
      workspace.setInteractions(anInteraction(), other);
      workspace.setTranscript('interaction-2', []);
      const element = await shown(workspace);
      await willTake(element);
      drag('drop', element, photo());
      await waitUntil(() => byRole(element, 'button', 'Remove photo.jpg'), 'the file is shown');
      await waitUntil(() => shadowText(element).includes('This file is empty.'), 'the reason is told');
      workspace.select('interaction-2');
      await settled(element);
      expect(tray(element)).to.equal(null);
      workspace.select(ID);
      await waitUntil(() => byRole(element, 'button', 'Remove photo.jpg'), 'the file is shown again');
      getByRole(element, 'button', 'Remove photo.jpg').click();
      await waitUntil(() => tray(element) === null, 'the file has gone');
    });

    it('are sent with the text, and keep what else the draft has', async () => {
      const workspace = able();
      const element = await shown(workspace);
      await willTake(element);
      workspace.draft(ID).next({ ...textDraft(''), replyTo: 'm1' });
      drag('drop', element, photo());
      await waitUntil(() => byRole(element, 'button', 'Remove photo.jpg'), 'the file is in the tray');
      box(element).focus();
      await sendKeys({ type: 'Here' });
      expect(workspace.draft(ID).value.replyTo).to.equal('m1');
      await sendKeys({ press: 'Enter' });
      const call = workspace.calls.findLast(([name]) => name === 'send');
      expect(
        call?.[0] === 'send' && [call[1], call[2].text, call[2].attachments.map(({ name }) => name)],
      ).to.deep.equal([ID, 'Here', ['photo.jpg']]);
    });

    it('go, as a voice note, where the conversation that it was recorded in goes on', async () => {
      const workspace = able();
      const element = await shown(workspace);
      await willTake(element);
      const { voice } = element.shadowRoot?.querySelector('whatsapp-composer')?.attaching ?? {};
      const take = workspace.attached;
      workspace.attached = (file, interaction) => {
        // It ends while the file is looked at.
        workspace.setInteractions(anInteraction({ id: 'goes-on', joined: [ID] }));
        return take(file, interaction);
      };
      voice?.keep(new Blob(['note'], { type: 'audio/ogg' }), true);
      await waitUntil(() => workspace.calls.some(([name]) => name === 'send'), 'it is sent');
      expect(workspace.calls.findLast(([name]) => name === 'send')?.[1]).to.equal('goes-on');
    });

    it('tell how far they are uploaded, and can be broken off', async () => {
      const workspace = able();
      workspace.outbox$.next([item({ clientId: 'c1', body, step: { at: 'uploading' } })]);
      workspace.uploads$.next(new Map([['f1', { taken: 1_000_000, of: 4_000_000 }]]));
      const element = await shown(workspace);
      await waitUntil(() => shadowText(element).includes('invoice.pdf'), 'the name is shown');
      expect(shadowText(element)).to.contain('1 MB of 4 MB');
      const bar = getByRole(element, 'progressbar') as HTMLProgressElement;
      expect([bar.value, bar.max]).to.deep.equal([1_000_000, 4_000_000]);
      getByRole(element, 'button', 'Cancel').click();
      expect(workspace.calls.at(-1)).to.deep.equal(['discard', 'c1']);
    });

    it('say what became of them when they were not taken', async () => {
      const workspace = able();
      const step = { at: 'failed', cause: 'refusal', kind: 'invalid', sentence: 'No.' } as const;
      workspace.outbox$.next([item({ clientId: 'c1', body, step })]);
      const element = await shown(workspace);
      await waitUntil(() => shadowText(element).includes('does not have this file'), 'the reason is told');
      expect(byRole(element, 'button', 'Try again')).to.equal(null);
      expect(byRole(element, 'button', 'Discard')).to.exist;
    });
  });

  describe('prepared responses', () => {
    const HELLO: PreparedResponse = {
      id: 'hello',
      category: 'greetings',
      name: 'Hello',
      body: 'How can I help you, <$Contact.Title$> Ivanova?',
      language: 'en',
      shortcut: null,
      keywords: [],
      attachments: [],
    };

    function withLibrary(): FakeWorkspace {
      const workspace = desk();
      workspace.patch({ features: ['responses'] });
      workspace.library = {
        search: async () => ({ ok: true, responses: [HELLO], next: null }),
        categories: async () => ({ ok: true, categories: [] }),
        setFavourite: async () => ({ ok: true }),
        insert: (interaction, { body }, range) => {
          const draft = workspace.draft(interaction);
          const inserted = insertResponse(draft.value, fillFieldCodes(body, new Map()), [], range);
          draft.next(inserted.draft);
          return inserted.end;
        },
      };
      return workspace;
    }

    const isInSearch = (): boolean => deepActiveElement()?.getAttribute('aria-label') === 'Search responses';

    for (const panel of ['docked', 'overlay', 'sheet'] as const) {
      it(`come into the text at the caret, from the composer's button and back (${panel})`, async () => {
        const workspace = withLibrary();
        workspace.draft(ID).next(textDraft('Good morning. \nAna'));
        const element = await shown(workspace, { panel }, panel === 'docked' ? 900 : 600);
        const composer = element.shadowRoot?.querySelector('whatsapp-composer');
        composer?.select(14);
        getByRole(element, 'button', 'Responses').click();
        await waitUntil(isInSearch);
        expect(box(element).checkVisibility()).to.equal(true);
        await waitUntil(() => byRole(element, 'option'));
        await sendKeys({ press: 'ArrowDown' });
        await sendKeys({ press: 'Enter' });
        expect(box(element).value).to.equal(
          'Good morning. How can I help you, [Contact.Title] Ivanova?\nAna',
        );
        expect(deepActiveElement()).to.equal(box(element));
        expect(box(element).selectionStart).to.equal(box(element).value.length - 4);
        await settled(element);
        expect((getByRole(element, 'button', 'Send') as HTMLButtonElement).disabled).to.equal(true);
      });
    }

    it('come by the shortcut that is typed, unless the page vetoes', async () => {
      const workspace = withLibrary();
      const element = await shown(workspace);
      const veto = (event: Event): void => event.preventDefault();
      element.addEventListener('response-insert', veto);
      workspace.draft(ID).next(textDraft('Good morning. '));
      await settled(element);
      element.shadowRoot?.querySelector('whatsapp-composer')?.select(14);
      await sendKeys({ type: '/he' });
      await waitUntil(() => byRole(element, 'option', /Hello/));
      await sendKeys({ press: 'Enter' });
      expect(box(element).value).to.equal('Good morning. /he');
      element.removeEventListener('response-insert', veto);
      await sendKeys({ press: 'Backspace' });
      await waitUntil(() => byRole(element, 'option', /Hello/));
      await sendKeys({ press: 'Enter' });
      expect(box(element).value).to.equal('Good morning. How can I help you, [Contact.Title] Ivanova?');
    });

    it('come into nothing where the page vetoes', async () => {
      const workspace = withLibrary();
      const element = await shown(workspace, { panel: 'docked' }, 900);
      element.addEventListener('response-insert', (event) => event.preventDefault());
      getByRole(element, 'button', 'Responses').click();
      await waitUntil(() => isInSearch() && byRole(element, 'option'));
      await sendKeys({ press: 'ArrowDown' });
      await sendKeys({ press: 'Enter' });
      expect(workspace.draft(ID).value.text).to.equal('');
    });

    it('are closed with Escape where they lie over the messages, and the focus goes back to the text', async () => {
      const element = await shown(withLibrary(), { panel: 'overlay' });
      box(element).focus();
      getByRole(element, 'button', 'Responses').click();
      await waitUntil(isInSearch);
      await sendKeys({ type: 'x' });
      await sendKeys({ press: 'Escape' });
      expect(isInSearch()).to.equal(true);
      await sendKeys({ press: 'Escape' });
      await waitUntil(() => deepActiveElement() === box(element));
      expect(byRole(element, 'combobox', 'Search responses')).to.equal(null);
    });

    it('have no button where there is no panel, or no library', async () => {
      const workspace = withLibrary();
      const element = await shown(workspace);
      expect(byRole(element, 'button', 'Responses')).to.equal(null);
      workspace.patch({ features: [] });
      const without = await shown(workspace, { panel: 'sheet' });
      expect(byRole(without, 'button', 'Responses')).to.equal(null);
    });
  });
});
