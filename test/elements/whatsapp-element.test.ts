import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html as template } from 'lit';
import type { TemplateResult } from 'lit';
import { isOurs, WhatsAppElement } from '../../src/elements/base/index.js';
import { waitUntil } from '../support/wait-until.js';

class ProbeElement extends WhatsAppElement {
  protected override render(): TemplateResult {
    return template`<div class="outer" dir=${this.localize.direction}>
      <input aria-label="Words" /><p>${this.localize.t('common.try-again')}</p>
      <slot></slot>
    </div>`;
  }
}
customElements.define('probe-element', ProbeElement);

class ProbeOuter extends WhatsAppElement {
  protected override render(): TemplateResult {
    return template`<div dir=${this.localize.direction}><probe-element></probe-element></div>`;
  }
}
customElements.define('probe-outer', ProbeOuter);

const inside = <E extends Element>(element: Element, selector: string): E => {
  const found = element.shadowRoot?.querySelector<E>(selector);
  if (!found) throw new Error(`There is no ${selector} in <${element.localName}>.`);
  return found;
};
/** The one inside `<probe-outer>`, both rendered: their first words may still have to be loaded. */
async function innerOf(page: Element): Promise<ProbeElement> {
  const outer = page.querySelector<ProbeOuter>('probe-outer');
  await outer?.updateComplete;
  const inner = outer?.shadowRoot?.querySelector<ProbeElement>('probe-element');
  if (!inner) throw new Error('The outer element did not render.');
  await inner.updateComplete;
  return inner;
}

const words = (element: Element): string => inside(element, 'p').textContent ?? '';

/** What of the key events gets to the page while `act` runs. */
async function heardByPage(act: () => Promise<unknown>): Promise<string[]> {
  const heard: string[] = [];
  const hear = (event: KeyboardEvent): unknown => heard.push(`${event.type} ${event.key}`);
  const types = ['keydown', 'keypress', 'keyup'] as const;
  for (const type of types) document.addEventListener(type, hear);
  await act();
  for (const type of types) document.removeEventListener(type, hear);
  return heard;
}

const keyDown = (key: string, more: KeyboardEventInit = {}): KeyboardEvent =>
  new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more });

