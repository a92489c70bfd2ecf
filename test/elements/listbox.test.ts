import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { TemplateResult } from 'lit';
import { Listbox, listboxStyles, WhatsAppElement } from '../../src/elements/base/index.js';
import { allByRole, deepActiveElement, getByRole, nameOf } from '../support/queries.js';

const NAMES = [
  'Returns',
  'Repairs',
  'Sales',
  'Complaints',
  ...Array.from({ length: 30 }, (_, i) => `Team ${i}`),
];

class ListboxHost extends WhatsAppElement {
  static override styles = [WhatsAppElement.styles, listboxStyles];

  names: readonly string[] = NAMES;
  selected: string | null = null;
  chosen: string[] = [];
  readonly list = new Listbox(this, 'list');

  protected override render(): TemplateResult {
    return html`<div style="block-size: 200px; display: grid">
      ${this.list.render({
        label: 'Workbin',
        options: this.names.map((text) => ({ key: `key of ${text}`, text })),
        selected: this.selected,
        choose: (key) => {
          this.chosen.push(key);
          this.selected = key;
          this.requestUpdate();
        },
      })}
    </div>`;
  }
}
customElements.define('listbox-host', ListboxHost);

async function shown(properties: Partial<ListboxHost> = {}): Promise<ListboxHost> {
  const element = document.createElement('listbox-host') as ListboxHost;
  Object.assign(element, properties);
  const place = await fixture<HTMLElement>(html`<div><button>Before</button></div>`);
  place.append(element);
  await element.updateComplete;
  place.querySelector('button')?.focus();
  await sendKeys({ press: 'Tab' });
  await element.updateComplete;
  return element;
}

/** The name of the option that a screen reader is told of. */
function active(element: ListboxHost): string | null {
  const id = getByRole(element, 'listbox').getAttribute('aria-activedescendant');
  const option = id === null ? null : element.shadowRoot?.getElementById(id);
  return option ? nameOf(option) : null;
}

async function press(element: ListboxHost, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    // oxlint-disable-next-line no-await-in-loop -- One after the other.
    await sendKeys({ press: key });
    // oxlint-disable-next-line no-await-in-loop -- One after the other.
    await element.updateComplete;
  }
}

describe('Listbox', () => {
  it('is one stop of the Tab key, which leads to what holds, else to the first', async () => {
    expect(active(await shown({ selected: 'key of Sales' }))).to.equal('Sales');
    const element = await shown();
    expect(active(element)).to.equal('Returns');
    expect(deepActiveElement() === getByRole(element, 'listbox')).to.equal(true);
    await expect(element).to.be.accessible();
  });

  it('is gone through with arrow keys, pages, Home and End, and stops at its ends', async () => {
    const element = await shown();
    const path: (string | null)[] = [];
    for (const key of [
      'ArrowUp',
      'ArrowDown',
      'ArrowDown',
      'PageDown',
      'End',
      'ArrowDown',
      'PageUp',
      'Home',
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- One after the other.
      await press(element, key);
      path.push(active(element));
    }
    expect(path).to.deep.equal([
      'Returns',
      'Repairs',
      'Sales',
      'Team 8',
      'Team 29',
      'Team 29',
      'Team 19',
      'Returns',
    ]);
    expect(element.chosen).to.deep.equal([]);
  });

  it('keeps what the keyboard is at in sight', async () => {
    const element = await shown();
    await press(element, 'End');
    const list = getByRole(element, 'listbox').getBoundingClientRect();
    const last = allByRole(element, 'option').at(-1)?.getBoundingClientRect();
    expect(last?.bottom).to.be.at.most(list.bottom + 1);
  });

  it('is gone through by first letters, and chosen from with Enter, Space and a press', async () => {
    const element = await shown();
    await press(element, 'c');
    expect(active(element)).to.equal('Complaints');
    await press(element, 'Enter', 'ArrowUp', ' ');
    allByRole(element, 'option')[0]?.click();
    await element.updateComplete;
    expect(element.chosen).to.deep.equal(['key of Complaints', 'key of Sales', 'key of Returns']);
    const selected = allByRole(element, 'option').filter((one) => one.ariaSelected === 'true');
    expect(selected.map(nameOf)).to.deep.equal(['Returns']);
  });

  it('leaves to the page what is not its own', async () => {
    const element = await shown();
    const heard: string[] = [];
    const hear = (event: KeyboardEvent): void => {
      if (!event.defaultPrevented) heard.push(event.key);
    };
    element.addEventListener('keydown', hear);
    await press(element, 'Escape', 'F10', 'ArrowDown');
    expect(heard).to.deep.equal(['Escape', 'F10']);
  });

  it('stays at its option when the list is another, and at none when that has gone', async () => {
    const element = await shown();
    await press(element, 'ArrowDown');
    element.names = ['New', ...NAMES];
    element.requestUpdate();
    await element.updateComplete;
    expect(active(element)).to.equal('Repairs');
    element.names = ['Sales'];
    element.requestUpdate();
    await element.updateComplete;
    expect(active(element)).to.equal(null);
    await press(element, 'ArrowDown');
    expect(active(element)).to.equal('Sales');
  });
});
