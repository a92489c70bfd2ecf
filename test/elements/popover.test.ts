import { expect, fixture, html } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import type { TemplateResult } from 'lit';
import { controlStyles, Popover, popoverStyles, WhatsAppElement } from '../../src/elements/base/index.js';
import { deepActiveElement, getByRole } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

const EDGE = 8;

class PopoverHost extends WhatsAppElement {
  static override styles = [WhatsAppElement.styles, controlStyles, popoverStyles];

  content: unknown = html`<button>Inside</button>`;
  readonly popover_ = new Popover(this, 'it');

  protected override render(): TemplateResult {
    const { id, isOpen } = this.popover_;
    return html`<div
      class="popover-place"
      dir=${this.localize.direction}
      @keydown=${this.popover_.onKeyDown}
      @focusout=${this.popover_.onFocusOut}
    >
      <button class="button" popovertarget=${id}>Opens</button>
      <div id=${id} class="popover" popover tabindex="-1" @beforetoggle=${this.popover_.onBeforeToggle}>
        ${isOpen ? this.content : ''}
      </div>
    </div>`;
  }
}
customElements.define('popover-host', PopoverHost);

/** At a place on the page, in pixels from its edges. */
async function at(
  place: Readonly<Partial<Record<'top' | 'left' | 'right' | 'bottom', number>>>,
  lang = 'en',
): Promise<PopoverHost> {
  const element = await fixture<PopoverHost>(html`<popover-host lang=${lang}></popover-host>`);
  await element.updateComplete;
  element.style.position = 'fixed';
  for (const [edge, distance] of Object.entries(place)) element.style.setProperty(edge, `${distance}px`);
  return element;
}

const size = (width: number, height: number): TemplateResult => {
  const content = document.createElement('div');
  content.style.cssText = `inline-size: ${width}px; block-size: ${height}px`;
  return html`${content}`;
};

function boxes(element: PopoverHost): { readonly button: DOMRect; readonly popover: DOMRect } {
  const { button, element: popover } = element.popover_;
  if (!button || !popover) throw new Error('There is no popover.');
  return { button: button.getBoundingClientRect(), popover: popover.getBoundingClientRect() };
}