describe('WhatsAppElement', () => {
  describe('keys', () => {
    it('keeps what is typed inside from the page', async () => {
      const element = await fixture<ProbeElement>(html`<probe-element></probe-element>`);
      const input = inside<HTMLInputElement>(element, 'input');
      input.focus();
      const heard = await heardByPage(() => sendKeys({ type: 'jk?' }));
      expect(input.value).to.equal('jk?');
      expect(heard).to.deep.equal([]);
    });

    it('are known as ours by a page that looks at them first, whatever the tag, and no others are', async () => {
      const page = await fixture<HTMLElement>(
        html`<div><probe-outer></probe-outer><input aria-label="Of the page" /></div>`,
      );
      const ours: boolean[] = [];
      const look = (event: Event): void => void ours.push(isOurs(event));
      addEventListener('keydown', look, true);
      inside<HTMLElement>(await innerOf(page), 'input').focus();
      await sendKeys({ press: 'a' });
      page.querySelector('input')?.focus();
      await sendKeys({ press: 'a' });
      removeEventListener('keydown', look, true);
      expect(ours).to.deep.equal([true, false]);
    });

    it('shows its keys to the elements around it that are ours', async () => {
      const outer = await fixture<ProbeOuter>(html`<probe-outer></probe-outer>`);
      const inner = inside<ProbeElement>(outer, 'probe-element');
      await inner.updateComplete;
      const heard: string[] = [];
      inside(outer, 'div').addEventListener('keydown', (event) => heard.push((event as KeyboardEvent).key));
      const pageHeard = await heardByPage(async () => inside(inner, 'input').dispatchEvent(keyDown('x')));
      expect(heard).to.deep.equal(['x']);
      expect(pageHeard).to.deep.equal([]);
    });

    it('passes on an Escape that nothing used, and its release', async () => {
      const element = await fixture<ProbeElement>(html`<probe-element></probe-element>`);
      inside<HTMLInputElement>(element, 'input').focus();
      const heard = await heardByPage(() => sendKeys({ press: 'Escape' }));
      // WebKit has a keypress for it too.
      expect(heard).to.include.members(['keydown Escape', 'keyup Escape']);
    });

    it('keeps an Escape that something inside used', async () => {
      const element = await fixture<ProbeElement>(html`<probe-element></probe-element>`);
      const input = inside<HTMLInputElement>(element, 'input');
      input.addEventListener('keydown', (event) => event.preventDefault());
      const heard = await heardByPage(async () => input.dispatchEvent(keyDown('Escape')));
      expect(heard).to.deep.equal([]);
    });

    it('passes on a shortcut of the page, but not what text fields do themselves', async () => {
      const element = await fixture<ProbeElement>(html`<probe-element></probe-element>`);
      const input = inside(element, 'input');
      const heard = await heardByPage(async () => {
        for (const key of ['k', 'c', 'z', 'ArrowLeft']) input.dispatchEvent(keyDown(key, { ctrlKey: true }));
        input.dispatchEvent(keyDown('s', { altKey: true }));
        input.dispatchEvent(keyDown('ß', { altKey: true }));
      });
      expect(heard).to.deep.equal(['keydown k', 'keydown s']);
    });

    it('keeps a character typed with AltGr, which comes as Ctrl and Alt where the keyboard has it so', async function () {
      // A made-up event of WebKit does not know of AltGraph.
      if (!/Chrome|Firefox/.test(navigator.userAgent)) this.skip();
      const element = await fixture<ProbeElement>(html`<probe-element></probe-element>`);
      const input = inside<HTMLInputElement>(element, 'input');
      const typed = { ctrlKey: true, altKey: true, modifierAltGraph: true };
      expect(await heardByPage(async () => input.dispatchEvent(keyDown('@', typed)))).to.deep.equal([]);
      const shortcut = { ctrlKey: true, altKey: true };
      expect(await heardByPage(async () => input.dispatchEvent(keyDown('@', shortcut)))).to.have.length(1);
    });

    it('passes on Tab, which dialogs of the page keep inside them', async () => {
      const element = await fixture<ProbeElement>(html`<probe-element></probe-element>`);
      const heard = await heardByPage(async () => inside(element, 'input').dispatchEvent(keyDown('Tab')));
      expect(heard).to.deep.equal(['keydown Tab']);
    });

    it('keeps keys of an input method', async () => {
      const element = await fixture<ProbeElement>(html`<probe-element></probe-element>`);
      const heard = await heardByPage(async () =>
        inside(element, 'input').dispatchEvent(keyDown('Escape', { isComposing: true })),
      );
      expect(heard).to.deep.equal([]);
    });
  });

  describe('looks', () => {
    it('is untouched by what the page does to everything', async () => {
      const hostile = new CSSStyleSheet();
      hostile.replaceSync(`
        * { box-sizing: content-box; line-height: 1; letter-spacing: 3px; text-transform: uppercase }
        html { font-size: 62.5% }`);
      const element = await fixture<ProbeElement>(html`<probe-element></probe-element>`);
      const paragraph = inside(element, 'p');
      const look = (): string[] => {
        const { fontSize, lineHeight, boxSizing, letterSpacing, textTransform } = getComputedStyle(paragraph);
        return [fontSize, lineHeight, boxSizing, letterSpacing, textTransform];
      };
      const before = look();
      expect(before).to.deep.equal(['14px', '20px', 'border-box', 'normal', 'none']);
      document.adoptedStyleSheets.push(hostile);
      try {
        expect(look()).to.deep.equal(before);
      } finally {
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== hostile);
      }
    });

    it('inherits nothing of the page that changes how its text is read, broken or chosen', async () => {
      const page = await fixture<HTMLElement>(html`
        <div
          lang="en"
          style="
            direction: rtl; user-select: none; -webkit-user-select: none; word-break: break-all; hyphens: auto;
            overflow-wrap: anywhere; -webkit-text-fill-color: rgb(255, 0, 0); -webkit-text-stroke: 2px red;
            font-variant: small-caps; text-align-last: center; caret-color: red; line-break: anywhere;
            font-feature-settings: 'smcp'; text-emphasis: filled red
          "
        >
          <probe-element></probe-element>
        </div>
      `);
      const element = page.querySelector('probe-element') as ProbeElement;
      await element.updateComplete;
      const style = getComputedStyle(inside(element, 'p'));
      expect(style.direction).to.equal('ltr');
      expect(style.userSelect || style.webkitUserSelect).to.be.oneOf(['text', 'auto']);
      expect(style.wordBreak).to.equal('normal');
      expect(style.hyphens).to.equal('manual');
      expect(style.overflowWrap).to.equal('normal');
      expect(style.webkitTextFillColor).to.equal(style.color);
      expect(style.fontVariantCaps).to.equal('normal');
      expect(style.textAlignLast).to.equal('auto');
      expect(style.lineBreak).to.equal('auto');
      expect(style.fontFeatureSettings).to.equal('normal');
      expect(style.getPropertyValue('-webkit-text-stroke-width')).to.equal('0px');
      expect(style.textEmphasisStyle).to.equal('none');
    });

    it('takes a token from any ancestor, through elements of ours between', async () => {
      const page = await fixture<HTMLElement>(html`<div><probe-outer></probe-outer></div>`);
      page.style.setProperty('--whatsapp-text', 'rgb(1, 2, 3)');
      const inner = await innerOf(page);
      expect(getComputedStyle(inside(inner, 'p')).color).to.equal('rgb(1, 2, 3)');
    });

    it('gives its theme to elements of ours inside', async () => {
      const outer = await fixture<ProbeOuter>(html`<probe-outer theme="dark"></probe-outer>`);
      const inner = inside<ProbeElement>(outer, 'probe-element');
      await inner.updateComplete;
      expect(getComputedStyle(inside(inner, 'p')).color).to.equal('rgb(232, 239, 235)');
      outer.theme = 'light';
      await outer.updateComplete;
      expect(getComputedStyle(inside(inner, 'p')).color).to.equal('rgb(21, 32, 27)');
    });

    it('follows the colour scheme of the page when it has no theme', async () => {
      const page = await fixture<HTMLElement>(html`<div><probe-element></probe-element></div>`);
      page.style.colorScheme = 'dark';
      const element = page.querySelector('probe-element') as ProbeElement;
      expect(getComputedStyle(inside(element, 'p')).color).to.equal('rgb(232, 239, 235)');
    });

    it('is gone when hidden', async () => {
      const element = await fixture<ProbeElement>(html`<probe-element hidden></probe-element>`);
      expect(getComputedStyle(element).display).to.equal('none');
    });
  });

  describe('files that are dropped', () => {
    const drag = (type: string, element: Element, data: DataTransfer): DragEvent => {
      const event = new DragEvent(type, {
        dataTransfer: data,
        bubbles: true,
        composed: true,
        cancelable: true,
      });
      element.dispatchEvent(event);
      return event;
    };

    it('do not replace the page, and words go where they are dropped', async () => {
      const element = await fixture<ProbeElement>(html`<probe-element></probe-element>`);
      const file = new DataTransfer();
      file.items.add(new File(['x'], 'photo.png', { type: 'image/png' }));
      const words = new DataTransfer();
      words.setData('text/plain', 'Words');
      for (const type of ['dragover', 'drop']) {
        expect(drag(type, inside(element, 'p'), file).defaultPrevented, type).to.equal(true);
        expect(drag(type, inside(element, 'p'), words).defaultPrevented, type).to.equal(false);
        expect(drag(type, element.parentElement as Element, file).defaultPrevented, type).to.equal(false);
      }
    });
  });

  describe('language', () => {
    it('is that of the closest lang, through shadow roots', async () => {
      const page = await fixture(html`<div lang="ar"><probe-outer></probe-outer></div>`);
      const inner = await innerOf(page);
      expect(words(inner)).to.equal('أعد المحاولة');
      expect(inside(inner, '.outer').getAttribute('dir')).to.equal('rtl');
    });

    it('changes with it', async () => {
      const page = await fixture<HTMLElement>(html`<div lang="en"><probe-outer></probe-outer></div>`);
      const inner = await innerOf(page);
      expect(words(inner)).to.equal('Try again');
      page.lang = 'ar-EG';
      await waitUntil(() => words(inner) === 'أعد المحاولة');
      page.lang = 'en-GB';
      await waitUntil(() => words(inner) === 'Try again');
    });

    it('is English where there is no catalogue, and where the tag is none', async () => {
      for (const lang of ['tlh', 'not a language']) {
        const page = await fixture(html`<div lang=${lang}><probe-element></probe-element></div>`);
        const element = page.querySelector('probe-element') as ProbeElement;
        await element.updateComplete;
        expect(words(element)).to.equal('Try again');
        expect(inside(element, '.outer').getAttribute('dir')).to.equal('ltr');
      }
    });
  });
});
