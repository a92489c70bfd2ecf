import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { TemplateResult } from 'lit';
import {
  Combobox,
  controlStyles,
  listboxStyles,
  popoverStyles,
  WhatsAppElement,
} from '../../src/elements/base/index.js';
import { allByRole, byRole, deepActiveElement, getByRole, nameOf } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

const NAMES = ['Returns', 'Repairs', 'Sales', 'Complaints'];

class ComboboxHost extends WhatsAppElement {
  static override styles = [WhatsAppElement.styles, controlStyles, popoverStyles, listboxStyles];

  text = '';
  chosen: string[] = [];
  readonly box = new Combobox(this, 'box');

  protected override render(): TemplateResult {
    const fits = NAMES.filter((name) => name.toLowerCase().includes(this.text.toLowerCase()));
    return html`<div>
      ${this.box.render({
        label: 'Workbin',
        text: this.text,
        options: fits.map((text) => ({ key: text, text })),
        selected: 'Sales',
        empty: 'Nothing fits.',
        search: (text) => {
          this.text = text;
          this.requestUpdate();
        },
        choose: (key) => {
          this.chosen.push(key);
          this.text = key;
          this.requestUpdate();
        },
      })}<button>After</button>
    </div>`;
  }
}
customElements.define('combobox-host', ComboboxHost);

async function shown(): Promise<ComboboxHost> {
  const element = await fixture<ComboboxHost>(html`<combobox-host></combobox-host>`);
  box(element).focus();
  return element;
}

const box = (element: ComboboxHost): HTMLInputElement => getByRole(element, 'combobox') as HTMLInputElement;
const options = (element: ComboboxHost): string[] => allByRole(element, 'option').map(nameOf);

/** The name of the option that a screen reader is told of. */
function active(element: ComboboxHost): string | null {
  const id = box(element).getAttribute('aria-activedescendant');
  const option = id === null ? null : element.shadowRoot?.getElementById(id);
  return option ? nameOf(option) : null;
}

async function press(element: ComboboxHost, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    // oxlint-disable-next-line no-await-in-loop -- One after the other.
    await sendKeys({ press: key });
    // oxlint-disable-next-line no-await-in-loop -- One after the other.
    await element.updateComplete;
  }
}

describe('Combobox', () => {
  it('is a text box without a list until something is wanted', async () => {
    const element = await shown();
    expect(box(element).getAttribute('aria-expanded')).to.equal('false');
    expect(byRole(element, 'listbox')).to.equal(null);
    await expect(element).to.be.accessible();
  });

  it('opens while it is typed in, at what fits best, and takes it with Enter', async () => {
    const element = await shown();
    await sendKeys({ type: 're' });
    await element.updateComplete;
    expect(options(element)).to.deep.equal(['Returns', 'Repairs']);
    expect(active(element)).to.equal('Returns');
    expect(box(element).getAttribute('aria-expanded')).to.equal('true');
    await expect(element).to.be.accessible();
    await press(element, 'ArrowDown', 'Enter');
    expect(element.chosen).to.deep.equal(['Repairs']);
    expect(box(element).value).to.equal('Repairs');
    await waitUntil(() => !byRole(element, 'listbox'));
    expect(deepActiveElement() === box(element)).to.equal(true);
  });

  it('opens with the arrow keys; with Alt, it leads nowhere yet', async () => {
    const element = await shown();
    await press(element, 'ArrowUp');
    expect(active(element)).to.equal('Complaints');
    await press(element, 'Escape');
    box(element).dispatchEvent(
      new KeyboardEvent('keydown', { key: 'ArrowDown', altKey: true, bubbles: true }),
    );
    await element.updateComplete;
    expect(options(element)).to.deep.equal(NAMES);
  });

  it('is closed by Escape, then emptied by it, and then lets the page have it', async () => {
    const element = await shown();
    const heard: boolean[] = [];
    element.addEventListener('keydown', ({ defaultPrevented }) => heard.push(defaultPrevented));
    await sendKeys({ type: 's' });
    await element.updateComplete;
    heard.length = 0;
    await press(element, 'Escape');
    expect([byRole(element, 'listbox'), box(element).value]).to.deep.equal([null, 's']);
    await press(element, 'Escape');
    expect(box(element).value).to.equal('');
    await press(element, 'Escape');
    expect(heard).to.deep.equal([true, true, false]);
  });

  it('says that nothing fits, and takes nothing then', async () => {
    const element = await shown();
    await sendKeys({ type: 'zz' });
    await element.updateComplete;
    expect(options(element)).to.deep.equal(['Nothing fits.']);
    await press(element, 'Enter');
    expect(element.chosen).to.deep.equal([]);
    await expect(element).to.be.accessible();
  });

  it('takes what is pressed, and closes when the focus goes elsewhere', async () => {
    const element = await shown();
    box(element).click();
    await waitUntil(() => options(element).length === 4);
    allByRole(element, 'option')[3]?.click();
    expect(element.chosen).to.deep.equal(['Complaints']);
    await sendKeys({ type: 'x' });
    await element.updateComplete;
    await press(element, 'Tab');
    await waitUntil(() => !byRole(element, 'listbox'));
    expect(nameOf(deepActiveElement() as Element)).to.equal('After');
  });
});
