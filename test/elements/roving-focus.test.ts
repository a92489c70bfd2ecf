import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { RovingFocus } from '../../src/elements/base/index.js';

const TOO_MANY = 50;

/** A list whose items can vanish without the controller being told, as where a whole toolbar goes. */
class RovingList extends LitElement {
  keys: readonly string[] = ['a', 'b', 'c'];
  gone: ReadonlySet<string> = new Set();
  updates = 0;
  readonly roving = new RovingFocus(this, () => 'ltr');

  /** An endless chain of updates would take the page along: it ends here, and the test sees it. */
  protected override performUpdate(): void {
    if (++this.updates < TOO_MANY) super.performUpdate();
  }

  protected override willUpdate(): void {
    if (this.gone.size === 0) this.roving.setKeys(this.keys);
  }

  protected override render(): TemplateResult {
    return html`${repeat(
      this.keys.filter((key) => !this.gone.has(key)),
      (key) => key,
      (key) =>
        html`<button
          data-roving=${key}
          tabindex=${this.roving.tabIndex(key)}
          @keydown=${this.roving.onKeyDown}
          @focusin=${this.roving.onFocusIn}
        >
          ${key}
        </button>`,
    )}`;
  }
}
customElements.define('roving-list', RovingList);

const shown = (): Promise<RovingList> => fixture<RovingList>(html`<roving-list></roving-list>`);
const focused = (element: RovingList): string | undefined =>
  (element.shadowRoot?.activeElement as HTMLElement | null)?.dataset['roving'];

async function hide(element: RovingList, ...keys: readonly string[]): Promise<void> {
  element.gone = new Set(keys);
  element.requestUpdate();
  await nextFrame();
}

describe('RovingFocus', () => {
  it('rests when all items vanish while one has the focus', async () => {
    const element = await shown();
    element.roving.focus('b');
    await hide(element, 'a', 'b', 'c');
    expect(element.updates).to.be.lessThan(6);
    expect(focused(element)).to.equal(undefined);
  });

  it('rests when the item that is asked for is not rendered', async () => {
    const element = await shown();
    await hide(element, 'b');
    const before = element.updates;
    element.roving.focus('b');
    await nextFrame();
    expect(element.updates - before).to.be.lessThan(4);
  });

  it('goes to an item that comes with the next rendering', async () => {
    const element = await shown();
    await hide(element, 'b');
    element.gone = new Set();
    element.roving.focus('b');
    await nextFrame();
    expect(focused(element)).to.equal('b');
  });

  it('goes to the neighbour of an item that is not rendered any more', async () => {
    const element = await shown();
    element.roving.focus('b');
    await hide(element, 'b');
    expect(focused(element)).to.equal('c');
  });
});
