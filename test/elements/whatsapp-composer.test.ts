import { expect, fixture, html, nextFrame, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/whatsapp-composer.js';
import type { Draft } from '../../src/model/index.js';
import type {
  AttachRequestEvent,
  DraftChangeEvent,
  SendRequestEvent,
} from '../../src/elements/whatsapp-composer/whatsapp-composer.events.js';
import type {
  ComposerFiles,
  WhatsAppComposer,
} from '../../src/elements/whatsapp-composer/whatsapp-composer.js';
import { FakeVoice } from '../support/fake-voice.js';
import { eventually } from '../support/media-element.js';
import { byRole, deepActiveElement, getByRole, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

async function composer(properties: Partial<WhatsAppComposer> = {}): Promise<WhatsAppComposer> {
  const element = await fixture<WhatsAppComposer>(
    html`<whatsapp-composer style="inline-size: 360px"></whatsapp-composer>`,
  );
  Object.assign(element, properties);
  await element.updateComplete;
  return element;
}

const box = (element: Element): HTMLTextAreaElement =>
  getByRole(element, 'textbox', 'Message') as HTMLTextAreaElement;
const send = (element: Element): HTMLButtonElement =>
  getByRole(element, 'button', 'Send') as HTMLButtonElement;

/** What is asked to be sent. */
function sent(element: Element): string[] {
  const texts: string[] = [];
  element.addEventListener('send-request', (event) =>
    texts.push((event as SendRequestEvent).detail.draft.text),
  );
  return texts;
}

/** As an input method does it: its Enter takes a suggestion. */
function pressEnter(element: Element, init: KeyboardEventInit & { keyCode?: number } = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', {
    key: 'Enter',
    bubbles: true,
    composed: true,
    cancelable: true,
    ...init,
  });
  box(element).dispatchEvent(event);
  return event;
}

