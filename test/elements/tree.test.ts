import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { TemplateResult } from 'lit';
import { Tree, treeStyles, WhatsAppElement } from '../../src/elements/base/index.js';
import type { TreeItem } from '../../src/elements/base/index.js';
import { allByRole, deepActiveElement, getByRole, nameOf } from '../support/queries.js';

const ITEMS: readonly TreeItem[] = [
  { key: 'greetings', text: 'Greetings' },
  {
    key: 'orders',
    text: 'Orders',
    items: [
      { key: 'late', text: 'Late', items: [{ key: 'post', text: 'Lost in the post' }] },
      { key: 'wrong', text: 'Wrong' },
    ],
  },
  { key: 'thanks', text: 'Thanks', items: [] },
];

class TreeHost extends WhatsAppElement {
  static override styles = [WhatsAppElement.styles, treeStyles];

  direction: 'ltr' | 'rtl' = 'ltr';
  selected: string | null = null;
  chosen: string[] = [];
  readonly tree = new Tree(this, () => this.direction);

  protected override render(): TemplateResult {
    return html`<div dir=${this.direction}>
      ${this.tree.render({
        label: 'Categories',
        items: ITEMS,
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
customElements.define('tree-host', TreeHost);

async function shown(properties: Partial<TreeHost> = {}): Promise<TreeHost> {
  const element = document.createElement('tree-host') as TreeHost;
  Object.assign(element, properties);
  const place = await fixture<HTMLElement>(html`<div><button>Before</button></div>`);
  place.append(element);
  await element.updateComplete;
  place.querySelector('button')?.focus();
  await sendKeys({ press: 'Tab' });
  return element;
}

const seen = (element: TreeHost): string[] =>
  allByRole(element, 'treeitem').map((item) => `${item.ariaLevel} ${nameOf(item)}`);
const focused = (): string => nameOf(deepActiveElement() as Element);

async function path(element: TreeHost, ...keys: readonly string[]): Promise<string[]> {
  const names: string[] = [];
  for (const press of keys) {
    // oxlint-disable-next-line no-await-in-loop -- One after the other.
    await sendKeys({ press });
    // oxlint-disable-next-line no-await-in-loop -- One after the other.
    await element.updateComplete;
    names.push(focused());
  }
  return names;
}

describe('Tree', () => {
  it('shows what is at its root, and says what can be opened', async () => {
    const element = await shown();
    expect(seen(element)).to.deep.equal(['1 Greetings', '1 Orders', '1 Thanks']);
    expect(allByRole(element, 'treeitem').map((item) => item.ariaExpanded)).to.deep.equal([
      null,
      'false',
      null,
    ]);
    expect(
      allByRole(element, 'treeitem').map((item) => `${item.ariaPosInSet} of ${item.ariaSetSize}`),
    ).to.deep.equal(['1 of 3', '2 of 3', '3 of 3']);
    await expect(element).to.be.accessible();
  });

  for (const [direction, forward, back] of [
    ['ltr', 'ArrowRight', 'ArrowLeft'],
    ['rtl', 'ArrowLeft', 'ArrowRight'],
  ] as const) {
    it(`is opened and closed with arrow keys, ${direction}`, async () => {
      const element = await shown({ direction });
      expect(await path(element, 'ArrowDown', forward)).to.deep.equal(['Orders', 'Orders']);
      expect(seen(element)).to.deep.equal(['1 Greetings', '1 Orders', '2 Late', '2 Wrong', '1 Thanks']);
      expect(await path(element, forward, forward, forward, forward)).to.deep.equal([
        'Late',
        'Late',
        'Lost in the post',
        'Lost in the post',
      ]);
      expect(await path(element, back, back, back, back, back)).to.deep.equal([
        'Late',
        'Late',
        'Orders',
        'Orders',
        'Orders',
      ]);
      expect(seen(element)).to.deep.equal(['1 Greetings', '1 Orders', '1 Thanks']);
    });
  }

  it('is one stop of the Tab key, gone through with Home, End and first letters', async () => {
    const element = await shown();
    expect(focused()).to.equal('Greetings');
    expect(await path(element, 'End', 'Home', 'o')).to.deep.equal(['Thanks', 'Greetings', 'Orders']);
  });

  it('is chosen from with Enter, Space and a press; what opens it chooses nothing', async () => {
    const element = await shown();
    await path(element, 'Enter', 'ArrowDown', ' ');
    getByRole(element, 'treeitem', 'Thanks').click();
    await element.updateComplete;
    getByRole(element, 'treeitem', 'Orders').querySelector<HTMLElement>('.twisty')?.click();
    await element.updateComplete;
    expect(element.chosen).to.deep.equal(['greetings', 'orders', 'thanks']);
    expect(seen(element)).to.have.length(5);
    await expect(element).to.be.accessible();
  });

  it('opens around what holds, and goes there', async () => {
    const element = await shown({ selected: 'post' });
    expect(focused()).to.equal('Lost in the post');
    expect(seen(element)).to.have.length(6);
    // What the agent closes stays closed.
    expect(await path(element, 'ArrowLeft', 'ArrowLeft')).to.deep.equal(['Late', 'Late']);
    element.requestUpdate();
    await element.updateComplete;
    expect(seen(element)).to.have.length(5);
  });
});
