import { expect, fixture, html } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import { controlStyles, Toasts, toastStyles, WhatsAppElement } from '../../src/elements/base/index.js';
import { allByRole, getByRole, nameOf, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

/** Long enough to see that something stays, in milliseconds. */
const SHORT = 60;
const FOR_EVER = 60_000;

class ToastHost extends WhatsAppElement {
  static override styles = [WhatsAppElement.styles, controlStyles, toastStyles];

  stay = FOR_EVER;
  #toasts: Toasts | null = null;

  get toasts(): Toasts {
    this.#toasts ??= new Toasts(this, () => this.localize.localizer, this.stay);
    return this.#toasts;
  }

  protected override render(): TemplateResult {
    return html`${this.toasts.render()}`;
  }
}
customElements.define('toast-host', ToastHost);

async function shown(stay = FOR_EVER): Promise<ToastHost> {
  const element = document.createElement('toast-host') as ToastHost;
  element.stay = stay;
  (await fixture<HTMLElement>(html`<div></div>`)).append(element);
  await element.updateComplete;
  return element;
}

const texts = (element: ToastHost): string[] =>
  [...(element.shadowRoot?.querySelectorAll('.toast p') ?? [])].map((one) => one.textContent ?? '');
const announced = (): string => document.querySelector('[data-live-announcer]')?.textContent ?? '';

describe('Toasts', () => {
  it('lie over the page, move nothing and are said to screen readers', async () => {
    const element = await shown();
    const before = element.getBoundingClientRect().height;
    element.toasts.show({ text: 'Moved to Returns.' });
    await element.updateComplete;
    expect(element.getBoundingClientRect().height).to.equal(before);
    expect(element.shadowRoot?.querySelector('.toasts')?.matches(':popover-open')).to.equal(true);
    await waitUntil(() => announced().includes('Moved to Returns.'));
    await expect(element).to.be.accessible();
  });

  it('are three at most: the oldest go', async () => {
    const element = await shown();
    for (const text of ['One', 'Two', 'Three', 'Four']) element.toasts.show({ text });
    await element.updateComplete;
    expect(texts(element)).to.deep.equal(['Two', 'Three', 'Four']);
  });

  it('go by themselves, one after the other', async () => {
    const element = await shown(SHORT);
    const sequence: string[] = [];
    const note = new MutationObserver(() => sequence.push(texts(element).join()));
    note.observe(element.shadowRoot as ShadowRoot, { childList: true, subtree: true });
    element.toasts.show({ text: 'One' });
    element.toasts.show({ text: 'Two' });
    await waitUntil(() => sequence.at(-1) === '');
    note.disconnect();
    expect(sequence.filter((one, i) => one !== sequence[i - 1])).to.deep.equal(['One,Two', 'Two', '']);
  });

  it('stay while the focus is in them', async () => {
    const element = await shown(SHORT);
    element.toasts.show({ text: 'One' });
    await element.updateComplete;
    getByRole(element, 'button', 'Close').focus();
    // Another one, on whose time it can be seen that this one's has passed.
    const other = await shown(SHORT * 2);
    other.toasts.show({ text: 'Other' });
    await other.updateComplete;
    await waitUntil(() => texts(other).length === 0);
    expect(texts(element)).to.deep.equal(['One']);
    getByRole(element, 'button', 'Close').blur();
    await waitUntil(() => texts(element).length === 0);
  });

  it('are closed by their button, and do what they offer once', async () => {
    const element = await shown();
    let undone = 0;
    element.toasts.show({ text: 'Moved to Returns.', action: { text: 'Undo', run: () => (undone += 1) } });
    element.toasts.show({ text: 'Done.' });
    await element.updateComplete;
    expect(allByRole(element, 'button').map(nameOf)).to.deep.equal(['Undo', 'Close', 'Close']);
    getByRole(element, 'button', 'Undo').click();
    await element.updateComplete;
    expect([undone, texts(element)]).to.deep.equal([1, ['Done.']]);
    getByRole(element, 'button', 'Close').click();
    await element.updateComplete;
    expect(shadowText(element).trim()).to.equal('');
  });

  it('are gone with their element', async () => {
    const element = await shown();
    element.toasts.show({ text: 'One' });
    await element.updateComplete;
    const place = element.parentElement;
    element.remove();
    place?.append(element);
    await element.updateComplete;
    element.requestUpdate();
    await element.updateComplete;
    expect(texts(element)).to.deep.equal([]);
  });
});
