import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { WhatsAppDesk } from '../../src/elements/whatsapp-desk/whatsapp-desk.js';
import type { Interaction } from '../../src/model/index.js';
import type { Connection, LateFailure } from '../../src/context/index.js';
import '../../src/define/whatsapp-desk.js';
import { aContact, anInteraction, NOON } from '../support/builders.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { allByRole, byRole, deepActiveElement, getByRole, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

let workspace: FakeWorkspace;

async function create(width: number, height = 640): Promise<WhatsAppDesk> {
  const element = await fixture<WhatsAppDesk>(html`<whatsapp-desk .workspace=${workspace}></whatsapp-desk>`);
  element.style.inlineSize = `${width}px`;
  element.style.blockSize = `${height}px`;
  await waitUntil(() => element.getBoundingClientRect().width === width);
  return element;
}

const part = (element: WhatsAppDesk, tag: string): HTMLElement => {
  const found = element.shadowRoot?.querySelector<HTMLElement>(tag);
  if (!found) throw new Error(`The desk has no <${tag}>.`);
  return found;
};
const box = (element: WhatsAppDesk, tag: string): DOMRect => part(element, tag).getBoundingClientRect();
const conversation = (element: Element): HTMLElement | null =>
  byRole(element, 'region', /^Conversation with/);

function busyDesk(): void {
  workspace.setInteractions(
    anInteraction({ id: 'a', contact: aContact({ name: 'Amina' }) }),
    anInteraction({ id: 'b', contact: aContact({ id: 'c-b', name: 'Berta' }), pendency: null }),
  );
  workspace.setTranscript('a', []);
  workspace.setTranscript('b', []);
  workspace.setWorkbins({ id: 'personal:ana', name: 'Ana', owner: 'ana', count: 1 });
  workspace.setWorkbin('personal:ana', {
    interactions: [
      anInteraction({
        id: 'p',
        state: 'parked',
        agent: null,
        contact: aContact({ id: 'c-p', name: 'Petra' }),
      }),
    ],
  });
  workspace.selected$.next('a');
}

const sidePanelIn = (element: WhatsAppDesk): Element | null | undefined =>
  part(element, 'whatsapp-interaction').shadowRoot?.querySelector('side-panel');

/** Where the parts of the desk are that must not move, in pixels. */
function places(element: WhatsAppDesk): Record<string, readonly number[]> {
  const inside = part(element, 'whatsapp-interaction').shadowRoot;
  const parts = {
    bar: part(element, 'interaction-bar'),
    workbins: part(element, 'workbin-list'),
    header: inside?.querySelector('.header'),
    transcript: inside?.querySelector('whatsapp-transcript'),
    composer: inside?.querySelector('whatsapp-composer'),
  };
  return Object.fromEntries(
    Object.entries(parts).map(([name, one]) => {
      const { x, y, width, height } = one?.getBoundingClientRect() ?? new DOMRect(NaN);
      return [name, [x, y, width, height]];
    }),
  );
}

/** Until what sizes lead to is drawn. */
async function frames(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
}

