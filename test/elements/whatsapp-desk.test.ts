import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { WhatsAppDesk } from '../../src/elements/whatsapp-desk/whatsapp-desk.js';
import type { Interaction } from '../../src/model/index.js';
import type { Connection, LateFailure } from '../../src/context/index.js';
import '../../src/define/whatsapp-desk.js';
import { messageItem } from '../../src/model/index.js';
import { aContact, anInteraction, aReply, NOON } from '../support/builders.js';
import { box, deskElement, part } from '../support/desk-element.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import {
  allByRole,
  byRole,
  deepActiveElement,
  everyElement,
  getByRole,
  shadowText,
} from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

let workspace: FakeWorkspace;

const create = (width: number, height?: number, lang?: string): Promise<WhatsAppDesk> =>
  deskElement(workspace, width, height, lang);

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

/** What comes and goes, and what it stands in. */
const PASSING = '.notices, connection-status, .waited, .unread, .channel';
/** What gives room to it at its end, and is cut off there. */
const YIELDING = '.cut, .said, .below';

/** Where all of the desk is that must not move, in pixels: where it begins, its top, its height, and how wide it is unless it yields. */
function places(root: Element, found = new Map<Element, string>()): Map<Element, string> {
  for (const one of (root.shadowRoot ?? root).children) {
    if (one.matches(PASSING)) continue;
    const { left, right, top, width, height } = one.getBoundingClientRect();
    const yields = one.matches(YIELDING);
    const begin = getComputedStyle(one).direction === 'rtl' ? right : left;
    const numbers = [begin, top, height, ...(yields ? [] : [width])].map((at) => Math.round(at * 100) / 100);
    found.set(one, numbers.join(' '));
    if (!one.matches('.cut')) places(one, found);
  }
  return found;
}

/** Until two pictures in a row are the same. */
async function settled(element: WhatsAppDesk): Promise<void> {
  let before = '';
  await waitUntil(async () => {
    await frames();
    const now = [...places(element).values()].join();
    const isSame = now === before;
    before = now;
    return isSame;
  });
}

