import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { WhatsAppDesk } from '../../src/elements/whatsapp-desk/whatsapp-desk.js';
import '../../src/define/whatsapp-desk.js';
import { messageItem } from '../../src/model/index.js';
import { aContact, anAgent, anInteraction, aReply, NOON } from '../support/builders.js';
import { box, deskElement, part } from '../support/desk-element.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { allByRole, byRole, deepActiveElement, everyElement, getByRole, nameOf } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

let workspace: FakeWorkspace;

const create = (width: number, height?: number, lang?: string): Promise<WhatsAppDesk> =>
  deskElement(workspace, width, height, lang);

const within = (element: Element, selector: string): HTMLElement => {
  const found = element.shadowRoot?.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`There is no ${selector} in <${element.localName}>.`);
  return found;
};
const interactionOf = (element: WhatsAppDesk): HTMLElement => part(element, 'whatsapp-interaction');
/** Once it is there for the width that the desk has. */
async function sidePanel(element: WhatsAppDesk): Promise<HTMLElement> {
  await waitUntil(() => interactionOf(element).shadowRoot?.querySelector('side-panel[layout]'));
  return within(interactionOf(element), 'side-panel');
}
const conversation = (element: Element): HTMLElement | null =>
  byRole(element, 'region', /^Conversation with/);

function busyDesk(): void {
  workspace.setInteractions(
    anInteraction({ id: 'a', contact: aContact({ name: 'Amina' }) }),
    anInteraction({ id: 'b', contact: aContact({ id: 'c-b', name: 'Berta' }), pendency: null }),
  );
  workspace.setTranscript('a', []);
  workspace.setTranscript('b', []);
  workspace.selected$.next('a');
}

