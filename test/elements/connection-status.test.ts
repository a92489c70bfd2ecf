import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import type { ConnectionStatus } from '../../src/elements/connection-status/connection-status.js';
import type { Connection } from '../../src/context/index.js';
import type { OutboxItem } from '../../src/model/index.js';
import '../../src/define/connection-status.js';
import { NOON, anInteraction } from '../support/builders.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { byRole, getByRole, shadowText } from '../support/queries.js';

let workspace: FakeWorkspace;

const create = (): Promise<ConnectionStatus> =>
  fixture<ConnectionStatus>(html`<connection-status .workspace=${workspace}></connection-status>`);

const item = (state: OutboxItem['state']): OutboxItem => ({
  clientId: Math.random().toString(),
  interaction: 'interaction-1',
  contact: 'contact-1',
  content: { kind: 'text', text: 'Hello' },
  createdAt: NOON,
  state,
  error: null,
});

const waiting: Connection = { at: 'waiting', retryAt: NOON + 12_000, attempt: 2 };
const refused = (kind: 'unauthorized' | 'refused' = 'unauthorized'): Connection => ({
  at: 'refused',
  kind,
  sentence: 'The token has expired.',
});

const announced = (): string => document.querySelector('[aria-live]')?.textContent ?? '';

describe('<connection-status>', () => {
  beforeEach(() => (workspace = new FakeWorkspace()));
  afterEach(() => document.querySelector('[aria-live]')?.replaceChildren());

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

    it('counts down, says what waits, and does not count what failed', async () => {
      workspace.outbox$.next([item('queued'), item('sending'), item('failed')]);
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

    it('ticks by itself', async () => {
      const element = await create();
      workspace.clock.now = () => Date.now();
      workspace.connection$.next({ at: 'waiting', retryAt: Date.now() + 3_000, attempt: 1 });
      await waitUntil(() => shadowText(element).includes('in 3 s'));
      await waitUntil(() => shadowText(element).includes('in 2 s'), 'ticks', { timeout: 2000 });
    });

    it('goes on saying that it is offline while it tries', async () => {
      workspace.connection$.next(waiting);
      const element = await create();
      workspace.connection$.next({ at: 'connecting', attempt: 3 });
      await element.updateComplete;
      expect(shadowText(element)).to.equal('Offline. Connecting…');
    });

    it('says when nothing can be stored', async () => {
      workspace.storage$.next('memory');
      expect(shadowText(await create())).to.contain('unsent messages and drafts are lost');
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
      expect(workspace.wishes).to.deep.equal([['discard', failed.clientId]]);
    });

    it('cost nothing while there are none: what happens on the desk is not even listened to', async () => {
      workspace.outbox$.next([item('queued')]);
      await create();
      expect(workspace.state$.observed).to.equal(false);
      workspace.outbox$.next([item('failed')]);
      await waitUntil(() => workspace.state$.observed);
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
      expect(workspace.wishes).to.deep.equal([['retryNow']]);
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
      expect(shadowText(await create())).to.contain('not allowed to connect');
    });
  });
});