/** What has moved of what is there still, as an agent sees it. */
function moved(before: ReadonlyMap<Element, string>, now: ReadonlyMap<Element, string>): string[] {
  return [...before]
    .filter(([one, place]) => now.has(one) && now.get(one) !== place)
    .map(([one, place]) => `${one.localName}.${one.className}: ${place} → ${now.get(one)}`);
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

    it('keeps its size, its panes and its side panel on a page that resets everything', async () => {
      const reset = new CSSStyleSheet();
      reset.replaceSync('* { all: revert }');
      document.adoptedStyleSheets.push(reset);
      try {
        for (const [width, tabs] of [
          [480, false],
          [1200, true],
        ] as const) {
          busyDesk();
          const page = await fixture<HTMLElement>(
            html`<div><whatsapp-desk .workspace=${workspace}></whatsapp-desk></div>`,
          );
          page.style.cssText = `inline-size: ${width}px; block-size: 640px`;
          const element = page.querySelector('whatsapp-desk') as WhatsAppDesk;
          expect(getComputedStyle(element).display).to.equal('inline');
          await waitUntil(
            () => box(element, '.desk').width === width && box(element, '.desk').height === 640,
          );
          expect(box(element, 'interaction-bar').width).to.equal(tabs ? 263 : width);
          if (tabs) await waitUntil(() => sidePanelIn(element)?.shadowRoot?.querySelector('[role=tab]'));
          else await waitUntil(() => sidePanelIn(element)?.getAttribute('layout') === 'sheet');
          page.remove();
        }
      } finally {
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== reset);
      }
    });

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
      ['hours', () => workspace.setInteractions(waiting('a', 'Amina', 42_120), waiting('b', 'Berta', 9))],
      ['days', () => workspace.setInteractions(waiting('a', 'Amina', 990_000), waiting('b', 'Berta', 9))],
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

    for (const lang of ['en', 'ar']) {
      for (const [width, density] of [
        [280, 'comfortable'],
        [320, 'compact'],
        [480, 'comfortable'],
        [800, 'compact'],
        [800, 'comfortable'],
        [1200, 'comfortable'],
      ] as const) {
        it(`moves nothing at ${width} px, ${density}, ${lang}`, async () => {
          busyDesk();
          workspace.setInteractions(...open());
          workspace.setTranscript('a', [messageItem(aReply({ interaction: 'a' }))]);
          const element = await create(width, 640, lang);
          element.density = density;
          await waitUntil(() => byRole(element, 'textbox'));
          await waitUntil(() => [...everyElement(element)].some((one) => one.matches('whatsapp-message')));
          // Over 560 px something of the side panel stands beside the conversation.
          if (width > 560)
            await waitUntil(() => sidePanelIn(element)?.shadowRoot?.querySelector('[role=tablist]'));
          const bar = part(element, 'interaction-bar').shadowRoot;
          await waitUntil(() => width < 560 === (bar?.querySelector('.strip') !== null));
          await settled(element);
          const before = places(element);
          expect(before.size).to.be.above(80);
          for (const [what, change] of scenes) {
            change();
            await element.updateComplete;
            await frames();
            expect(moved(before, places(element)), what).to.deep.equal([]);
          }
        });
      }
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

    const invitationOf = (element: WhatsAppDesk): HTMLElement =>
      getByRole(element, 'button', 'Accept').closest('li') as HTMLElement;
    const apart = (one: DOMRect, other: DOMRect): boolean =>
      one.top >= other.bottom ||
      one.bottom <= other.top ||
      one.left >= other.right ||
      one.right <= other.left;
    const number = aContact({ id: 'c-n', name: null, phone: '254733987654' });

    it('tells the whole number of who rings, at every width', async () => {
      for (const [width, height] of [
        [280, 640],
        [480, 640],
        [560, 720],
        [1200, 720],
        [560, 400],
      ] as const) {
        busyDesk();
        workspace.setInteractions(...open(), { ...ringing('o'), contact: number });
        const element = await create(width, height);
        await waitUntil(() => byRole(element, 'button', 'Accept'));
        const words = invitationOf(element).querySelectorAll('.name .words');
        expect([...words].map(({ textContent }) => textContent)).to.deep.equal(['+254 733 987 654']);
        expect(words[0]?.getClientRects().length, `${width}`).to.equal(1);
        element.remove();
      }
    });

    it('lets an invitation cover neither the tabs of a sheet nor the end of open workbins', async () => {
      for (const width of [320, 500]) {
        busyDesk();
        workspace.setInteractions(...open(), ringing('o'));
        const element = await create(width);
        await waitUntil(() => byRole(element, 'button', 'Accept'));
        await waitUntil(() => sidePanelIn(element)?.hasAttribute('layout'));
        (sidePanelIn(element) as HTMLElementTagNameMap['side-panel']).show();
        await waitUntil(() => byRole(element, 'tabpanel'));
        for (const one of [
          getByRole(element, 'tab', 'Case'),
          getByRole(element, 'button', 'Close the side panel'),
        ]) {
          await waitUntil(() =>
            apart(invitationOf(element).getBoundingClientRect(), one.getBoundingClientRect()),
          );
        }
        getByRole(element, 'button', /^Workbins/).click();
        await waitUntil(() => byRole(element, 'region', 'Workbins'));
        const card = invitationOf(element).getBoundingClientRect();
        const workbins = getByRole(element, 'region', 'Workbins').getBoundingClientRect();
        expect(card.bottom).to.be.at.most(element.getBoundingClientRect().bottom);
        expect(workbins.bottom).to.be.at.most(card.top);
        expect(workbins.height).to.be.above(200);
        element.remove();
      }
    });

    it('lets an invitation cover no workbins on a low desk, nor stick out of the conversation', async () => {
      for (const lang of ['en', 'ar']) {
        for (const width of [560, 800, 1200]) {
          busyDesk();
          workspace.setInteractions(...open(), ringing('o'));
          const element = await create(width, 400, lang);
          await waitUntil(() => element.shadowRoot?.querySelector('interaction-bar[ringing]'));
          const card = (): DOMRect => {
            const bar = part(element, 'interaction-bar').shadowRoot;
            return bar?.querySelector('.invitation')?.getBoundingClientRect() ?? new DOMRect();
          };
          await waitUntil(() => apart(card(), box(element, '.rail')));
          const messages = (): DOMRect | undefined =>
            part(element, 'whatsapp-interaction')
              .shadowRoot?.querySelector('whatsapp-transcript')
              ?.getBoundingClientRect();
          await waitUntil(() => messages()?.width);
          expect(card().top).to.be.at.least(messages()?.top ?? Infinity);
          expect(card().left).to.be.at.least(messages()?.left ?? Infinity);
          expect(card().right).to.be.at.most(messages()?.right ?? 0);
          const hit = element.shadowRoot?.elementFromPoint(card().left + 20, card().top + 20);
          expect(hit === part(element, 'interaction-bar')).to.equal(true);
          element.remove();
        }
      }
    });

    it('shows an invitation as a whole, its buttons at its end, over nothing that is needed to answer it', async () => {
      for (const width of [280, 480, 800, 1200]) {
        busyDesk();
        workspace.setInteractions(...open(), ringing('o'), ringing('p'), ringing('q'));
        const element = await create(width, 420);
        await waitUntil(() => byRole(element, 'button', 'Accept'));
        await settled(element);
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
      expect(shadowText(part(element, '.front'))).to.equal(
        'No conversation is open. Accept an invitation, or open one from a workbin.',
      );
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