describe('The desk by its width', () => {
  beforeEach(() => (workspace = new FakeWorkspace()));

  describe('panes', () => {
    it('has room beside the status for a new chat and for more, at every width', async () => {
      workspace.patch({ agent: anAgent({ status: 'not-ready', reason: 'Lunch' }) });
      for (const width of [280, 320, 559, 700, 1200]) {
        // oxlint-disable-next-line no-await-in-loop -- One after the other.
        const element = await create(width);
        const row = within(element, '.status');
        const [newChat, more] = [document.createElement('button'), document.createElement('button')];
        for (const button of [newChat, more]) button.className = 'icon-button';
        within(element, 'agent-status').after(newChat);
        row.append(more);
        const reason = within(within(element, 'agent-status'), '.reason');
        expect(row.scrollWidth, `${width}`).to.be.at.most(row.clientWidth);
        expect(more.getBoundingClientRect().right, `${width}`).to.be.at.most(
          row.getBoundingClientRect().right,
        );
        // Cut at 280 alone, where the count of the workbins stands in the row too.
        if (width > 280) expect(reason.scrollWidth, `${width}`).to.be.at.most(reason.clientWidth);
      }
    });

    it('gives rail, conversation and panel their widths, and lets their dividers meet', async () => {
      busyDesk();
      const element = await create(1021);
      const panel = await sidePanel(element);
      expect(box(element, '.rail').width).to.equal(264);
      expect(panel.getBoundingClientRect().width).to.equal(320);
      expect(1021 - 264 - 320).to.be.at.least(432);
      const header = within(interactionOf(element), '.header').getBoundingClientRect();
      expect(header.width).to.equal(1021 - 264 - 320);
      expect(within(panel, '.head').getBoundingClientRect().bottom).to.be.closeTo(header.bottom, 0.5);
      element.style.inlineSize = '1280px';
      await waitUntil(() => panel.getBoundingClientRect().width === 360);
      element.style.inlineSize = '560px';
      await waitUntil(() => panel.getAttribute('layout') === 'overlay');
      expect(box(element, '.rail').width).to.equal(232);
      expect(box(element, 'whatsapp-interaction').width).to.equal(328);
    });

    it('stands in one column of 760 px with its composer where no panel is docked', async () => {
      busyDesk();
      workspace.setTranscript('a', [messageItem(aReply({ interaction: 'a' }))]);
      const element = await create(1600);
      const panel = await sidePanel(element);
      getByRole(panel, 'button', 'Fold the side panel').click();
      await waitUntil(() => panel.getBoundingClientRect().width === 33);
      const front = within(interactionOf(element), '.header').getBoundingClientRect();
      const middle = front.left + front.width / 2;
      const message = (): DOMRect | undefined =>
        [...everyElement(element)]
          .find(({ localName }) => localName === 'whatsapp-message')
          ?.getBoundingClientRect();
      await waitUntil(() => (message()?.right ?? Infinity) <= middle + 380);
      const composer = getByRole(element, 'textbox', 'Message').getBoundingClientRect();
      expect(composer.left).to.be.within(middle - 380, middle - 340);
      expect(composer.right).to.be.at.most(middle + 380);
      expect(message()?.left).to.be.at.least(middle - 380);
    });

    it('has a width where that is asked of its content: in a row, and in a drawer that shrinks to fit', async () => {
      busyDesk();
      const page = await fixture<HTMLElement>(html`
        <div style="inline-size: 900px">
          <div style="display: flex; block-size: 400px">
            <p style="flex: none; inline-size: 300px; margin: 0"></p>
            <whatsapp-desk .workspace=${workspace}></whatsapp-desk>
          </div>
          <div style="inline-size: fit-content; block-size: 400px">
            <whatsapp-desk .workspace=${workspace}></whatsapp-desk>
          </div>
        </div>
      `);
      const widths = [...page.querySelectorAll('whatsapp-desk')].map(
        (one) => one.getBoundingClientRect().width,
      );
      expect(widths).to.deep.equal([600, 400]);
    });

    it('covers nothing that the page lays over it, nor its own workbins', async () => {
      busyDesk();
      const page = await fixture<HTMLElement>(html`
        <div style="position: relative; inline-size: 320px">
          <div class="dropdown" style="position: absolute; inset: 0; z-index: 1; block-size: 640px"></div>
          <whatsapp-desk .workspace=${workspace} style="block-size: 640px"></whatsapp-desk>
        </div>
      `);
      const element = page.querySelector('whatsapp-desk') as WhatsAppDesk;
      await waitUntil(() => conversation(element));
      const dropdown = page.querySelector('.dropdown') as HTMLElement;
      const { x, y } = within(interactionOf(element), '.name').getBoundingClientRect();
      expect(document.elementFromPoint(x + 4, y + 4) === dropdown).to.equal(true);
      getByRole(element, 'button', /^Workbins/).click();
      await waitUntil(() => byRole(element, 'region', 'Workbins'));
      expect(document.elementFromPoint(x + 4, y + 4) === dropdown).to.equal(true);
      dropdown.remove();
      expect(element.shadowRoot?.elementFromPoint(x + 4, y + 4)?.localName).to.equal('workbin-list');
    });
  });

  describe('the side panel', () => {
    it('is folded to its tabs and unfolded by one of them, and stays so for the agent', async () => {
      busyDesk();
      const element = await create(1200);
      const panel = await sidePanel(element);
      getByRole(panel, 'button', 'Fold the side panel').focus();
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => !byRole(panel, 'tabpanel'));
      expect(nameOf(deepActiveElement() as Element)).to.equal('Case');
      await sendKeys({ press: 'ArrowDown' });
      expect(byRole(panel, 'tabpanel')).to.equal(null);
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => byRole(panel, 'tabpanel'));
      expect(nameOf(deepActiveElement() as Element)).to.equal('Contact');
      const { panelTab, panelFolded } = workspace.settings$.value;
      expect({ panelTab, panelFolded }).to.deep.equal({ panelTab: 'contact', panelFolded: false });
      workspace.select('b');
      await waitUntil(() => conversation(element)?.getAttribute('aria-label') === 'Conversation with Berta');
      expect(getByRole(panel, 'tab', 'Contact').getAttribute('aria-selected')).to.equal('true');
    });

    for (const lang of ['en', 'ar']) {
      it(`opens over the end of the messages alone where there is less room, ${lang}`, async () => {
        busyDesk();
        const element = await create(800, 640, lang);
        const panel = await sidePanel(element);
        const before = box(element, 'whatsapp-interaction');
        const [, contact] = allByRole(panel, 'tab');
        contact?.click();
        await waitUntil(() => byRole(panel, 'tabpanel'));
        const messages = within(interactionOf(element), 'whatsapp-transcript').getBoundingClientRect();
        const layer = within(panel, '.panel').getBoundingClientRect();
        expect([layer.top, layer.bottom, layer.width]).to.deep.equal([messages.top, messages.bottom, 320]);
        if (lang === 'ar') expect(layer.left).to.equal(messages.left);
        else expect(layer.right).to.equal(messages.right);
        expect(box(element, 'whatsapp-interaction').toJSON()).to.deep.equal(before.toJSON());
        contact?.focus();
        await sendKeys({ press: 'Escape' });
        await waitUntil(() => !byRole(panel, 'tabpanel'));
        expect(deepActiveElement() === contact).to.equal(true);
        contact?.click();
        await waitUntil(() => byRole(panel, 'tabpanel'));
        contact?.click();
        await waitUntil(() => !byRole(panel, 'tabpanel'));
      });
    }

    it('is a sheet over the messages in the strip; header and composer stay, Escape closes it and goes no further', async () => {
      busyDesk();
      const element = await create(320);
      await sidePanel(element);
      const more = getByRole(element, 'button', 'More actions');
      more.focus();
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => byRole(element, 'menuitem', 'Show the side panel'));
      getByRole(element, 'menuitem', 'Show the side panel').click();
      await waitUntil(() => byRole(element, 'tabpanel'));
      expect(nameOf(deepActiveElement() as Element)).to.equal('Case');
      const interaction = interactionOf(element);
      const messages = within(interaction, 'whatsapp-transcript').getBoundingClientRect();
      const sheet = within(within(interaction, 'side-panel'), '.panel').getBoundingClientRect();
      expect([sheet.x, sheet.y, sheet.width, sheet.height]).to.deep.equal([
        messages.x,
        messages.y,
        messages.width,
        messages.height,
      ]);
      getByRole(element, 'textbox', 'Message').focus();
      await sendKeys({ type: 'Hello' });
      expect(byRole(element, 'tabpanel')).to.exist;
      getByRole(element, 'tab', 'Case').focus();
      const heard: string[] = [];
      const hear = (event: KeyboardEvent): unknown => heard.push(event.key);
      document.addEventListener('keydown', hear);
      await sendKeys({ press: 'Escape' });
      document.removeEventListener('keydown', hear);
      await waitUntil(() => !byRole(element, 'tabpanel'));
      expect(heard).to.deep.equal([]);
      expect(deepActiveElement() === more).to.equal(true);
    });

    it('lets what is wrong be read over its end, and covers nothing of its head with it', async () => {
      for (const width of [320, 700]) {
        busyDesk();
        workspace.connection$.next({ at: 'waiting', retryAt: NOON + 60_000, attempt: 3 });
        // oxlint-disable-next-line no-await-in-loop -- One after the other.
        const element = await create(width);
        // oxlint-disable-next-line no-await-in-loop -- One after the other.
        const panel = (await sidePanel(element)) as HTMLElementTagNameMap['side-panel'];
        panel.show();
        // oxlint-disable-next-line no-await-in-loop -- One after the other.
        await waitUntil(() => byRole(element, 'tabpanel'));
        const seen = (one: Element): boolean => {
          const { left, right, top, bottom } = one.getBoundingClientRect();
          let hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
          const path = [hit];
          while (hit?.shadowRoot) {
            const inner = hit.shadowRoot.elementFromPoint((left + right) / 2, (top + bottom) / 2);
            if (!inner || inner === hit) break;
            hit = inner;
            path.push(hit);
          }
          return path.some((at) => at !== null && (one === at || one.contains(at)));
        };
        // oxlint-disable-next-line no-await-in-loop -- One after the other.
        await waitUntil(() => seen(getByRole(element, 'button', 'Try again')), `at ${width}`);
        expect(seen(getByRole(panel, 'button', 'Close the side panel'))).to.equal(true);
        expect(seen(getByRole(panel, 'tab', 'Case'))).to.equal(true);
        expect(seen(getByRole(element, 'textbox', 'Message'))).to.equal(true);
        element.remove();
      }
    });

    it('is there again when a desk gets wide whose workbins were left open in the strip', async () => {
      busyDesk();
      const element = await create(400);
      await sidePanel(element);
      getByRole(element, 'button', /^Workbins/).click();
      await waitUntil(() => !interactionOf(element).shadowRoot?.querySelector('side-panel'));
      element.style.inlineSize = '1200px';
      await waitUntil(() => byRole(element, 'tabpanel'));
      element.style.inlineSize = '400px';
      await waitUntil(() => byRole(element, 'button', /^Workbins/));
      expect(getByRole(element, 'button', /^Workbins/).ariaExpanded).to.equal('false');
    });

    it('is closed by another conversation, and by the workbins: one thing at most lies over the messages', async () => {
      busyDesk();
      const element = await create(500);
      await sidePanel(element);
      const button = getByRole(element, 'button', 'Show the side panel');
      for (const other of [
        () => workspace.select('b'),
        () => getByRole(element, 'button', /^Workbins/).click(),
      ]) {
        button.click();
        // oxlint-disable-next-line no-await-in-loop -- One after the other.
        await waitUntil(() => byRole(element, 'tabpanel'));
        // oxlint-disable-next-line no-await-in-loop -- One after the other.
        await waitUntil(() => button.getAttribute('aria-expanded') === 'true');
        other();
        // oxlint-disable-next-line no-await-in-loop -- One after the other.
        await waitUntil(() => !byRole(element, 'tabpanel'));
      }
    });

    it('has no violations docked, folded, as overlay and as sheet', async () => {
      busyDesk();
      for (const width of [480, 700, 1200]) {
        const element = await create(width);
        const panel = await sidePanel(element);
        await expect(element).to.be.accessible();
        if (width === 480) getByRole(element, 'button', 'Show the side panel').click();
        else if (width === 700) getByRole(panel, 'tab', 'Case').click();
        else getByRole(panel, 'button', 'Fold the side panel').click();
        await waitUntil(() => (byRole(panel, 'tabpanel') === null) === (width === 1200));
        await expect(element).to.be.accessible();
      }
    });
  });
});
