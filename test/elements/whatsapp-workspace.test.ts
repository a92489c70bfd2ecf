import { aTimeout, expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { of } from 'rxjs';
import type { WhatsAppWorkspace } from '../../src/elements/whatsapp-workspace/whatsapp-workspace.js';
import type { InteractionBar } from '../../src/elements/interaction-bar/interaction-bar.js';
import '../../src/define/interaction-bar.js';
import '../../src/define/whatsapp-workspace.js';
import type { Interaction } from '../../src/model/index.js';
import { aContact, anInteraction } from '../support/builders.js';
import { FakeTransport } from '../support/fake-transport.js';
import { allByRole, getByRole, nameOf, shadowText } from '../support/queries.js';

let transport: FakeTransport;

const create = async (more: TemplateResult | typeof nothing = nothing): Promise<WhatsAppWorkspace> => {
  const element = await fixture<WhatsAppWorkspace>(
    html`<whatsapp-workspace .transport=${transport}>${more}</whatsapp-workspace>`,
  );
  await waitUntil(() => element.workspace?.state.agent);
  return element;
};

const amina = (more: Partial<Interaction> = {}): Interaction =>
  anInteraction({ contact: aContact({ name: 'Amina' }), pendency: null, ...more });
const offer = (): Interaction =>
  amina({ state: 'offered', agent: null, offer: { agent: 'ana', expiresAt: Date.now() + 30_000 } });
const names = (bar: Element): string[] => allByRole(bar, 'button').map(nameOf);

describe('<whatsapp-workspace>', () => {
  beforeEach(() => (transport = new FakeTransport()));

  describe('accessibility', () => {
    it('draws nothing and styles nothing of what is in it', async () => {
      const element = await create(html`<p>Words of the page</p>`);
      expect(getComputedStyle(element).display).to.equal('contents');
      const inside = getComputedStyle(element.querySelector('p') as Element);
      const outside = getComputedStyle(await fixture(html`<p>Words of the page</p>`));
      for (const property of ['fontSize', 'lineHeight', 'color', 'marginTop'] as const) {
        expect(inside[property], property).to.equal(outside[property]);
      }
      await expect(element).to.be.accessible();
    });

    it('leaves the keys of the page’s own fields to the page', async () => {
      const element = await create(html`<input aria-label="Order" />`);
      const heard = oneEvent(document, 'keydown');
      element
        .querySelector('input')
        ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'x', bubbles: true }));
      expect(((await heard) as unknown as KeyboardEvent).key).to.equal('x');
    });
  });

  describe('properties', () => {
    it('gives its workspace to elements inside it and to those that name its id, before or after', async () => {
      transport.interactions = [amina()];
      const before = await fixture<InteractionBar>(
        html`<interaction-bar workspace="desk-one"></interaction-bar>`,
      );
      const element = await create(html`<interaction-bar></interaction-bar>`);
      element.id = 'desk-one';
      const inside = element.querySelector('interaction-bar') as InteractionBar;
      await waitUntil(() => names(inside)[0]?.startsWith('Amina'));
      await waitUntil(() => names(before)[0]?.startsWith('Amina'));
      const after = await fixture<InteractionBar>(
        html`<interaction-bar workspace="desk-one"></interaction-bar>`,
      );
      expect(names(after)[0]).to.match(/^Amina/);
      element.id = 'desk-two';
      await waitUntil(() => names(before).length === 0);
    });

    it('goes over to another transport and closes the first', async () => {
      const element = await create();
      const other = new FakeTransport();
      element.transport = other;
      await waitUntil(() => other.connected);
      expect(transport.connected).to.equal(false);
    });

    it('waits for the token of a gateway', async () => {
      const element = await fixture<WhatsAppWorkspace>(
        html`<whatsapp-workspace gateway="/nowhere"></whatsapp-workspace>`,
      );
      await element.updateComplete;
      expect(element.workspace).to.equal(null);
      element.setAttribute('token', 'abc');
      await waitUntil(() => element.workspace, 'connects', { timeout: 4000 });
    });

    it('plays a contact centre in the browser, the same for the same seed', async () => {
      const element = await fixture<WhatsAppWorkspace>(
        html`<whatsapp-workspace simulated="7"></whatsapp-workspace>`,
      );
      await waitUntil(() => element.workspace?.state.agent, 'connects', { timeout: 4000 });
      expect(element.workspace?.state.agent?.name).to.be.a('string');
    });
  });

  describe('events', () => {
    it('tells of an accepted invitation with its contact', async () => {
      transport.interactions = [offer()];
      const element = await create();
      const told = oneEvent(element, 'interaction-accepted');
      transport.happen('interaction-assigned', {
        interaction: amina({ version: 4 }),
        left: null,
        cause: 'accepted',
      });
      const event = await told;
      expect(event.detail.interaction.contact.name).to.equal('Amina');
      expect(event.bubbles).to.equal(false);
    });

    it('tells what is in front, with its contact, and when nothing is', async () => {
      transport.interactions = [amina()];
      const element = await create();
      let told = oneEvent(element, 'interaction-selected');
      element.workspace?.select('interaction-1');
      expect((await told).detail.interaction?.contact.name).to.equal('Amina');
      told = oneEvent(element, 'interaction-selected');
      element.workspace?.select(null);
      expect((await told).detail.interaction).to.equal(null);
    });

    it('tells what was sent, parked and done here', async () => {
      transport.interactions = [amina()];
      const element = await create();
      const sent = oneEvent(element, 'message-sent');
      element.workspace?.sendText('interaction-1', 'Hello');
      expect((await sent).detail).to.include({ text: 'Hello' });
      const done = oneEvent(element, 'interaction-done');
      const other = oneEvent(element, 'interaction-parked');
      transport.interactions = [amina({ id: 'interaction-2' })];
      transport.lose();
      element.workspace?.retryNow();
      await waitUntil(() => element.workspace?.state.interactions.has('interaction-2'));
      void element.workspace?.markDone('interaction-2');
      expect((await done).detail.interaction.id).to.equal('interaction-2');
      void element.workspace?.moveToWorkbin('interaction-2', 'team');
      expect((await other).detail.workbin).to.equal('team');
    });

    it('tells the sums of what is unread and what waits', async () => {
      transport.interactions = [];
      const element = await create();
      const told = oneEvent(element, 'unread-change');
      transport.happen('interaction-assigned', {
        interaction: amina({ pendency: { since: Date.now(), count: 3 } }),
        left: null,
        cause: 'accepted',
      });
      expect((await told).detail.pending).to.equal(1);
    });

    it('tells when the link is lost and back', async () => {
      const element = await create();
      const states: string[] = [];
      element.addEventListener('connection-change', ({ detail }) => states.push(detail.connection.at));
      transport.lose();
      await waitUntil(() => states.includes('waiting'));
      element.workspace?.retryNow();
      await waitUntil(() => states.includes('online'));
    });

    it('calls for attention by the title while somebody waits unseen, and gives the title back', async () => {
      // Workspaces of the tests before may still call, for as long as they outlive their elements.
      await waitUntil(() => !/^\(\d+\)/.test(document.title), 'quiet', { timeout: 4000 });
      document.title = 'Orders';
      const element = await create();
      const told = oneEvent(element, 'attention-change');
      transport.happen('interaction-assigned', {
        interaction: amina({ pendency: { since: Date.now(), count: 1 } }),
        left: null,
        cause: 'accepted',
      });
      expect((await told).detail.interactions.map((one: Interaction) => one.id)).to.deep.equal([
        'interaction-1',
      ]);
      await waitUntil(() => document.title.includes('Amina is waiting'));
      element.quiet = true;
      await waitUntil(() => document.title === 'Orders');
      element.quiet = false;
      await waitUntil(() => document.title.startsWith('(1)'));
      element.workspace?.select('interaction-1');
      await waitUntil(() => document.title === 'Orders');
    });
  });

  describe('lifecycle', () => {
    it('stays connected when it is moved', async () => {
      const element = await create();
      const { workspace } = element;
      const elsewhere = await fixture(html`<div></div>`);
      elsewhere.append(element);
      await aTimeout(0);
      expect(element.workspace).to.equal(workspace);
      expect([transport.connections, transport.connected]).to.deep.equal([1, true]);
    });

    it('closes some time after it was removed, and connects anew when it comes back', async () => {
      const element = await create();
      const parent = element.parentElement as Element;
      element.remove();
      expect(transport.connected).to.equal(true);
      await waitUntil(() => !transport.connected, 'closes', { timeout: 4000 });
      expect(element.workspace).to.equal(null);
      parent.append(element);
      await waitUntil(() => transport.connections === 2 && element.workspace?.state.agent);
    });

    it('takes the workspace from elements outside when it closes', async () => {
      transport.interactions = [amina()];
      const bar = await fixture<InteractionBar>(
        html`<interaction-bar workspace="leaving"></interaction-bar>`,
      );
      const element = await create();
      element.id = 'leaving';
      await waitUntil(() => names(bar).length > 0);
      element.remove();
      await waitUntil(() => bar.workspace === null, 'closes', { timeout: 4000 });
    });
  });

  describe('errors', () => {
    it('says what it could not do, and does not throw, for an address that is none', async () => {
      const warnings: unknown[] = [];
      const { warn } = console;
      console.warn = (...args: unknown[]) => warnings.push(args[0]);
      try {
        const element = await fixture<WhatsAppWorkspace>(
          html`<whatsapp-workspace gateway="http://[" token="x"></whatsapp-workspace>`,
        );
        await waitUntil(
          () => warnings.length > 0 || element.workspace !== null,
          'either warns or shows it as a connection',
          { timeout: 4000 },
        );
      } finally {
        console.warn = warn;
      }
    });

    it('shows a refusal of the agent’s wish where the agent made it', async () => {
      transport.interactions = [offer()];
      transport.send = (command) =>
        of({
          id: command.id,
          ok: false,
          error: { kind: 'taken', sentence: 'Taken.', retryable: false },
          seq: 1,
        });
      const element = await create(html`<interaction-bar></interaction-bar>`);
      const bar = element.querySelector('interaction-bar') as InteractionBar;
      await waitUntil(() => names(bar).includes('Accept'));
      getByRole(bar, 'button', 'Accept').click();
      await waitUntil(() => shadowText(bar).includes('Another agent was first.'));
    });
  });
});
