import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { controlStyles, Menu, popoverStyles, WhatsAppElement } from '../../src/elements/base/index.js';
import { allByRole, byRole, deepActiveElement, getByRole, nameOf } from '../support/queries.js';

const TEXTS = ['Ready', 'Not Ready', 'Lunch', 'Training', 'Night shift'];

class MenuHost extends WhatsAppElement {
  static override styles = [WhatsAppElement.styles, controlStyles, popoverStyles];

  texts: readonly string[] = TEXTS;
  chosen: string[] = [];
  isThere = true;
  readonly menu = new Menu(this, 'menu', () => this.localize.direction);

  protected override render(): TemplateResult {
    const items = this.texts.map((text) => ({
      key: text,
      text,
      mark: html`<span></span>`,
      current: text === 'Lunch',
      run: () => this.chosen.push(text),
    }));
    const menu = this.menu.render({ label: 'Choose', content: 'Choose' }, items);
    return html`<div dir=${this.localize.direction}>
      <button>Before</button>${this.isThere ? menu : nothing}<button>After</button>
    </div>`;
  }
}
customElements.define('menu-host', MenuHost);

const shown = (): Promise<MenuHost> => fixture<MenuHost>(html`<menu-host></menu-host>`);
const focused = (): string => nameOf(deepActiveElement() as Element);

async function opened(key = 'Enter'): Promise<MenuHost> {
  const element = await shown();
  getByRole(element, 'button', 'Choose').focus();
  await sendKeys({ press: key });
  return element;
}

describe('Menu', () => {
  it('is a menu button with nothing in sight until it is opened', async () => {
    const element = await shown();
    const button = getByRole(element, 'button', 'Choose');
    expect([button.getAttribute('aria-haspopup'), button.getAttribute('aria-expanded')]).to.deep.equal([
      'menu',
      'false',
    ]);
    expect(byRole(element, 'menu')).to.equal(null);
    await expect(element).to.be.accessible();
  });

  it('says what holds, and has no violations while it is open', async () => {
    const element = await opened();
    await element.updateComplete;
    expect(getByRole(element, 'button', 'Choose').getAttribute('aria-expanded')).to.equal('true');
    const current = allByRole(element, 'menuitem').filter((item) => item.getAttribute('aria-current'));
    expect(current.map(nameOf)).to.deep.equal(['Lunch']);
    await expect(element).to.be.accessible();
  });

  it('is lighter than its ground in the dark, where its shadow is not seen', async () => {
    const element = await opened();
    const surface = (): string => getComputedStyle(getByRole(element, 'menu')).backgroundColor;
    element.theme = 'light';
    await element.updateComplete;
    expect(surface()).to.equal('rgb(255, 255, 255)');
    element.theme = 'dark';
    await element.updateComplete;
    expect(surface()).to.not.equal('rgb(18, 26, 23)');
  });

  for (const [key, text] of [
    ['Enter', 'Ready'],
    [' ', 'Ready'],
    ['ArrowDown', 'Ready'],
    ['ArrowUp', 'Night shift'],
  ] as const) {
    it(`opens by ${JSON.stringify(key)}, with the focus on ${text}`, async () => {
      const element = await opened(key);
      expect(byRole(element, 'menu')).not.to.equal(null);
      expect(focused()).to.equal(text);
      expect(element.chosen).to.deep.equal([]);
    });
  }

  it('opens and closes by pressing the button', async () => {
    const element = await shown();
    const button = getByRole(element, 'button', 'Choose');
    button.click();
    expect(focused()).to.equal('Ready');
    button.click();
    expect(byRole(element, 'menu')).to.equal(null);
  });

  it('is gone through by arrow keys, Home and End', async () => {
    await opened();
    const went = [];
    for (const press of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'End', 'ArrowDown', 'Home']) {
      await sendKeys({ press });
      went.push(focused());
    }
    expect(went).to.deep.equal(['Not Ready', 'Lunch', 'Not Ready', 'Night shift', 'Night shift', 'Ready']);
  });

  it('goes to items by their first letters, and by one letter over and over', async () => {
    await opened();
    await sendKeys({ type: 'ni' });
    expect(focused()).to.equal('Night shift');
    const later = (key: string, timeStamp: number): void => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true });
      Object.defineProperty(event, 'timeStamp', { value: timeStamp });
      deepActiveElement()?.dispatchEvent(event);
    };
    later('N', 1e9);
    expect(focused()).to.equal('Not Ready');
    later('n', 1e9 + 100);
    expect(focused()).to.equal('Night shift');
    later('t', 1e9 + 5000);
    expect(focused()).to.equal('Training');
    later('x', 1e9 + 10_000);
    expect(focused()).to.equal('Training');
  });

  for (const key of ['Enter', ' ']) {
    it(`chooses by ${JSON.stringify(key)}, and the focus is back at the button`, async () => {
      const element = await opened();
      await sendKeys({ press: 'ArrowDown' });
      await sendKeys({ press: key });
      expect(element.chosen).to.deep.equal(['Not Ready']);
      expect(byRole(element, 'menu')).to.equal(null);
      expect(focused()).to.equal('Choose');
    });
  }

  it('is left by Escape, which goes no further', async () => {
    const element = await opened();
    const heard: string[] = [];
    const listen = (event: KeyboardEvent): number => heard.push(event.key);
    document.addEventListener('keydown', listen);
    await sendKeys({ press: 'Escape' });
    expect(byRole(element, 'menu')).to.equal(null);
    expect(focused()).to.equal('Choose');
    await sendKeys({ press: 'Escape' });
    document.removeEventListener('keydown', listen);
    expect(heard).to.deep.equal(['Escape']);
    expect(element.chosen).to.deep.equal([]);
  });

  it('is left by Tab, to where it leads from the button', async () => {
    const element = await opened();
    await sendKeys({ press: 'Tab' });
    expect(byRole(element, 'menu')).to.equal(null);
    expect(focused()).to.equal('After');
  });

  it('is left by Shift+Tab, to where that leads from the button', async function () {
    // WebKitGTK does not say of a driven Shift+Tab which key it is.
    if (!/Chrome|Firefox/.test(navigator.userAgent)) this.skip();
    const element = await opened();
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ up: 'Shift' });
    expect(byRole(element, 'menu')).to.equal(null);
    expect(focused()).to.equal('Before');
  });

  it('closes when the focus goes elsewhere, which keeps it', async () => {
    const element = await opened();
    getByRole(element, 'button', 'After').focus();
    expect(byRole(element, 'menu')).to.equal(null);
    expect(focused()).to.equal('After');
  });

  it('keeps the focus on its item when the items change', async () => {
    const element = await opened('ArrowUp');
    element.texts = ['First', ...TEXTS];
    element.requestUpdate();
    await element.updateComplete;
    expect(focused()).to.equal('Night shift');
  });

  it('goes with its button, and does not come back open', async () => {
    const element = await opened();
    element.isThere = false;
    element.requestUpdate();
    await element.updateComplete;
    element.isThere = true;
    element.requestUpdate();
    await element.updateComplete;
    expect(byRole(element, 'menu')).to.equal(null);
    expect(getByRole(element, 'button', 'Choose').getAttribute('aria-expanded')).to.equal('false');
  });
});
