import { expect, fixture, html } from '@open-wc/testing';
import '../../src/define/side-panel.js';
import type { SidePanel } from '../../src/elements/side-panel/side-panel.js';
import type { Interaction } from '../../src/model/index.js';
import { aContact, anInteraction, NOON } from '../support/builders.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { allByRole, byRole, deepActiveElement, getByRole, nameOf, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

let workspace: FakeWorkspace;

interface Setting extends Partial<Pick<SidePanel, 'layout'>> {
  readonly tab?: string;
  readonly folded?: boolean;
}

async function shown(
  { layout = 'docked', tab = 'case', folded = false }: Setting = {},
  interaction: Interaction = anInteraction(),
): Promise<SidePanel> {
  workspace.changeSettings({ panelTab: tab, panelFolded: folded });
  const element = await fixture<SidePanel>(
    html`<side-panel
      style="block-size: 480px"
      .workspace=${workspace}
      .interaction=${interaction}
      .layout=${layout}
    ></side-panel>`,
  );
  if (layout !== 'docked' && !folded) element.show();
  await element.updateComplete;
  return element;
}

/** Has the clipboard of the page do something else. */
async function withClipboard(
  writeText: (text: string) => Promise<void>,
  run: () => Promise<void>,
): Promise<void> {
  const own = Object.getOwnPropertyDescriptor(navigator, 'clipboard');
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
  try {
    await run();
  } finally {
    if (own) Object.defineProperty(navigator, 'clipboard', own);
    else Reflect.deleteProperty(navigator, 'clipboard');
  }
}

describe('<side-panel>', () => {
  beforeEach(() => (workspace = new FakeWorkspace()));

  it('has no violations, open and folded, with each tab', async () => {
    for (const layout of ['docked', 'overlay', 'sheet'] as const) {
      for (const tab of ['case', 'contact'] as const) {
        await expect(await shown({ layout, tab })).to.be.accessible();
      }
      await expect(await shown({ layout, folded: true })).to.be.accessible();
    }
  });

  it('says what is known of the case', async () => {
    const session = { id: 's', direction: 'outbound', startedAt: NOON - 292_000 } as const;
    const element = await shown({}, anInteraction({ session }));
    const text = shadowText(element);
    for (const fact of ['WhatsApp', 'Outbound session', 'Today · ', '00:04:52', 'On a desk'])
      expect(text).to.contain(fact);
  });

  it('says until when free text can be sent, and from the moment on that it cannot, since when', async () => {
    const element = await shown({}, anInteraction({ windowClosesAt: NOON + 1_000 }));
    expect(shadowText(element)).to.contain('Until Today · ');
    expect(shadowText(element)).not.to.contain('Closed');
    workspace.clock.at = NOON + 1_000;
    await waitUntil(() => shadowText(element).includes('Closed since'));
    expect(shadowText(element)).not.to.contain('Until');
  });

  it('calls a day by its name until it ends', async () => {
    const startedAt = new Date(NOON).setHours(9, 0);
    const midnight = new Date(NOON).setHours(24, 0, 0, 0);
    workspace.clock.at = midnight - 10;
    const element = await shown({}, anInteraction({ session: { id: 's', direction: 'inbound', startedAt } }));
    expect(shadowText(element)).to.contain('Today · ');
    workspace.clock.at = midnight;
    await waitUntil(() => shadowText(element).includes('Yesterday · '));
  });

  it('says what is known of the contact, and nothing that is not', async () => {
    const element = await shown({ tab: 'contact' });
    expect(shadowText(element))
      .to.contain('Masha Ivanova')
      .and.to.contain('+254 712 345 678')
      .and.to.contain('KE.1349120865530274')
      .and.to.not.contain('User name');
    const unknown = await shown({ tab: 'contact' }, anInteraction({ contact: aContact({ name: null }) }));
    expect(shadowText(unknown)).to.contain('Not known');
    expect(shadowText(unknown).split('+254 712 345 678').length).to.equal(2);
  });

  it('copies the number as it is dialled, and says so', async () => {
    const element = await shown({ tab: 'contact' });
    const copied: string[] = [];
    const write = async (text: string): Promise<void> => void copied.push(text);
    await withClipboard(write, async () => {
      getByRole(element, 'button', 'Copy: Phone number').click();
      await waitUntil(() =>
        document.querySelector('[data-live-announcer]')?.textContent.includes('Phone number copied.'),
      );
    });
    expect(copied).to.deep.equal(['+254712345678']);
  });

  it('says what to do where the browser does not let it copy', async () => {
    const element = await shown({ tab: 'contact' });
    const refuse = (): Promise<void> => Promise.reject(new Error('No.'));
    await withClipboard(refuse, async () => {
      getByRole(element, 'button', 'Copy: Phone number').click();
      await waitUntil(() => shadowText(element).includes('Select the text and copy it.'));
    });
  });

  it('keeps the tab in front and whether it is folded for the agent, and tells when it is open', async () => {
    const element = await shown();
    const told: boolean[] = [];
    element.addEventListener('panel-change', ({ detail }) => told.push(detail.open));
    getByRole(element, 'tab', 'Contact').click();
    await element.updateComplete;
    getByRole(element, 'button', 'Fold the side panel').click();
    await element.updateComplete;
    const { panelTab, panelFolded } = workspace.settings$.value;
    expect({ panelTab, panelFolded }).to.deep.equal({ panelTab: 'contact', panelFolded: true });
    expect(told).to.deep.equal([false]);
    expect(element.open).to.equal(false);
  });

  it('is a strip of tabs while it is folded, and nothing as a sheet that is closed', async () => {
    const folded = await shown({ folded: true });
    expect(folded.shadowRoot?.querySelector('.strip')?.getBoundingClientRect().width).to.equal(33);
    expect(allByRole(folded, 'tab').map(nameOf)).to.deep.equal(['Case', 'Contact']);
    expect(byRole(folded, 'tabpanel')).to.equal(null);
    const sheet = await shown({ layout: 'sheet', folded: true });
    expect(shadowText(sheet)).to.equal('');
    expect(allByRole(sheet, 'tab')).to.deep.equal([]);
  });

  describe('with prepared responses', () => {
    beforeEach(() => workspace.patch({ features: ['responses'] }));

    it('has their tab first, and what finds them in it', async () => {
      const element = await shown({ tab: 'responses' });
      expect(allByRole(element, 'tab').map(nameOf)).to.deep.equal(['Responses', 'Case', 'Contact']);
      await waitUntil(() => byRole(element, 'combobox', 'Search responses'));
      await expect(element).to.be.accessible();
    });

    it('goes to the search when they are asked for, whether the panel is open or not', async () => {
      for (const layout of ['docked', 'overlay', 'sheet'] as const) {
        const element = await shown({ layout, folded: true });
        const isInSearch = (): boolean => {
          const search = byRole(element, 'combobox', 'Search responses');
          return search !== null && deepActiveElement() === search;
        };
        element.show('responses');
        await waitUntil(isInSearch);
        getByRole(element, 'button', /side panel/).focus();
        element.show('responses');
        await waitUntil(isInSearch);
      }
    });

    it('has none of it, nor keeps a tab open for it, where the contact centre has none', async () => {
      const element = await shown({ tab: 'responses' });
      workspace.patch({ features: [] });
      await waitUntil(() => allByRole(element, 'tab').length === 2);
      expect(byRole(element, 'tabpanel', 'Case')).not.to.equal(null);
    });
  });
});