describe('<whatsapp-desk>', () => {
  beforeEach(() => (workspace = new FakeWorkspace()));

  describe('accessibility', () => {
    for (const width of [280, 480, 800, 1200]) {
      it(`has no violations at ${width} px, with a conversation and without`, async () => {
        busyDesk();
        const element = await create(width);
        await waitUntil(() => conversation(element));
        await expect(element).to.be.accessible();
        workspace.selected$.next(null);
        await element.updateComplete;
        await expect(element).to.be.accessible();
      });
    }

    it('has no violations offline, signed out, before the agent is known and without a workspace', async () => {
      const element = await create(800);
      const states: Connection[] = [
        { at: 'waiting', retryAt: NOON + 5_000, attempt: 1 },
        { at: 'refused', kind: 'unauthorized', sentence: 'Expired.' },
      ];
      for (const connection of states) {
        workspace.connection$.next(connection);
        await element.updateComplete;
        await expect(element).to.be.accessible();
      }
      workspace.patch({ agent: null });
      await element.updateComplete;
      await expect(element).to.be.accessible();
      await expect(await fixture(html`<whatsapp-desk></whatsapp-desk>`)).to.be.accessible();
    });

    it('says that it has no workspace, once one might have come', async () => {
      const element = await fixture<WhatsAppDesk>(html`<whatsapp-desk></whatsapp-desk>`);
      const front = () => element.shadowRoot?.querySelector<HTMLElement>('.front p');
      expect(front()?.checkVisibility({ visibilityProperty: true })).to.equal(false);
      await waitUntil(() => front()?.checkVisibility({ visibilityProperty: true }), 'says so');
      expect(front()?.textContent).to.equal('Not connected to a workspace.');
    });

    it('names its regions', async () => {
      busyDesk();
      const element = await create(1200);
      await waitUntil(() => conversation(element));
      expect(allByRole(element, 'region').map((region) => region.getAttribute('aria-label'))).to.have.members(
        ['Open interactions', 'Workbins', 'Conversation with Amina'],
      );
    });
  });

  describe('layout', () => {
    it('has a rail beside the conversation when there is room', async () => {
      busyDesk();
      const element = await create(800);
      expect(box(element, 'interaction-bar').width).to.be.closeTo(232, 1);
      expect(box(element, '.front').width).to.be.closeTo(568, 1);
      expect(box(element, 'workbin-list').top).to.be.at.least(box(element, 'interaction-bar').bottom - 1);
      element.style.inlineSize = '1200px';
      await waitUntil(() => Math.round(box(element, 'interaction-bar').width) > 255);
      expect(box(element, 'interaction-bar').width).to.be.closeTo(264, 1);
    });

    it('is a strip with one conversation when there is none', async () => {
      busyDesk();
      const element = await create(320);
      expect(box(element, 'interaction-bar').width).to.equal(320);
      expect(box(element, 'interaction-bar').height).to.be.below(60);
      expect(box(element, '.front').width).to.equal(320);
      expect(byRole(element, 'region', 'Workbins')).to.equal(null);
    });

    for (const width of [280, 320, 480, 800]) {
      it(`lets nothing stick out at ${width} px`, async () => {
        busyDesk();
        const element = await create(width);
        await waitUntil(() => conversation(element));
        const edge = element.getBoundingClientRect();
        for (const button of allByRole(element, 'button')) {
          if (button.closest('.tiles')) continue;
          const { left, right } = button.getBoundingClientRect();
          expect(left, button.textContent ?? '').to.be.at.least(edge.left - 0.5);
          expect(right, button.textContent ?? '').to.be.at.most(edge.right + 0.5);
        }
      });
    }

    it('turns round in Arabic', async () => {
      busyDesk();
      const page = await fixture<HTMLElement>(html`
        <div lang="ar"><whatsapp-desk .workspace=${workspace}></whatsapp-desk></div>
      `);
      const element = page.querySelector('whatsapp-desk') as WhatsAppDesk;
      await element.updateComplete;
      element.style.inlineSize = '700px';
      await waitUntil(() => box(element, 'interaction-bar').width < 300);
      expect(box(element, 'interaction-bar').left).to.be.above(box(element, '.front').left);
    });
  });

  describe('what comes and goes', () => {
    const waiting = (id: string, name: string, since: number | null): Interaction =>
      anInteraction({
        id,
        contact: aContact({ id: `c-${id}`, name }),
        pendency: since === null ? null : { since: NOON - since * 1000, count: 1 },
      });
    const ringing = (id: string): Interaction => ({
      ...waiting(id, 'Otto', 5),
      state: 'offered',
      agent: null,
      offer: { agent: 'ana', expiresAt: NOON + 20_000 },
    });
    const scenes: readonly (readonly [what: string, change: () => void])[] = [
      ['a message', () => workspace.setInteractions(waiting('a', 'Amina', 1), waiting('b', 'Berta', null))],
      ['a long wait', () => workspace.setInteractions(waiting('a', 'Amina', 400), waiting('b', 'Berta', 9))],
      ['unread messages', () => workspace.setUnread({ a: 3, b: 120 })],
      ['an invitation', () => workspace.setInteractions(...open(), ringing('o'))],
      ['two invitations', () => workspace.setInteractions(...open(), ringing('o'), ringing('p'))],
      ['a lost link', () => workspace.connection$.next(lost)],
      [
        'messages that failed late',
        () => workspace.failures$.next([late('one'), late('two'), late('three')]),
      ],
      ['a link again', () => workspace.connection$.next({ at: 'online', since: NOON })],
      ['no failures any more', () => workspace.failures$.next([])],
      ['nothing of it', () => (workspace.setUnread({}), workspace.setInteractions(...open()))],
    ];
    const lost = { at: 'waiting', retryAt: NOON + 60_000, attempt: 3 } as const;
    const late = (message: string): LateFailure => ({
      message,
      interaction: 'gone',
      contact: aContact({ id: 'gone', name: 'Gundula' }),
      text: 'See you on Friday',
      at: NOON,
      error: null,
      state: 'done',
      workbin: null,
    });
    const open = (): Interaction[] => [waiting('a', 'Amina', null), waiting('b', 'Berta', null)];

    for (const width of [280, 480, 800, 1200]) {
      it(`moves nothing at ${width} px`, async () => {
        busyDesk();
        workspace.setInteractions(...open());
        const element = await create(width);
        await waitUntil(() => byRole(element, 'textbox', 'Message'));
        // Over 560 px something of the side panel stands beside the conversation.
        if (width > 560)
          await waitUntil(() => sidePanelIn(element)?.shadowRoot?.querySelector('[role=tablist]'));
        await frames();
        const before = places(element);
        for (const [what, change] of scenes) {
          change();
          await element.updateComplete;
          await frames();
          expect(JSON.stringify(places(element)), what).to.equal(JSON.stringify(before));
        }
      });
    }

    for (const [width, height] of [
      [280, 640],
      [320, 360],
      [640, 400],
    ] as const) {
      it(`keeps the composer in a desk of ${width} × ${height} px, whatever there is to say`, async () => {
        busyDesk();
        workspace.connection$.next(lost);
        workspace.failures$.next([late('one'), late('two'), late('three')]);
        const element = await create(width, height);
        await waitUntil(() => byRole(element, 'textbox', 'Message'));
        await waitUntil(() => shadowText(part(element, 'connection-status')).includes('Gundula'));
        await frames();
        const box = getByRole(element, 'textbox', 'Message').getBoundingClientRect();
        expect(shadowText(part(element, 'connection-status'))).to.contain('Offline');
        expect(box.bottom).to.be.at.most(element.getBoundingClientRect().bottom);
      });
    }

    it('shows an invitation as a whole, its buttons at its end, over nothing that is needed to answer it', async () => {
      for (const width of [280, 480, 800, 1200]) {
        busyDesk();
        workspace.setInteractions(...open(), ringing('o'), ringing('p'), ringing('q'));
        const element = await create(width, 420);
        await waitUntil(() => byRole(element, 'button', 'Accept'));
        const desk = element.getBoundingClientRect();
        const card = getByRole(element, 'button', 'Accept').closest('li')?.getBoundingClientRect();
        expect(card?.height).to.equal(96);
        expect(shadowText(part(element, 'interaction-bar'))).to.contain('2 more waiting');
        for (const name of ['Accept', 'Reject']) {
          const button = getByRole(element, 'button', name);
          const { left, right, top, bottom, width: own } = button.getBoundingClientRect();
          expect(own).to.be.at.most(120);
          expect(left).to.be.at.least(desk.left);
          expect(right).to.be.at.most(desk.right);
          expect(bottom).to.be.at.most(desk.bottom);
          const hit = element.shadowRoot?.elementFromPoint((left + right) / 2, (top + bottom) / 2);
          expect(hit, `${name} at ${width} px`).to.equal(part(element, 'interaction-bar'));
        }
        element.remove();
      }
    });
  });

  describe('properties', () => {
    it('shows the conversation in front, and the next one', async () => {
      busyDesk();
      const element = await create(800);
      await waitUntil(() => conversation(element)?.getAttribute('aria-label') === 'Conversation with Amina');
      workspace.selected$.next('b');
      await waitUntil(() => conversation(element)?.getAttribute('aria-label') === 'Conversation with Berta');
    });

    it('says what to do when no conversation is in front', async () => {
      const element = await create(800);
      expect(shadowText(part(element, '.front'))).to.equal('No conversation is open.');
      busyDesk();
      workspace.selected$.next(null);
      await element.updateComplete;
      expect(shadowText(part(element, '.front'))).to.equal('Choose an interaction to see its conversation.');
    });

    it('has lower rows with density="compact", and still says everything in them', async () => {
      busyDesk();
      const element = await create(800);
      await waitUntil(() => byRole(element, 'button', /^Berta/));
      const heightOf = (name: RegExp): number =>
        getByRole(element, 'button', name).getBoundingClientRect().height;
      expect(heightOf(/^Berta/)).to.be.at.least(44);
      const words = getByRole(element, 'button', /^Berta/).textContent;
      element.setAttribute('density', 'compact');
      await waitUntil(() => heightOf(/^Berta/) < 40);
      await waitUntil(() => heightOf(/^Petra/) < 40);
      expect(heightOf(/^Berta/)).to.be.at.least(32);
      expect(getByRole(element, 'button', /^Berta/).textContent).to.equal(words);
    });

    it('hands the reasons for Not Ready on', async () => {
      const element = await create(800);
      element.setAttribute('not-ready-reasons', 'Lunch');
      await element.updateComplete;
      getByRole(element, 'button', 'Status: Ready').click();
      await waitUntil(() => byRole(element, 'menuitem', 'Lunch'));
    });
  });

  describe('events', () => {
    it('lets the page veto what its parts ask for', async () => {
      busyDesk();
      const element = await create(800);
      element.addEventListener('interaction-select', (event) => event.preventDefault());
      await waitUntil(() => byRole(element, 'button', /^Berta/));
      getByRole(element, 'button', /^Berta/).click();
      expect(workspace.calls).to.deep.equal([]);
    });
  });

  describe('keyboard', () => {
    it('opens the workbins over the conversation and closes them with Escape, which the page does not hear', async () => {
      busyDesk();
      const element = await create(320);
      const toggle = getByRole(element, 'button', /^Workbins/);
      toggle.click();
      await waitUntil(() => byRole(element, 'region', 'Workbins'));
      expect(toggle.getAttribute('aria-expanded')).to.equal('true');
      getByRole(element, 'button', /^Petra/).focus();
      const heard: string[] = [];
      const hear = (event: KeyboardEvent): unknown => heard.push(event.key);
      document.addEventListener('keydown', hear);
      await sendKeys({ press: 'Escape' });
      await waitUntil(() => !byRole(element, 'region', 'Workbins'));
      expect(heard).to.deep.equal([]);
      expect(deepActiveElement()).to.equal(toggle);
      await sendKeys({ press: 'Escape' });
      document.removeEventListener('keydown', hear);
      expect(heard).to.deep.equal(['Escape']);
    });

    it('keeps what is typed into the composer from the page', async () => {
      busyDesk();
      const element = await create(800);
      await waitUntil(() => byRole(element, 'textbox', 'Message'));
      const heard: string[] = [];
      const hear = (event: KeyboardEvent): unknown => heard.push(event.key);
      document.addEventListener('keydown', hear);
      getByRole(element, 'textbox', 'Message').focus();
      await sendKeys({ type: 'gg?' });
      document.removeEventListener('keydown', hear);
      expect(heard).to.deep.equal([]);
    });
  });

  describe('lifecycle', () => {
    it('closes the workbins when an interaction comes in front', async () => {
      busyDesk();
      const element = await create(320);
      getByRole(element, 'button', /^Workbins/).click();
      await waitUntil(() => byRole(element, 'region', 'Workbins'));
      workspace.selected$.next('b');
      await waitUntil(() => !byRole(element, 'region', 'Workbins'));
    });

    it('leaves nothing behind when it goes', async () => {
      busyDesk();
      const element = await create(800);
      await waitUntil(() => conversation(element));
      element.remove();
      await waitUntil(() => !workspace.observed);
    });
  });
});
