import { aTimeout, expect, fixture, html, oneEvent } from '@open-wc/testing';
import { nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { of, throwError } from 'rxjs';
import type {
  ConnectionChangeEvent,
  InteractionAcceptedEvent,
  MessageSentEvent,
} from '../../src/elements/whatsapp-workspace/whatsapp-workspace.events.js';
import type { WhatsAppWorkspace } from '../../src/elements/whatsapp-workspace/whatsapp-workspace.js';
import type { InteractionBar } from '../../src/elements/interaction-bar/interaction-bar.js';
import '../../src/define/interaction-bar.js';
import '../../src/define/whatsapp-workspace.js';
import type { Interaction, OutboxItem } from '../../src/model/index.js';
import { TransportError } from '../../src/transport/adapter.js';
import { aContact, anInteraction } from '../support/builders.js';
import { FakeTransport } from '../support/fake-transport.js';
import { allByRole, getByRole, nameOf, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

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
const inWorkbin = (one: Interaction): Interaction => ({
  ...one,
  state: 'parked',
  agent: null,
  parking: { workbin: 'team', by: 'ana', at: Date.now() },
});
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

    it('is gone with all that is in it when it is hidden', async () => {
      const element = await create(html`<interaction-bar></interaction-bar>`);
      const bar = element.querySelector('interaction-bar');
      expect(bar?.checkVisibility()).to.equal(true);
      element.hidden = true;
      expect(bar?.checkVisibility()).to.equal(false);
    });

    it('gives its theme to the elements inside it', async () => {
      const element = await create(html`<interaction-bar></interaction-bar>`);
      const bar = element.querySelector('interaction-bar') as InteractionBar;
      const look = (): string => getComputedStyle(bar).color;
      element.theme = 'light';
      await element.updateComplete;
      const light = look();
      element.setAttribute('theme', 'dark');
      await element.updateComplete;
      expect(look()).to.not.equal(light);
    });

    it('goes over to another transport and closes the first', async () => {
      const element = await create();
      const other = new FakeTransport();
      element.transport = other;
      await waitUntil(() => other.connected);
      expect(transport.connected).to.equal(false);
    });

    it('looks for a copy of the desk when there is no link, unless it is to keep none', async () => {
      for (const none of [false, true]) {
        const other = new FakeTransport();
        other.connect = () => throwError(() => new TransportError('offline', 'No link.'));
        let asked = 0;
        const claims = (): null => {
          asked++;
          return null;
        };
        const told: string[] = [];
        const element = await fixture<WhatsAppWorkspace>(
          html`<whatsapp-workspace
            ?no-offline-copy=${none}
            .transport=${Object.assign(other, { claims })}
            @connection-change=${({ detail }: ConnectionChangeEvent) => told.push(detail.connection.at)}
          ></whatsapp-workspace>`,
        );
        await waitUntil(() => told.includes('waiting'));
        expect(asked).to.equal(none ? 0 : 1);
        element.remove();
      }
    });

    // Before all tests that connect to a gateway: its adapter is on its way only once.
    it('does not connect twice when another source is asked for while the first is on its way', async () => {
      const element = document.createElement('whatsapp-workspace');
      const told: string[] = [];
      element.addEventListener('connection-change', ({ detail }) => told.push(detail.connection.at));
      Object.assign(element, { gateway: '/nowhere', token: 'abc' });
      (await fixture(html`<div></div>`)).append(element);
      await element.updateComplete;
      element.transport = transport;
      await waitUntil(() => told.includes('online'));
      const { workspace } = element;
      // What was asked for first has come when the same has come for another, which asked later.
      const other = await fixture<WhatsAppWorkspace>(
        html`<whatsapp-workspace gateway="/nowhere" token="abc"></whatsapp-workspace>`,
      );
      await waitUntil(() => other.workspace, 'connects');
      expect(element.workspace === workspace).to.equal(true);
      expect(told).to.deep.equal([...new Set(told)]);
    });

    it('waits for the token of a gateway', async () => {
      const element = await fixture<WhatsAppWorkspace>(
        html`<whatsapp-workspace gateway="/nowhere"></whatsapp-workspace>`,
      );
      await element.updateComplete;
      expect(element.workspace).to.equal(null);
      element.setAttribute('token', 'abc');
      await waitUntil(() => element.workspace, 'connects');
    });

    it('plays a contact centre in the browser, the same for the same seed', async () => {
      const element = await fixture<WhatsAppWorkspace>(
        html`<whatsapp-workspace simulated="7"></whatsapp-workspace>`,
      );
      await waitUntil(() => element.workspace?.state.agent, 'connects');
      expect(element.workspace?.state.agent?.name).to.be.a('string');
    });
  });

  describe('events', () => {
    it('tells once of the invitation that was accepted here, with its contact', async () => {
      transport.interactions = [offer()];
      const element = await create();
      const told: InteractionAcceptedEvent[] = [];
      element.addEventListener('interaction-accepted', (event) => told.push(event));
      await element.workspace?.accept('interaction-1');
      expect(told).to.have.length(0);
      const accepted = { interaction: amina({ version: 4 }), fromWorkbin: null, cause: 'accepted' } as const;
      transport.happen('interaction-assigned', accepted, 'interaction-1', transport.sent.at(-1)?.id);
      expect(told.map(({ detail }) => detail.interaction.contact.name)).to.deep.equal(['Amina']);
      expect(told[0]?.bubbles).to.equal(false);
    });

    it('does not tell what was accepted, parked or done in another tab', async () => {
      transport.interactions = [offer(), amina({ id: 'interaction-2' }), amina({ id: 'interaction-3' })];
      const element = await create();
      const told: string[] = [];
      for (const type of ['interaction-accepted', 'interaction-done', 'interaction-parked', 'message-sent'])
        element.addEventListener(type, ({ type: name }) => told.push(name));
      const elsewhere = 'a-command-of-another-tab';
      const accepted = { interaction: amina({ version: 4 }), fromWorkbin: null, cause: 'accepted' } as const;
      transport.happen('interaction-assigned', accepted, 'interaction-1', elsewhere);
      const done = amina({ id: 'interaction-2', state: 'done', agent: null });
      transport.happen('interaction-done', { interaction: done, fromWorkbin: null }, done.id, elsewhere);
      const parked = inWorkbin(amina({ id: 'interaction-3' }));
      transport.happen(
        'interaction-parked',
        { interaction: parked, fromWorkbin: null },
        parked.id,
        elsewhere,
      );
      await waitUntil(() => element.workspace?.state.interactions.size === 1);
      expect(told).to.deep.equal([]);
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
      transport.interactions = ['interaction-1', 'interaction-2', 'interaction-3'].map((id) => amina({ id }));
      const element = await create();
      const sent = oneEvent(element, 'message-sent');
      element.workspace?.sendText('interaction-1', 'Hello');
      expect((await sent).detail).to.include({ text: 'Hello' });
      const told: string[] = [];
      element.addEventListener('interaction-done', ({ detail }) =>
        told.push(`done ${detail.interaction.id}`),
      );
      element.addEventListener('interaction-parked', ({ detail }) =>
        told.push(`${detail.interaction.id} to ${detail.workbin}`),
      );
      await element.workspace?.moveToWorkbin('interaction-2', 'team');
      const parked = { interaction: inWorkbin(amina({ id: 'interaction-2' })), fromWorkbin: null };
      transport.happen('interaction-parked', parked, 'interaction-2', transport.sent.at(-1)?.id);
      await element.workspace?.markDone('interaction-3');
      const over = {
        interaction: amina({ id: 'interaction-3', state: 'done', agent: null }),
        fromWorkbin: null,
      };
      transport.happen('interaction-done', over, 'interaction-3', transport.sent.at(-1)?.id);
      expect(told).to.deep.equal(['interaction-2 to team', 'done interaction-3']);
    });

    it('tells what is sent again, by the client id that goes out, once', async () => {
      transport.interactions = [amina()];
      const element = await create();
      const answer = transport.send.bind(transport);
      transport.send = ({ id }) =>
        of({ id, ok: false, error: { kind: 'taken', sentence: 'Taken.', retryable: false }, seq: 1 });
      const first = element.workspace?.sendText('interaction-1', 'Hello') ?? '';
      let items: readonly OutboxItem[] = [];
      element.workspace?.outbox$.subscribe((now) => (items = now));
      await waitUntil(() => items[0]?.step.at === 'failed');
      transport.send = answer;
      const told: MessageSentEvent[] = [];
      element.addEventListener('message-sent', (event) => told.push(event));
      const again = element.workspace?.resend(first);
      expect(told.map(({ detail }) => [detail.clientId, detail.text, detail.interaction?.id])).to.deep.equal([
        [again, 'Hello', 'interaction-1'],
      ]);
      expect(again).not.to.equal(first);
      expect(element.workspace?.resend('of-nobody')).to.equal(null);
      expect(told).to.have.length(1);
    });

    it('tells the sums of what is unread and what waits', async () => {
      transport.interactions = [];
      const element = await create();
      const told = oneEvent(element, 'unread-change');
      transport.happen('interaction-assigned', {
        interaction: amina({ pendency: { since: Date.now(), count: 3 } }),
        fromWorkbin: null,
        cause: 'accepted',
      });
      expect((await told).detail.pending).to.equal(1);
    });

    it('tells the sums of a burst a few times at most, and right in the end', async () => {
      transport.interactions = [];
      const element = await create();
      const sums: number[] = [];
      element.addEventListener('unread-change', ({ detail }) => sums.push(detail.pending));
      for (let i = 0; i < 20; i++) {
        const interaction = amina({ id: `interaction-${i}`, pendency: { since: Date.now(), count: 1 } });
        const assigned = { interaction, fromWorkbin: null, cause: 'accepted' } as const;
        transport.happen('interaction-assigned', assigned, interaction.id);
      }
      await waitUntil(() => sums.at(-1) === 20);
      expect(sums).to.have.length.below(5);
    });

    it('counts an invitation not as one that waits for this agent', async () => {
      const pendency = { since: Date.now(), count: 3 };
      transport.interactions = [{ ...offer(), pendency }];
      const element = await create();
      const told = oneEvent(element, 'unread-change');
      transport.happen(
        'interaction-assigned',
        { interaction: amina({ id: 'interaction-2', pendency }), fromWorkbin: null, cause: 'accepted' },
        'interaction-2',
      );
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
      await waitUntil(() => !/^\(\d+\)/.test(document.title), 'quiet');
      document.title = 'Orders';
      const element = await create();
      const told = oneEvent(element, 'attention-change');
      transport.happen('interaction-assigned', {
        interaction: amina({ pendency: { since: Date.now(), count: 1 } }),
        fromWorkbin: null,
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

    it('goes on with the same workspace when its transport or token is away for a moment', async () => {
      const element = await create();
      const gateway = await fixture<WhatsAppWorkspace>(
        html`<whatsapp-workspace gateway="/nowhere" token="abc"></whatsapp-workspace>`,
      );
      await waitUntil(() => gateway.workspace, 'connects');
      const before = [element.workspace, gateway.workspace];
      [element.transport, gateway.token] = [null, null];
      await Promise.all([element.updateComplete, gateway.updateComplete]);
      expect([element.workspace, gateway.workspace]).to.deep.equal(before);
      [element.transport, gateway.token] = [transport, 'def'];
      await Promise.all([element.updateComplete, gateway.updateComplete]);
      // What is taken away later, and does not come back, closes.
      const first = transport;
      transport = new FakeTransport();
      const gone = await create();
      gone.transport = null;
      await waitUntil(() => gone.workspace === null, 'closes');
      expect([element.workspace, gateway.workspace]).to.deep.equal(before);
      expect([first.connected, transport.connected]).to.deep.equal([true, false]);
    });

    it('closes some time after it was removed, and connects anew when it comes back', async () => {
      const element = await create();
      const parent = element.parentElement as Element;
      element.remove();
      expect(transport.connected).to.equal(true);
      await waitUntil(() => !transport.connected, 'closes');
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
      await waitUntil(() => bar.workspace === null, 'closes');
    });

    it('leaves elements outside their workspace when it is made anew under the same id', async () => {
      const bar = await fixture<InteractionBar>(html`<interaction-bar workspace="anew"></interaction-bar>`);
      const former = await create();
      former.id = 'anew';
      const formerTransport = transport;
      await waitUntil(() => bar.workspace !== null);
      former.remove();
      transport = new FakeTransport();
      const element = await create();
      element.id = 'anew';
      await waitUntil(() => element.workspace !== null && bar.workspace === element.workspace);
      await waitUntil(() => !formerTransport.connected, 'closes');
      expect(bar.workspace).to.equal(element.workspace);
    });
  });

  describe('the end of the token', () => {
    let warnings: string[];
    const { warn } = console;
    beforeEach(() => {
      warnings = [];
      console.warn = (...words: unknown[]) => warnings.push(String(words[0]));
    });
    afterEach(() => {
      console.warn = warn;
    });

    const told = async (prevent: boolean) => {
      const element = await create();
      const events: CustomEvent<{ expiresAt: number; remaining: number }>[] = [];
      element.addEventListener('token-expiring', (event) => {
        if (prevent) event.preventDefault();
        events.push(event);
      });
      const expiresAt = Date.now() + 200;
      transport.renewToken(expiresAt);
      await waitUntil(() => events.length > 0);
      return { expiresAt, events };
    };

    it('is told before it comes, once, to who listens on the element', async () => {
      const { events, expiresAt } = await told(true);
      const [event] = events;
      expect(events.length).to.equal(1);
      expect(event?.bubbles).to.equal(false);
      expect(event?.detail.expiresAt).to.equal(expiresAt);
      expect(event?.detail.remaining).to.be.within(0, 100);
    });

    it('is warned of on the console, unless the page says that a new token is coming', async () => {
      await told(true);
      expect(warnings).to.deep.equal([]);
      await told(false);
      await waitUntil(() => warnings.length > 0);
      expect(warnings.length).to.equal(1);
      expect(warnings[0]).to.contain('token-expiring');
    });
  });

  describe('errors', () => {
    it('shows an address that is none as a connection that is refused, and does not throw', async () => {
      const element = await fixture<WhatsAppWorkspace>(
        html`<whatsapp-workspace gateway="http://[" token="x"></whatsapp-workspace>`,
      );
      const told: string[] = [];
      element.addEventListener('connection-change', ({ detail }) => told.push(detail.connection.at));
      await waitUntil(() => element.workspace, 'connects');
      await waitUntil(() => told.includes('refused'));
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
