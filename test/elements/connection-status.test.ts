import { expect, fixture, html } from '@open-wc/testing';
import type { ConnectionStatus } from '../../src/elements/connection-status/connection-status.js';
import type { Connection, LateFailure } from '../../src/context/index.js';
import { mergeInteractions } from '../../src/model/index.js';
import type { OutboxItem, SendingTrouble } from '../../src/model/index.js';
import '../../src/define/connection-status.js';
import { NOON, aContact, anInteraction, anOutboxItem } from '../support/builders.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { allByRole, byRole, getByRole, nameOf, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

let workspace: FakeWorkspace;

const create = (): Promise<ConnectionStatus> =>
  fixture<ConnectionStatus>(html`<connection-status .workspace=${workspace}></connection-status>`);

const failure = { at: 'failed', cause: 'refusal', kind: 'not-yours', sentence: 'No.' } as const;

const item = (at: 'queued' | 'sending' | 'failed'): OutboxItem =>
  anOutboxItem({ clientId: Math.random().toString(), step: at === 'failed' ? failure : { at } });

const waiting: Connection = { at: 'waiting', retryAt: NOON + 12_000, attempt: 2 };
const refused = (kind: 'unauthorized' | 'refused' | 'too-many' = 'unauthorized'): Connection => ({
  at: 'refused',
  kind,
  sentence: 'The token has expired.',
});

const announced = (): string => document.querySelector('[aria-live]')?.textContent ?? '';