describe('Popover', () => {
  describe('is placed', () => {
    async function opened(element: PopoverHost, content: TemplateResult): Promise<ReturnType<typeof boxes>> {
      element.content = content;
      element.popover_.open();
      return boxes(element);
    }

    it('below its button, at its inline end', async () => {
      const { button, popover } = await opened(await at({ top: 40, right: 60 }), size(160, 100));
      expect(popover.top - button.bottom).to.equal(4);
      expect(popover.right).to.be.closeTo(button.right, 0.5);
    });

    it('at the other side in Arabic', async () => {
      const { button, popover } = await opened(await at({ top: 40, left: 60 }, 'ar'), size(160, 100));
      expect(popover.top - button.bottom).to.equal(4);
      expect(popover.left).to.be.closeTo(button.left, 0.5);
    });

    it('above its button where there is no room below', async () => {
      const { button, popover } = await opened(await at({ bottom: 40, right: 60 }), size(160, 100));
      expect(button.top - popover.bottom).to.equal(4);
      expect(popover.right).to.be.closeTo(button.right, 0.5);
    });

    it('on the page where its end would put it beyond the edge', async () => {
      const { popover } = await opened(await at({ top: 40, left: 0 }), size(200, 100));
      expect(popover.left).to.be.at.least(0);
      expect(popover.right).to.be.at.most(innerWidth);
    });

    for (const [where, edges, isBelow] of [
      ['below', { top: 100 }, true],
      ['above', { bottom: 60 }, false],
    ] as const) {
      it(`${where} its button and scrolling inside, where it fits neither side`, async () => {
        const element = await at({ ...edges, right: 60 });
        const { button, popover } = await opened(element, size(160, 3000));
        if (isBelow) expect(popover.top - button.bottom).to.equal(4);
        else expect(button.top - popover.bottom).to.equal(4);
        expect(popover.top).to.be.at.least(EDGE - 0.5);
        expect(popover.bottom).to.be.at.most(innerHeight - EDGE + 0.5);
        expect(popover.height).to.be.above(150);
        const inside = element.popover_.element;
        expect(inside?.scrollHeight).to.be.above(inside?.clientHeight ?? 0);
      });
    }
  });

  it('never scrolls sideways, however long a word is', async () => {
    const element = await at({ top: 40, right: 60 });
    element.content = html`<div class="menu-item"><span class="text">${'Wilhelmina'.repeat(12)}</span></div>`;
    element.popover_.open();
    const inside = element.popover_.element;
    expect(inside?.scrollWidth).to.equal(inside?.clientWidth);
    expect(boxes(element).popover.width).to.be.at.most(320);
  });

  it('stays at its button when what that is in is scrolled', async () => {
    const scroller = await fixture<HTMLElement>(html`
      <div>
        <popover-host></popover-host>
        <div></div>
      </div>
    `);
    scroller.style.cssText = 'block-size: 200px; overflow: auto; padding-block-start: 80px';
    (scroller.lastElementChild as HTMLElement).style.blockSize = '1000px';
    const element = scroller.querySelector('popover-host') as PopoverHost;
    await element.updateComplete;
    element.popover_.open();
    scroller.scrollTop = 40;
    await waitUntil(() => {
      const { button, popover } = boxes(element);
      return Math.abs(popover.top - button.bottom - 4) < 0.5;
    });
  });

  it('stays at its button when what that is in is scrolled within its own element', async () => {
    const scrolled = document.createElement('div');
    scrolled.style.blockSize = '1000px';
    const element = await at({ top: 40, right: 60 });
    const scroller = element.renderRoot.firstElementChild as HTMLElement;
    scroller.append(scrolled);
    scroller.style.cssText = 'block-size: 200px; overflow: auto; padding-block-start: 80px';
    element.popover_.open();
    scroller.scrollTop = 40;
    await waitUntil(() => {
      const { button, popover } = boxes(element);
      return scroller.scrollTop === 40 && Math.abs(popover.top - button.bottom - 4) < 0.5;
    });
  });

  it('has room for what comes into it while it is open', async () => {
    const element = await at({ top: 40, right: 60 });
    element.content = size(160, 40);
    element.popover_.open();
    element.content = size(160, 240);
    element.requestUpdate();
    await element.updateComplete;
    expect(boxes(element).popover.height).to.be.above(240);
  });

  it('stays scrolled where it is when the page is scrolled or sized', async () => {
    const element = await at({ top: 100, right: 60 });
    element.content = size(160, innerHeight);
    element.popover_.open();
    const inside = element.popover_.element as HTMLElement;
    inside.scrollTop = inside.scrollHeight;
    const { scrollTop } = inside;
    expect(scrollTop).to.be.above(80);
    dispatchEvent(new Event('resize'));
    expect(inside.scrollTop).to.equal(scrollTop);
  });

  it('closes when something beside it is pressed', async () => {
    const element = await at({ top: 40, right: 60 });
    element.popover_.open();
    await sendMouse({ type: 'click', position: [5, 300] });
    await waitUntil(() => !element.popover_.isOpen);
    expect(element.popover_.element?.matches(':popover-open')).to.equal(false);
  });

  it('gives the focus back when it closes over it, and only then', async () => {
    const element = await at({ top: 40, right: 60 });
    element.popover_.open();
    getByRole(element, 'button', 'Inside').focus();
    element.popover_.close();
    expect(deepActiveElement()).to.equal(element.popover_.button);
    (deepActiveElement() as HTMLElement).blur();
    element.popover_.open();
    element.popover_.close();
    expect(deepActiveElement()).to.equal(document.body);
  });

  it('is closed in an element that is moved, and opens again there', async () => {
    const element = await at({ top: 40, right: 60 });
    const place = await fixture<HTMLElement>(html`<div></div>`);
    element.popover_.open();
    place.append(element);
    element.requestUpdate();
    await element.updateComplete;
    expect(element.popover_.isOpen).to.equal(false);
    expect(element.popover_.element?.matches(':popover-open')).to.equal(false);
    element.popover_.open();
    expect(element.popover_.element?.matches(':popover-open')).to.equal(true);
  });

  it('stays open when the page itself loses the focus, and closes when something else has it', async () => {
    const element = await at({ top: 40, right: 60 });
    element.popover_.open();
    const inner = getByRole(element, 'button', 'Inside');
    inner.focus();
    const leave = (): unknown => inner.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
    Object.defineProperty(document, 'hasFocus', { configurable: true, value: () => false });
    leave();
    Reflect.deleteProperty(document, 'hasFocus');
    expect(element.popover_.isOpen).to.equal(true);
    Object.defineProperty(document, 'hasFocus', { configurable: true, value: () => true });
    leave();
    Reflect.deleteProperty(document, 'hasFocus');
    expect(element.popover_.isOpen).to.equal(false);
  });

  it('closes when another one opens', async () => {
    const [one, other] = [await at({ top: 40, right: 60 }), await at({ top: 40, left: 60 })];
    one.popover_.open();
    other.popover_.open();
    expect([one.popover_.isOpen, other.popover_.isOpen]).to.deep.equal([false, true]);
  });
});
