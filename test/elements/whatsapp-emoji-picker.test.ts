import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import '../../src/define/whatsapp-composer.js';
import type { WhatsAppComposer } from '../../src/elements/whatsapp-composer/whatsapp-composer.js';
import type { WhatsAppEmojiPicker } from '../../src/elements/whatsapp-emoji-picker/whatsapp-emoji-picker.js';
import { allByRole, byRole, getByRole } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

async function composer(lang = 'en', width = 360): Promise<WhatsAppComposer> {
  await customElements.whenDefined('whatsapp-emoji-picker');
  const place = await fixture<HTMLElement>(
    html`<div lang=${lang} style="inline-size: ${width}px; margin-block-start: 420px">
      <whatsapp-composer></whatsapp-composer>
    </div>`,
  );
  const element = place.querySelector('whatsapp-composer');
  if (!element) throw new Error('There is no composer.');
  await element.updateComplete;
  return element;
}

const button = (element: Element, name = 'Insert emoji'): HTMLElement => getByRole(element, 'button', name);
const box = (element: Element): HTMLTextAreaElement =>
  getByRole(element, 'textbox', 'Message') as HTMLTextAreaElement;
const search = (element: Element, name = 'Search emoji'): HTMLElement | null =>
  byRole(element, 'combobox', name);

/** The element that has the focus, also within other elements. */
function focused(): Element | null {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}

/** Opens the picker by the keyboard, until one can search. */
async function open(element: WhatsAppComposer): Promise<void> {
  button(element).focus();
  await sendKeys({ press: 'Enter' });
  await waitUntil(() => search(element) !== null && focused() === search(element), 'the search');
}

const found = (element: Element): HTMLElement[] => allByRole(element, 'option', /🎉/);

describe('<whatsapp-emoji-picker>', () => {
  it('finds an emoji by the keyboard and puts it where the caret is', async () => {
    const element = await composer();
    element.value = 'Well done ';
    await element.updateComplete;
    box(element).focus();
    await sendKeys({ type: 'you' });
    await sendKeys({ press: 'ArrowLeft' });
    await sendKeys({ press: 'ArrowLeft' });
    await sendKeys({ press: 'ArrowLeft' });
    await open(element);
    await sendKeys({ type: 'party popper' });
    await waitUntil(() => found(element).length === 1, 'one emoji');
    // What is shown may still be about to be the same anew: then nothing is chosen yet.
    await waitUntil(async () => {
      await sendKeys({ press: 'ArrowDown' });
      return found(element)[0]?.getAttribute('aria-selected') === 'true';
    }, 'it is chosen');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => element.value !== 'Well done you', 'the emoji');
    expect(element.value).to.equal('Well done 🎉you');
    expect(byRole(element, 'dialog')).to.equal(null);
    expect(focused()).to.equal(box(element));
    await sendKeys({ type: ' ' });
    expect(element.value).to.equal('Well done 🎉 you');
  });

  it('shows what is used often, and emoji by category, and takes a click', async () => {
    const element = await composer();
    await open(element);
    await waitUntil(() => allByRole(element, 'menuitem').length > 40, 'emoji');
    const emoji = allByRole(element, 'menuitem').find(({ id }) => id.includes('😀'));
    const { x, y, width, height } = emoji?.getBoundingClientRect() ?? new DOMRect();
    await sendMouse({ type: 'click', position: [Math.round(x + width / 2), Math.round(y + height / 2)] });
    await resetMouse();
    await waitUntil(() => element.value !== '', 'the emoji');
    expect(element.value).to.equal('😀');
  });

  it('closes by Escape, which does not reach the page, and gives the focus back', async () => {
    const element = await composer();
    const pressed: string[] = [];
    const onKey = ({ key }: KeyboardEvent): void => void pressed.push(key);
    document.addEventListener('keydown', onKey);
    await open(element);
    await sendKeys({ type: 'ca' });
    await sendKeys({ press: 'Escape' });
    document.removeEventListener('keydown', onKey);
    await element.updateComplete;
    expect(byRole(element, 'dialog')).to.equal(null);
    expect(focused()).to.equal(button(element));
    expect(pressed.filter((key) => key.length === 1)).to.deep.equal([]);
  });

  it('speaks the language of its place', async () => {
    const element = await composer('ar');
    button(element, 'إدراج رمز تعبيري').click();
    await waitUntil(() => search(element, 'البحث في الرموز التعبيرية') !== null, 'the search');
  });

  it('asks no other host for anything', async () => {
    const element = await composer();
    await open(element);
    await waitUntil(() => allByRole(element, 'menuitem').length > 40, 'emoji');
    const asked = performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin);
    expect([...new Set(asked)]).to.deep.equal([location.origin]);
  });

  for (const width of [280, 360, 700]) {
    it(`lies over the conversation, and not beside it, at ${width} px`, async () => {
      const element = await composer('en', width);
      await open(element);
      await nextFrame();
      const dialog = getByRole(element, 'dialog').getBoundingClientRect();
      const { left, right, top } = element.getBoundingClientRect();
      expect(dialog.left).to.be.at.least(left);
      expect(dialog.right).to.be.at.most(right);
      expect(dialog.bottom).to.be.at.most(top + element.offsetHeight);
      expect(dialog.height).to.be.within(width < 560 ? 280 : 360, 380);
    });
  }

  it('has no violations', async () => {
    const element = await fixture<WhatsAppEmojiPicker>(html`<whatsapp-emoji-picker></whatsapp-emoji-picker>`);
    await waitUntil(() => allByRole(element, 'menuitem').length > 40, 'emoji');
    await expect(element).to.be.accessible();
  });
});
