import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { TemplateResult } from 'lit';
import { Tabs, WhatsAppElement } from '../../src/elements/base/index.js';
import { allByRole, deepActiveElement, getByRole, nameOf } from '../support/queries.js';

const KEYS = ['one', 'two', 'three'] as const;
type Name = (typeof KEYS)[number];

class TabbedThing extends WhatsAppElement {
  selected: Name | null = 'one';
  upright = false;
  direction: 'ltr' | 'rtl' = 'ltr';
  chosen: string[] = [];
  readonly tabs = new Tabs<Name>(this, 'things', () => this.direction);

  protected override render(): TemplateResult {
    return html`<div dir=${this.direction}>
      ${this.tabs.render({
        label: 'Things',
        tabs: KEYS.map((key) => ({ key, text: `Tab ${key}`, mark: html`<i aria-hidden="true">*</i>` })),
        selected: this.selected,
        upright: this.upright,
        choose: (key) => {
          this.chosen.push(key);
          this.selected = key;
          this.requestUpdate();
        },
      })}
      ${
        this.selected === null
          ? ''
          : html`<div
              role="tabpanel"
              id=${this.tabs.panelId}
              tabindex="0"
              aria-labelledby=${this.tabs.tabId(this.selected)}
            >
              ${this.selected}
            </div>`
      }
    </div>`;
  }
}
customElements.define('tabbed-thing', TabbedThing);

async function shown(properties: Partial<TabbedThing> = {}): Promise<TabbedThing> {
  const element = document.createElement('tabbed-thing') as TabbedThing;
  Object.assign(element, properties);
  const place = await fixture<HTMLElement>(html`<div><button>Before</button></div>`);
  place.append(element);
  await element.updateComplete;
  place.querySelector('button')?.focus();
  return element;
}

const focused = (): string => nameOf(deepActiveElement() as Element);

async function press(element: TabbedThing, key: string): Promise<void> {
  await sendKeys({ press: key });
  await element.updateComplete;
}

describe('Tabs', () => {
  it('are a list of tabs with one panel, named for the selected one', async () => {
    const element = await shown();
    expect(allByRole(element, 'tab').map(nameOf)).to.deep.equal(['Tab one', 'Tab two', 'Tab three']);
    expect(getByRole(element, 'tablist').getAttribute('aria-orientation')).to.equal('horizontal');
    const [tab] = allByRole(element, 'tab');
    const panel = getByRole(element, 'tabpanel');
    expect(tab?.getAttribute('aria-controls')).to.equal(panel.id);
    expect(panel.getAttribute('aria-labelledby')).to.equal(tab?.id);
    await expect(element).to.be.accessible();
  });

  it('are one stop of the Tab key, at the selected one', async () => {
    const element = await shown({ selected: 'two' });
    await press(element, 'Tab');
    expect(focused()).to.equal('Tab two');
    await press(element, 'Tab');
    expect(deepActiveElement()).to.equal(getByRole(element, 'tabpanel'));
  });

  it('choose with the arrow keys at once, and stay at their ends', async () => {
    const element = await shown();
    await press(element, 'Tab');
    await press(element, 'ArrowRight');
    await press(element, 'ArrowRight');
    await press(element, 'ArrowRight');
    expect(element.chosen).to.deep.equal(['two', 'three']);
    expect(focused()).to.equal('Tab three');
    await press(element, 'Home');
    expect(element.selected).to.equal('one');
    await press(element, 'End');
    expect(element.selected).to.equal('three');
  });

  it('follow the direction of reading', async () => {
    const element = await shown({ direction: 'rtl' });
    await press(element, 'Tab');
    await press(element, 'ArrowLeft');
    expect(element.selected).to.equal('two');
    await press(element, 'ArrowRight');
    expect(element.selected).to.equal('one');
  });

  it('choose none by arrow keys while none is selected', async () => {
    const element = await shown({ selected: null, upright: true });
    expect(getByRole(element, 'tablist').getAttribute('aria-orientation')).to.equal('vertical');
    await press(element, 'Tab');
    await press(element, 'ArrowDown');
    expect(focused()).to.equal('Tab two');
    expect(element.chosen).to.deep.equal([]);
    await press(element, 'Enter');
    expect(element.chosen).to.deep.equal(['two']);
    expect(focused()).to.equal('Tab two');
  });
});