describe('<whatsapp-composer>', () => {
  // The first thing that is sent takes the hint away, for good.
  it('says in one line what Enter does, or where that has no room, does not', async () => {
    const element = await composer();
    for (const [width, isShown] of [
      [480, true],
      [240, false],
    ] as const) {
      element.style.inlineSize = `${width}px`;
      const hint = element.shadowRoot?.querySelector('#hint') as Element;
      const words = document.createRange();
      words.selectNodeContents(hint);
      const { top, height } = words.getBoundingClientRect();
      expect(top < hint.getBoundingClientRect().bottom - 1, String(width)).to.equal(isShown);
      expect(height).to.be.below(20);
      expect(hint.getBoundingClientRect().height).to.be.below(20);
      expect(box(element).getAttribute('aria-describedby')).to.equal('hint');
    }
  });

  describe('accessibility', () => {
    const states: Record<string, Partial<WhatsAppComposer>> = {
      empty: {},
      'with text': { value: 'Hello' },
      'near the limit': { value: 'x'.repeat(9), limit: 10 },
      'over the limit': { value: 'x'.repeat(12), limit: 10 },
      unavailable: { unavailable: 'The window is closed.' },
      'unavailable with a draft': { unavailable: 'The window is closed.', value: 'Hello' },
    };
    for (const [name, properties] of Object.entries(states)) {
      it(`has no violations when ${name}`, async () => {
        const element = await composer(properties);
        await expect(element).to.be.accessible();
      });
    }
  });

  describe('sending', () => {
    it('empties the box also before the last key was rendered', async () => {
      const element = await composer();
      const texts = sent(element);
      box(element).value = 'Hello';
      box(element).dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      pressEnter(element);
      await element.updateComplete;
      expect(texts).to.deep.equal(['Hello']);
      expect(box(element).value).to.equal('');
    });

    it('happens by Enter, and empties the box', async () => {
      const element = await composer();
      const texts = sent(element);
      element.focus();
      await sendKeys({ type: 'Hello' });
      await sendKeys({ press: 'Enter' });
      await element.updateComplete;
      expect(texts).to.deep.equal(['Hello']);
      expect(box(element).value).to.equal('');
      expect(element.value).to.equal('');
    });

    it('happens by the button, and the focus goes back to the box', async () => {
      const element = await composer({ value: '  Hello \n' });
      const texts = sent(element);
      send(element).click();
      await element.updateComplete;
      expect(texts).to.deep.equal(['Hello']);
      expect(element.shadowRoot?.activeElement).to.equal(box(element));
    });

    it('is not possible with nothing to send', async () => {
      const element = await composer({ value: ' \n ' });
      const texts = sent(element);
      expect(send(element).disabled).to.equal(true);
      element.focus();
      await sendKeys({ press: 'Enter' });
      expect(texts).to.deep.equal([]);
    });

    it('keeps the text when it was prevented', async () => {
      const element = await composer({ value: 'Hello' });
      element.addEventListener('send-request', (event) => event.preventDefault());
      send(element).click();
      await element.updateComplete;
      expect(box(element).value).to.equal('Hello');
    });

    it('begins a line by Shift+Enter', async () => {
      const element = await composer();
      const texts = sent(element);
      element.focus();
      await sendKeys({ type: 'a' });
      await sendKeys({ down: 'Shift' });
      await sendKeys({ press: 'Enter' });
      await sendKeys({ up: 'Shift' });
      await sendKeys({ type: 'b' });
      expect(box(element).value).to.equal('a\nb');
      expect(texts).to.deep.equal([]);
    });

    it('is by Ctrl+Enter, and Enter begins a line, with enter="newline"', async () => {
      const element = await composer({ enter: 'newline' });
      const texts = sent(element);
      element.focus();
      await sendKeys({ type: 'a' });
      await sendKeys({ press: 'Enter' });
      await sendKeys({ type: 'b' });
      expect(box(element).value).to.equal('a\nb');
      pressEnter(element, { ctrlKey: true });
      expect(texts).to.deep.equal(['a\nb']);
    });

    it('leaves Enter to an input method', async () => {
      const element = await composer({ value: 'にほ' });
      const texts = sent(element);
      expect(pressEnter(element, { isComposing: true }).defaultPrevented).to.equal(false);
      // Safari ends the composition before the key that ended it.
      const event = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
      Object.defineProperty(event, 'keyCode', { value: 229 });
      box(element).dispatchEvent(event);
      expect(event.defaultPrevented).to.equal(false);
      expect(texts).to.deep.equal([]);
      expect(pressEnter(element).defaultPrevented).to.equal(true);
      expect(texts).to.deep.equal(['にほ']);
    });
  });

  describe('the draft', () => {
    it('is told at each change by the agent, and not by the page', async () => {
      const element = await composer();
      const drafts: string[] = [];
      element.addEventListener('draft-change', (event: DraftChangeEvent) =>
        drafts.push(event.detail.draft.text),
      );
      element.value = 'from outside';
      await element.updateComplete;
      expect(drafts).to.deep.equal([]);
      element.focus();
      box(element).setSelectionRange(12, 12);
      await sendKeys({ type: '!' });
      expect(drafts).to.deep.equal(['from outside!']);
    });

    it('takes text at the caret, in place of what is selected', async () => {
      const element = await composer({ value: 'Good NAME, hello' });
      box(element).setSelectionRange(5, 9);
      const changed = oneEvent(element, 'draft-change');
      element.insertText('Masha');
      expect(((await changed) as DraftChangeEvent).detail.draft.text).to.equal('Good Masha, hello');
      await element.updateComplete;
      expect(box(element).value).to.equal('Good Masha, hello');
      expect(box(element).selectionStart).to.equal(10);
    });

    it('does not move the caret when it comes back as it is', async () => {
      const element = await composer({ value: 'abc' });
      box(element).setSelectionRange(1, 1);
      element.focus();
      await sendKeys({ type: 'X' });
      element.value = 'aXbc';
      await element.updateComplete;
      expect(box(element).selectionStart).to.equal(2);
    });
  });

  describe('growth', () => {
    const height = async (value: string): Promise<number> => {
      const element = await composer({ value });
      return box(element).getBoundingClientRect().height;
    };

    it('is by lines, from one to eight', async () => {
      const one = await height('');
      expect(await height('a')).to.equal(one);
      expect(await height('a\nb\nc')).to.be.closeTo(one + 40, 1);
      expect(await height('a\n')).to.be.closeTo(one + 20, 1);
      const eight = await height(Array(8).fill('a').join('\n'));
      expect(eight).to.be.closeTo(one + 140, 1);
      expect(await height(Array(40).fill('a').join('\n'))).to.be.closeTo(eight, 2);
    });

    it('follows long words and lines that wrap', async () => {
      const one = await height('');
      expect(await height('x'.repeat(200))).to.be.greaterThan(one + 50);
      expect(await height('word '.repeat(40))).to.be.greaterThan(one + 50);
    });

    it('scrolls inside beyond that', async () => {
      const element = await composer({ value: Array(40).fill('a').join('\n') });
      expect(box(element).scrollHeight).to.be.greaterThan(box(element).clientHeight + 100);
    });

    it('is the whole one for a very long word of the narrowest letters, of which no more is measured than fills the box', async () => {
      const full = await height(Array(40).fill('a').join('\n'));
      expect(await height('i'.repeat(5_000))).to.be.closeTo(full, 2);
      const element = await composer({ value: 'i'.repeat(100_000) });
      expect(box(element).getBoundingClientRect().height).to.be.closeTo(full, 2);
      expect(box(element).value.length).to.equal(100_000);
      const copy = box(element).parentElement as HTMLElement;
      expect(getComputedStyle(copy, '::after').content.length).to.be.below(10_000);
    });

    it('shows whole lines, at the beginning and at the end', async () => {
      for (const size of ['14px', '17px']) {
        const element = await composer({ value: Array(40).fill('a').join('\n') });
        element.style.setProperty('--whatsapp-font-size', size);
        const { paddingTop, paddingBottom } = getComputedStyle(box(element));
        expect([paddingTop, paddingBottom]).to.deep.equal(['0px', '0px']);
        const lines = box(element).getBoundingClientRect().height / (box(element).scrollHeight / 40);
        expect(lines, size).to.be.closeTo(Math.round(lines), 0.05);
        expect(Math.round(lines)).to.be.within(2, 8);
      }
    });

    it('gives the text the whole width of its box', async () => {
      const element = await composer({ value: 'a' });
      const outer = element.getBoundingClientRect().width;
      expect(box(element).getBoundingClientRect().width).to.be.closeTo(outer - 26, 1);
      const below = send(element).getBoundingClientRect();
      expect(below.top).to.be.at.least(box(element).getBoundingClientRect().bottom);
    });
  });

  describe('the limit', () => {
    it('is counted out from four fifths of it on', async () => {
      expect(shadowText(await composer({ value: 'x'.repeat(7), limit: 10 }))).to.not.contain('characters');
      expect(shadowText(await composer({ value: 'x'.repeat(8), limit: 10 }))).to.contain(
        '8 of 10 characters',
      );
    });

    it('counts code points, as the Cloud API does, and no white space around', async () => {
      const text = shadowText(await composer({ value: ` ${'😀'.repeat(9)}\n`, limit: 10 }));
      expect(text).to.contain('9 of 10 characters');
    });

    it('of 4,096 is what there is without another', async () => {
      const element = await composer({ value: 'x'.repeat(4096) });
      const texts = sent(element);
      expect(shadowText(element)).to.contain('4,096 of 4,096 characters');
      send(element).click();
      expect(texts.map((text) => text.length)).to.deep.equal([4096]);
    });

    it('refuses more with its count and keeps the text', async () => {
      const element = await composer({ value: 'x'.repeat(4100) });
      const texts = sent(element);
      expect(send(element).disabled).to.equal(true);
      expect(shadowText(element)).to.contain('4,100 of 4,096 characters: 4 too many');
      expect(byRole(element, 'alert')).to.equal(null);
      send(element).click();
      pressEnter(element);
      await element.updateComplete;
      expect(texts).to.deep.equal([]);
      expect(getByRole(element, 'alert').textContent).to.contain('4,100 of 4,096 characters: 4 too many');
      expect(box(element).value.length).to.equal(4100);
      expect(box(element).getAttribute('aria-invalid')).to.equal('true');
      element.value = 'x'.repeat(4096);
      await element.updateComplete;
      expect(send(element).disabled).to.equal(false);
      expect(byRole(element, 'alert')).to.equal(null);
      expect(box(element).getAttribute('aria-invalid')).to.equal('false');
    });

    it('is announced once when it is passed', async () => {
      const element = await composer({ value: 'x'.repeat(20), limit: 20 });
      for (const length of [21, 22]) {
        element.value = 'x'.repeat(length);
        await element.updateComplete;
      }
      const region = (): string => document.querySelector('[data-live-announcer]')?.textContent ?? '';
      for (let i = 0; i < 60 && !region().includes('of 20'); i++) await nextFrame();
      expect(region().split('21 of 20 characters: 1 too many').length).to.equal(2);
      expect(region()).to.not.contain('22 of 20');
    });
  });

  describe('when nothing can be sent', () => {
    it('says why in place of sending, and keeps the draft to be read', async () => {
      const element = await composer({ unavailable: 'The window is closed.', value: 'My draft' });
      expect(shadowText(element)).to.contain('The window is closed.');
      expect(byRole(element, 'button', 'Send')).to.equal(null);
      expect(box(element).value).to.equal('My draft');
      expect(box(element).readOnly).to.equal(true);
      const texts = sent(element);
      pressEnter(element);
      expect(texts).to.deep.equal([]);
      element.unavailable = null;
      await element.updateComplete;
      expect(box(element).value).to.equal('My draft');
      expect(box(element).readOnly).to.equal(false);
    });

    const folded = (): Promise<WhatsAppComposer> =>
      composer({ unavailable: 'The window is closed.', value: 'My draft\n'.repeat(30) });

    it('folds a draft to one line, and says that it is kept', async () => {
      const element = await folded();
      expect(shadowText(element)).to.contain('Your draft is kept.');
      expect(box(element).getBoundingClientRect().height).to.be.below(24);
      expect(box(element).getAttribute('aria-invalid')).to.equal('false');
    });

    it('unfolds it for whoever goes there', async function () {
      // WebKit matches :focus only in a window that has the focus.
      if (!document.hasFocus()) this.skip();
      const element = await folded();
      const { height } = box(element).getBoundingClientRect();
      element.focus();
      expect(box(element).getBoundingClientRect().height).to.be.greaterThan(4 * height);
      box(element).blur();
      expect(box(element).getBoundingClientRect().height).to.equal(height);
    });

    it('warns of nothing: there is nothing to be done in a hurry', async () => {
      const element = await composer({ unavailable: 'This conversation is done.' });
      const mark = element.shadowRoot?.querySelector('.unavailable svg') as Element;
      const muted = await composer({ value: 'x' });
      const count = document.createElement('span');
      count.className = 'muted';
      muted.shadowRoot?.append(count);
      expect(getComputedStyle(mark).color).to.equal(getComputedStyle(count).color);
      expect(shadowText(element)).to.equal('This conversation is done.');
    });

    it('shows no box where there is no draft', async () => {
      const element = await composer({ unavailable: 'The window is closed.' });
      expect(byRole(element, 'textbox')).to.equal(null);
    });
  });

  describe('keys', () => {
    it('typed in it do not reach the page', async () => {
      const element = await composer();
      const heard: string[] = [];
      const listen = (event: KeyboardEvent): number => heard.push(event.key);
      document.addEventListener('keydown', listen);
      element.focus();
      await sendKeys({ type: 'ad' });
      await sendKeys({ press: 'Enter' });
      document.removeEventListener('keydown', listen);
      expect(heard).to.deep.equal([]);
    });
  });

  it('takes hostile text as text', async () => {
    const text = '<img src=x onerror=alert(1)> \u202Egnp.exe "\'`${1}';
    const element = await composer({ value: text });
    const texts = sent(element);
    expect(element.shadowRoot?.querySelector('img')).to.equal(null);
    send(element).click();
    expect(texts).to.deep.equal([text]);
  });

  describe('files', () => {
    const photo = (): File => new File(['photo'], 'photo.jpg', { type: 'image/jpeg' });
    const attachment = {
      id: 'f1',
      name: 'invoice.pdf',
      as: 'document',
      mimeType: 'application/pdf',
      bytes: 9,
      caption: '',
    } as const;

    const attaching: ComposerFiles = { accept: 'image/jpeg', incoming: [], fileOf: null };

    it('records a voice note where it sends, while there is nothing to send', async () => {
      const voice = new FakeVoice();
      const element = await composer({ attaching: { ...attaching, voice } });
      const record = await eventually(() => byRole(element, 'button', 'Record voice note'));
      expect(byRole(element, 'button', 'Send')).to.equal(null);
      record.click();
      await element.updateComplete;
      const recorder = await eventually(() => element.shadowRoot?.querySelector('voice-recorder') ?? null);
      expect(byRole(element, 'textbox')).to.equal(null);
      const send = await eventually(() => byRole(recorder, 'button', 'Send'));
      send.focus();
      send.click();
      await eventually(() => byRole(element, 'textbox'));
      expect(voice.kept).to.deep.equal([true]);
      await waitUntil(() => deepActiveElement()?.tagName === 'TEXTAREA');
      element.value = 'Good morning';
      await element.updateComplete;
      expect(byRole(element, 'button', 'Send')).to.be.instanceOf(HTMLElement);
      expect(byRole(element, 'button', 'Record voice note')).to.equal(null);
    });

    it('keeps what is being recorded when nothing can be sent any more', async () => {
      const voice = new FakeVoice();
      const element = await composer({ attaching: { ...attaching, voice } });
      (await eventually(() => byRole(element, 'button', 'Record voice note'))).click();
      await waitUntil(() => voice.recordings.length === 1);
      element.unavailable = 'The window is closed.';
      await waitUntil(() => voice.kept.length === 1);
      expect(voice.kept).to.deep.equal([false]);
    });

    /** What is asked to be attached, by name. */
    function attached(element: Element): string[] {
      const names: string[] = [];
      element.addEventListener('attach-request', (event) =>
        names.push(...(event as AttachRequestEvent).detail.files.map(({ name }) => name)),
      );
      return names;
    }

    function paste(element: Element, files: readonly File[], text = ''): ClipboardEvent {
      const clipboardData = new DataTransfer();
      for (const file of files) clipboardData.items.add(file);
      if (text !== '') clipboardData.setData('text/plain', text);
      const event = new ClipboardEvent('paste', { bubbles: true, composed: true, cancelable: true });
      // Firefox lets no script fill a clipboard event.
      Object.defineProperty(event, 'clipboardData', { value: clipboardData });
      box(element).dispatchEvent(event);
      return event;
    }

    it('has no button where none can be sent', async () => {
      const element = await composer();
      expect(byRole(element, 'button', 'Attach file')).to.equal(null);
    });

    it('asks for those that were chosen, and for the same again', async () => {
      const element = await composer({ attaching });
      await waitUntil(() => byRole(element, 'button', 'Attach file'), 'the button is there');
      await expect(element).to.be.accessible();
      const names = attached(element);
      const chooser = element.shadowRoot?.querySelector<HTMLInputElement>('input[type=file]');
      let opened = 0;
      chooser?.addEventListener('click', (event) => {
        event.preventDefault();
        opened++;
      });
      getByRole(element, 'button', 'Attach file').focus();
      await sendKeys({ press: 'Enter' });
      expect([opened, chooser?.multiple, chooser?.accept]).to.deep.equal([1, true, 'image/jpeg']);
      for (let i = 0; i < 2; i++) {
        const chosen = new DataTransfer();
        chosen.items.add(photo());
        if (chooser) chooser.files = chosen.files;
        chooser?.dispatchEvent(new Event('change', { bubbles: true }));
      }
      expect(names).to.deep.equal(['photo.jpg', 'photo.jpg']);
    });

    it('asks for those that are pasted, and leaves words to the browser', async () => {
      const element = await composer({ attaching });
      await waitUntil(() => byRole(element, 'button', 'Attach file'), 'the button is there');
      const names = attached(element);
      expect(paste(element, [photo()]).defaultPrevented).to.equal(true);
      expect(paste(element, [photo()], 'A cell').defaultPrevented).to.equal(false);
      expect(paste(element, [], 'Words').defaultPrevented).to.equal(false);
      expect(names).to.deep.equal(['photo.jpg']);
    });

    it('are sent with the text, or alone', async () => {
      const element = await composer({ attaching, attachments: [attachment] });
      const drafts: Draft[] = [];
      element.addEventListener('send-request', (event) =>
        drafts.push((event as SendRequestEvent).detail.draft),
      );
      expect(send(element).disabled).to.equal(false);
      await sendKeys({ press: 'Tab' });
      send(element).click();
      expect(drafts.map(({ text, attachments }) => [text, attachments])).to.deep.equal([['', [attachment]]]);
      await element.updateComplete;
      expect(element.attachments).to.deep.equal([]);
    });

    it('are kept while typing goes on, and where sending is vetoed', async () => {
      const element = await composer({ attachments: [attachment] });
      const changed: Draft[] = [];
      element.addEventListener('draft-change', (event) =>
        changed.push((event as DraftChangeEvent).detail.draft),
      );
      element.addEventListener('send-request', (event) => event.preventDefault());
      box(element).focus();
      await sendKeys({ type: 'H' });
      await sendKeys({ press: 'Enter' });
      expect(changed.map(({ text, attachments }) => [text, attachments])).to.deep.equal([
        ['H', [attachment]],
      ]);
      expect(element.attachments).to.deep.equal([attachment]);
    });

    it('are not sent while one is still being looked at', async () => {
      const incoming = [{ key: 'k1', name: 'a.pdf', bytes: 9, refusal: null }];
      const element = await composer({ value: 'Here', attaching: { ...attaching, incoming } });
      const texts = sent(element);
      expect(send(element).disabled).to.equal(true);
      box(element).focus();
      await sendKeys({ press: 'Enter' });
      expect(texts).to.deep.equal([]);
      element.attaching = {
        ...attaching,
        incoming: incoming.map((one) => ({ ...one, refusal: { kind: 'empty' as const } })),
      };
      await element.updateComplete;
      await sendKeys({ press: 'Enter' });
      expect(texts).to.deep.equal(['Here']);
    });

    it('are sent as soon as they have been looked at, where that was wanted before', async () => {
      const incoming = [{ key: 'k1', name: 'a.pdf', bytes: 9, refusal: null }];
      const element = await composer({ value: 'Here', attaching: { ...attaching, incoming } });
      const texts = sent(element);
      box(element).focus();
      await sendKeys({ press: 'Enter' });
      element.attaching = attaching;
      element.attachments = [attachment];
      await element.updateComplete;
      await waitUntil(() => texts.length > 0, 'it is sent');
      expect(texts).to.deep.equal(['Here']);
      // Whoever writes on has not finished.
      element.value = 'There';
      element.attaching = { ...attaching, incoming };
      await element.updateComplete;
      await sendKeys({ press: 'Enter' });
      await sendKeys({ type: '!' });
      element.attaching = attaching;
      await element.updateComplete;
      await Promise.resolve();
      expect(texts).to.deep.equal(['Here']);
    });

    it('are kept, and said to be, while nothing can be sent', async () => {
      const element = await composer({ attachments: [attachment], unavailable: 'The window is closed.' });
      expect(shadowText(element)).to.contain('Your draft is kept.');
    });
  });

  describe('prepared responses', () => {
    it('have a button only where there are any, which asks for them', async () => {
      const element = await composer();
      expect(byRole(element, 'button', 'Responses')).to.equal(null);
      element.responses = true;
      await element.updateComplete;
      setTimeout(() => getByRole(element, 'button', 'Responses').click());
      await oneEvent(element, 'responses-request');
    });

    it('are not sent before their placeholders are filled in: Enter leads to the first one', async () => {
      const value = 'Dear [Contact.Title], your order [OrderId] is here.';
      const unfilled = ['[Contact.Title]', '[OrderId]', '[Gone]'];
      const element = await composer({ value, unfilled });
      const texts = sent(element);
      expect(shadowText(element)).to.contain('Fill in before you send: [Contact.Title] [OrderId]');
      expect(shadowText(element)).not.to.contain('[Gone]');
      expect(send(element).disabled).to.equal(true);
      await expect(element).to.be.accessible();
      element.focus();
      await sendKeys({ press: 'Enter' });
      await sendKeys({ type: 'Dr' });
      await sendKeys({ press: 'Enter' });
      await sendKeys({ type: '14' });
      expect(box(element).value).to.equal('Dear Dr, your order 14 is here.');
      expect(texts).to.deep.equal([]);
      await sendKeys({ press: 'Enter' });
      expect(texts).to.deep.equal(['Dear Dr, your order 14 is here.']);
    });

    it('go where the caret is, or in place of what is selected; behind a word, onto a line of their own', async () => {
      const element = await composer({ value: 'Dear Masha' });
      expect(element.range).to.equal(undefined);
      element.select(5, 10);
      await element.updateComplete;
      expect(element.range).to.deep.equal({ start: 5, end: 10 });
      element.select(10);
      expect(element.range).to.equal(undefined);
      await sendKeys({ type: ' ' });
      expect(element.range).to.deep.equal({ start: 11, end: 11 });
    });
  });
});