describe('<connection-status>', () => {
  beforeEach(() => (workspace = new FakeWorkspace()));
  afterEach(() => document.querySelector('[aria-live]')?.replaceChildren());

  describe('when a conversation goes on with another agent who talks with the same person', () => {
    const [ofAna, ofBen] = [
      anInteraction({ id: 'of-ana', createdAt: NOON, contact: aContact({ id: 'a', name: 'Masha' }) }),
      anInteraction({
        id: 'of-ben',
        createdAt: NOON - 1,
        agent: 'ben',
        contact: aContact({ id: 'b', phone: '4712345678' }),
      }),
    ];
    const merge = (a = ofAna, b = ofBen): void => {
      for (const draft of mergeInteractions(a, b, NOON))
        if (draft.type === 'interaction-merged') workspace.merged$.next({ ...draft, seq: 1, id: a.id });
    };
    const told = 'The conversation with Masha goes on with another agent';

    it('says so where it was lost, aloud too, until that has been read', async () => {
      const element = await create();
      merge();
      await element.updateComplete;
      expect(shadowText(element)).to.contain(told).and.to.contain('+47 123 456 78');
      await waitUntil(() =>
        announced()
          .replace(/[\u2068\u2069]/g, '')
          .includes(told),
      );
      await expect(element).to.be.accessible();
      getByRole(element, 'button', /Close the notice about .*Masha/).click();
      await element.updateComplete;
      expect(shadowText(element)).to.equal('');
      workspace.patch({});
      await element.updateComplete;
      expect(shadowText(element)).to.equal('');
    });

    it('says nothing where it goes on, nor of what was not lost to another agent', async () => {
      const element = await create();
      merge({ ...ofAna, createdAt: NOON - 2 });
      await element.updateComplete;
      merge(anInteraction({ id: 'one' }), anInteraction({ id: 'two', createdAt: 0 }));
      await element.updateComplete;
      expect(shadowText(element)).to.equal('');
    });
  });

  describe('when WhatsApp takes no messages', () => {
    const trouble = (trouble: SendingTrouble, channel = 'number-1') =>
      [channel, { channel, trouble, code: 1, since: NOON }] as const;

    it('says why, and what becomes of messages, once for all numbers', async () => {
      const element = await create();
      workspace.patch({ troubles: new Map([trouble('payment'), trouble('payment', 'number-2')]) });
      await element.updateComplete;
      expect(shadowText(element)).to.equal(
        'Sending is stopped: WhatsApp waits for a payment. What you send waits, and goes by itself when this is mended. Tell your administrator.',
      );
      await waitUntil(() => announced().includes('WhatsApp waits for a payment'));
      await expect(element).to.be.accessible();
    });

    it('says that WhatsApp does not answer, in English and Arabic', async () => {
      workspace.patch({ troubles: new Map([trouble('outage')]) });
      const element = await create();
      expect(shadowText(element)).to.contain(
        'Sending is stopped: WhatsApp does not answer. What you send waits',
      );
      const arabic = await fixture<ConnectionStatus>(
        html`<connection-status lang="ar" .workspace=${workspace}></connection-status>`,
      );
      expect(shadowText(arabic)).to.contain('واتساب لا يستجيب');
    });

    it('says so no more when messages go again', async () => {
      workspace.patch({ troubles: new Map([trouble('rate')]) });
      const element = await create();
      expect(shadowText(element)).to.contain('Sending is slow');
      workspace.patch({ troubles: new Map() });
      await element.updateComplete;
      expect(shadowText(element)).to.equal('');
      await waitUntil(() => announced().includes('Messages are being sent again.'));
    });

    it('is said in Arabic', async () => {
      workspace.patch({ troubles: new Map([trouble('other')]) });
      const element = await fixture<ConnectionStatus>(
        html`<connection-status lang="ar" .workspace=${workspace}></connection-status>`,
      );
      expect(shadowText(element)).to.contain('توقّف الإرسال');
    });
  });

  describe('accessibility', () => {
    it('has no violations in any state', async () => {
      const element = await create();
      workspace.storage$.next('memory');
      const states: Connection[] = [waiting, refused(), { at: 'connecting', attempt: 0 }];
      for (const connection of states) {
        workspace.connection$.next(connection);
        await element.updateComplete;
        await expect(element).to.be.accessible();
      }
    });

    it('says once that the link was lost, and once that it is back', async () => {
      workspace.outbox$.next([item('queued')]);
      const element = await create();
      workspace.connection$.next(waiting);
      await element.updateComplete;
      workspace.connection$.next({ at: 'connecting', attempt: 3 });
      await element.updateComplete;
      workspace.connection$.next({ ...waiting, attempt: 3 });
      await waitUntil(() => announced().includes('Offline.'));
      workspace.connection$.next({ at: 'online', since: NOON });
      await waitUntil(() => announced().includes('Connected again.'));
      expect(announced().match(/Offline/g)).to.have.length(1);
    });

    it('says once that a message was not sent, and nothing of those that were there', async () => {
      const named = (id: string, name: string) => anInteraction({ id, contact: aContact({ name }) });
      workspace.patch({ cursor: { epoch: 'e1', seq: 1 } });
      workspace.setInteractions(named('interaction-1', 'Masha'), named('i2', 'Joseph'));
      const old = anOutboxItem({ clientId: 'old', step: failure });
      workspace.outbox$.next([old, anOutboxItem({ clientId: 'new', interaction: 'i2' })]);
      const element = await create();
      const failed = anOutboxItem({ clientId: 'new', interaction: 'i2', step: failure });
      workspace.outbox$.next([old, failed]);
      await waitUntil(() => announced().includes('Message to Joseph not sent. Another agent has this now.'));
      workspace.outbox$.next([failed]);
      workspace.patch({ epoch: 'e1' });
      await element.updateComplete;
      expect(announced().match(/not sent/g)).to.have.length(1);
    });

    it('says that a message is stranded, and that the storage is gone', async () => {
      workspace.patch({ cursor: { epoch: 'e1', seq: 1 } });
      await create();
      workspace.outbox$.next([anOutboxItem({ interaction: 'gone', step: failure })]);
      await waitUntil(() => announced().includes('1 message was not sent, and its conversation has left'));
      workspace.storage$.next('outdated');
      await waitUntil(() => announced().includes('Reload this page'));
      expect(announced()).not.to.contain('Message to');
    });

    it('says nothing when all is well from the beginning', async () => {
      workspace.outbox$.next([item('queued'), item('queued'), item('queued')]);
      workspace.connection$.next({ at: 'connecting', attempt: 0 });
      const element = await create();
      workspace.connection$.next({ at: 'online', since: NOON });
      await element.updateComplete;
      workspace.connection$.next(waiting);
      await waitUntil(() => announced().includes('Offline.'));
      expect(announced()).not.to.contain('Connected');
    });
  });

  describe('properties', () => {
    it('is quiet online', async () => {
      expect(shadowText(await create())).to.equal('');
    });

    it('counts down, says what waits, and counts neither what failed nor what was accepted', async () => {
      const accepted = anOutboxItem({ step: { at: 'accepted', cursor: { epoch: 'e1', seq: 1 } } });
      workspace.outbox$.next([item('queued'), item('sending'), item('failed'), accepted]);
      workspace.connection$.next(waiting);
      const element = await create();
      expect(shadowText(element)).to.equal(
        'Offline. 2 messages wait and will be sent. Next try in 12 s. Try again',
      );
      workspace.clock.at += 4_500;
      element.requestUpdate();
      await element.updateComplete;
      expect(shadowText(element)).to.contain('Next try in 8 s.');
    });

    it('says of when the desk is that is shown without a link', async () => {
      const asOf = new Date(NOON);
      asOf.setHours(14, 3, 0, 0);
      workspace.clock.at = asOf.getTime() + 600_000;
      workspace.patch({ asOf: asOf.getTime() });
      workspace.connection$.next({ at: 'waiting', retryAt: workspace.clock.at + 12_000, attempt: 2 });
      const element = await create();
      expect(shadowText(element)).to.match(/^As of (14:03|0?2:03\s*PM), offline\. Next try in 12 s\./i);
      workspace.patch({ asOf: null });
      workspace.connection$.next({ at: 'online', since: NOON });
      await element.updateComplete;
      expect(shadowText(element)).to.equal('');
    });

    it('ticks by itself', async () => {
      const element = await create();
      workspace.clock.now = () => Date.now();
      workspace.connection$.next({ at: 'waiting', retryAt: Date.now() + 60_000, attempt: 1 });
      await waitUntil(() => /in \d+ s/.test(shadowText(element)));
      const before = shadowText(element);
      await waitUntil(() => shadowText(element) !== before, 'ticks');
    });

    it('goes on saying that it is offline while it tries', async () => {
      workspace.connection$.next(waiting);
      const element = await create();
      workspace.connection$.next({ at: 'connecting', attempt: 3 });
      await element.updateComplete;
      expect(shadowText(element)).to.equal('Offline. Connecting…');
    });

    it('says that the contact centre is busy, while messages wait for it', async () => {
      const step = { at: 'busy', kind: 'unavailable', sentence: 'The database restarts.' } as const;
      workspace.outbox$.next([anOutboxItem({ step }), item('queued')]);
      const element = await create();
      expect(shadowText(element)).to.equal('The contact centre is busy. 2 messages wait and will be sent.');
      await expect(element).to.be.accessible();
      workspace.outbox$.next([item('queued')]);
      await element.updateComplete;
      expect(shadowText(element)).to.equal('');
    });

    it('says when nothing can be stored', async () => {
      workspace.storage$.next('memory');
      expect(shadowText(await create())).to.contain('unsent messages and drafts are lost');
    });

    it('says when a newer version has taken the storage over', async () => {
      workspace.storage$.next('outdated');
      expect(shadowText(await create())).to.contain('Reload this page');
    });
  });

  describe('messages that were not delivered after their conversations had left', () => {
    const late = (message: string, more: Partial<LateFailure> = {}): LateFailure => ({
      message,
      interaction: `of-${message}`,
      contact: aContact({ id: `of-${message}`, name: `Contact ${message}` }),
      text: 'See you on Friday',
      at: NOON,
      error: { code: 131026, detail: 'Undeliverable' },
      state: 'done',
      workbin: null,
      ...more,
    });
    const createWithPanel = async (): Promise<ConnectionStatus> => {
      const element = await create();
      await waitUntil(() => shadowText(element).includes('not delivered'));
      return element;
    };
    const buttons = (element: Element): string[] => allByRole(element, 'button').map(nameOf);

    it('tells of each, says a cause once, and puts first what can be helped', async () => {
      workspace.setInteractions(anInteraction({ id: 'of-2' }));
      workspace.failures$.next([late('1'), late('2'), late('3', { state: 'queued' })]);
      const element = await createWithPanel();
      expect(shadowText(element)).to.equal(
        [
          '3 messages were not delivered. Their conversations have left your desk.',
          'WhatsApp cannot reach this contact: the number may not be on WhatsApp, or the app is too old. Use another channel.',
          'Contact 2 See you on Friday Show Contact 2',
          'Contact 1 +254 712 345 678 See you on Friday The conversation is done. Copy Contact 1',
          'Contact 3 +254 712 345 678 See you on Friday The conversation waits for an agent. Copy Contact 3',
        ].join(' '),
      );
      await expect(element).to.be.accessible();
    });

    it('has room for the dots of a name that is cut, in both directions', async () => {
      const name = 'Wilhelmina Fitzgerald-O’Connell van der Westhuizen-Papadopoulos';
      workspace.failures$.next([late('1', { contact: aContact({ id: 'c1', name }) })]);
      for (const lang of ['en', 'ar']) {
        const element = await fixture<ConnectionStatus>(
          html`<connection-status
            lang=${lang}
            .workspace=${workspace}
            style="inline-size: 300px"
          ></connection-status>`,
        );
        await waitUntil(() => element.shadowRoot?.querySelector('.failure .dots'));
        const cut = element.shadowRoot?.querySelector('.failure .cut') as Element;
        const groups = element.shadowRoot?.querySelector('.groups')?.getBoundingClientRect() ?? new DOMRect();
        const [dots] = [...(cut.querySelector('.dots')?.getClientRects() ?? [])];
        expect(dots?.right, lang).to.be.at.most(groups.right);
        expect(dots?.left, lang).to.be.at.least(groups.left);
      }
    });

    it('leads to the conversation in which the contact is talked with by now', async () => {
      workspace.setInteractions(anInteraction({ id: 'next', contact: aContact({ id: 'c1' }) }));
      workspace.failures$.next([late('1', { contact: aContact({ id: 'c1', name: 'Contact 1' }) })]);
      const element = await createWithPanel();
      getByRole(element, 'button', 'Show Contact 1').click();
      await element.updateComplete;
      expect(workspace.calls).to.deep.equal([
        ['select', 'next'],
        ['dismissFailure', '1'],
      ]);
    });

    it('gives the words back where no conversation shows them', async () => {
      const text = `Line one\n${'and more words '.repeat(40)}`;
      const copied: string[] = [];
      const writeText = async (words: string): Promise<void> => void copied.push(words);
      Object.defineProperty(navigator.clipboard, 'writeText', { configurable: true, value: writeText });
      workspace.failures$.next([late('1', { text })]);
      const element = await createWithPanel();
      getByRole(element, 'button', 'Copy Contact 1').click();
      await waitUntil(() => announced().includes('Copied'));
      Reflect.deleteProperty(navigator.clipboard, 'writeText');
      expect(copied).to.deep.equal([text]);
      expect(buttons(element)).to.include('Copied Contact 1');
    });

    it('puts a conversation that is on the desk in front', async () => {
      workspace.setInteractions(anInteraction({ id: 'of-1' }));
      workspace.failures$.next([late('1', { state: 'active' })]);
      const element = await createWithPanel();
      getByRole(element, 'button', 'Show Contact 1').click();
      await element.updateComplete;
      expect(workspace.calls).to.deep.equal([
        ['select', 'of-1'],
        ['dismissFailure', '1'],
      ]);
      expect(shadowText(element)).to.equal('');
    });

    it('opens one that is parked where the agent may open it, and says why when that is refused', async () => {
      workspace.setWorkbins({ id: 'team', name: 'Team', owner: null, count: 1 });
      workspace.failures$.next([
        late('1', { state: 'parked', workbin: 'team' }),
        late('2', { state: 'parked', workbin: 'private-of-ben' }),
      ]);
      const element = await createWithPanel();
      expect(buttons(element).filter((name) => name.startsWith('Open'))).to.deep.equal(['Open Contact 1']);
      workspace.outcome = { ok: false, error: { kind: 'not-yours', sentence: 'No.', retryable: false } };
      getByRole(element, 'button', 'Open Contact 1').click();
      await waitUntil(() =>
        shadowText(element).includes('Contact 1 See you on Friday Another agent has this now.'),
      );
      expect(workspace.calls).to.deep.equal([['open', 'of-1']]);
      workspace.outcome = { ok: true };
      getByRole(element, 'button', 'Open Contact 1').click();
      await waitUntil(() => workspace.calls.length === 4);
      expect(workspace.calls.slice(2)).to.deep.equal([
        ['select', 'of-1'],
        ['dismissFailure', '1'],
      ]);
    });

    it('tells what was not confirmed apart from what failed, and says that it may have arrived', async () => {
      const doubt = { error: null, inDoubt: true } as const;
      workspace.failures$.next([late('1')]);
      const element = await createWithPanel();
      workspace.failures$.next([late('1'), late('2', doubt), late('3', doubt)]);
      await waitUntil(() => announced().includes('A message to Contact 2 was not confirmed.'));
      expect(shadowText(element)).to.contain(
        [
          '1 message was not delivered. Its conversation has left your desk.',
          '2 messages were not confirmed. Their conversations have left your desk.',
        ].join(' '),
      );
      expect(shadowText(element).split('It may have arrived: ask before you repeat it.')).to.have.length(2);
      await expect(element).to.be.accessible();
    });

    it('lets each be dismissed', async () => {
      workspace.failures$.next([late('1'), late('2')]);
      const element = await createWithPanel();
      getByRole(element, 'button', 'Dismiss the message to Contact 1').click();
      await element.updateComplete;
      expect(workspace.calls).to.deep.equal([['dismissFailure', '1']]);
      expect(buttons(element)).to.deep.equal(['Copy Contact 2', 'Dismiss the message to Contact 2']);
    });

    it('announces each once, and none that were there before', async () => {
      workspace.failures$.next([late('old')]);
      const element = await createWithPanel();
      workspace.failures$.next([late('old'), late('1')]);
      await waitUntil(() => announced().includes('A message to Contact 1 was not delivered.'));
      workspace.failures$.next([late('1'), late('2')]);
      await waitUntil(() => announced().includes('A message to Contact 2 was not delivered.'));
      await element.updateComplete;
      expect(announced()).not.to.contain('old');
      expect(announced().split('Contact 1')).to.have.length.at.most(2);
    });
  });

  describe('messages whose conversation has left', () => {
    const cursor = { epoch: 'e1', seq: 1 };

    it('keeps their words and lets them be discarded', async () => {
      workspace.patch({ cursor });
      const failed = item('failed');
      workspace.outbox$.next([failed, item('queued')]);
      const element = await create();
      expect(shadowText(element)).to.contain('1 message was not sent');
      element.shadowRoot?.querySelector('summary')?.click();
      expect(shadowText(element)).to.contain('Hello');
      await expect(element).to.be.accessible();
      getByRole(element, 'button', 'Discard').click();
      expect(workspace.calls).to.deep.equal([['discard', failed.clientId]]);
    });

    it('cost nothing while there are none: what happens on the desk renders nothing', async () => {
      workspace.outbox$.next([item('queued')]);
      const element = await create();
      workspace.setInteractions(anInteraction());
      expect(element.isUpdatePending).to.equal(false);
      workspace.outbox$.next([item('failed')]);
      await element.updateComplete;
      workspace.setInteractions();
      expect(element.isUpdatePending).to.equal(true);
    });

    it('leaves those to the transcript whose conversation is here, and waits for the first snapshot', async () => {
      workspace.outbox$.next([item('failed')]);
      const element = await create();
      expect(shadowText(element)).to.equal('');
      workspace.setInteractions(anInteraction());
      workspace.patch({ cursor });
      await element.updateComplete;
      expect(shadowText(element)).to.equal('');
    });
  });

  describe('events', () => {
    it('tries at once when asked to', async () => {
      workspace.connection$.next(waiting);
      getByRole(await create(), 'button', 'Try again').click();
      expect(workspace.calls).to.deep.equal([['retryNow']]);
    });
  });

  describe('errors', () => {
    it('says what to do about a refusal, with the reason behind Details', async () => {
      workspace.outbox$.next([item('queued')]);
      workspace.connection$.next(refused());
      const element = await create();
      expect(shadowText(element)).to.contain('Your sign-in has ended.');
      expect(shadowText(element)).to.contain('What you have written is kept.');
      expect(shadowText(element)).not.to.contain('The token has expired.');
      element.shadowRoot?.querySelector('summary')?.click();
      expect(shadowText(element)).to.contain('The token has expired.');
      expect(byRole(element, 'button', 'Try again')).not.to.equal(null);
    });

    it('tells kinds of refusal apart', async () => {
      workspace.connection$.next(refused('refused'));
      const element = await create();
      expect(shadowText(element)).to.contain('not allowed to connect');
      workspace.connection$.next(refused('too-many'));
      await element.updateComplete;
      expect(shadowText(element)).to.contain('too many desks open. Close some of their tabs');
    });
  });
});
