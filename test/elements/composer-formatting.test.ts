import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/whatsapp-composer.js';
import type { WhatsAppComposer } from '../../src/elements/whatsapp-composer/whatsapp-composer.js';
import { byRole, getByRole, deepActiveElement } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

const PRIMARY = /Mac/.test(navigator.platform) ? 'Meta' : 'Control';

async function composer(value = ''): Promise<WhatsAppComposer> {
  const element = await fixture<WhatsAppComposer>(
    html`<whatsapp-composer style="display: block; margin-top: 60px" .value=${value}></whatsapp-composer>`,
  );
  const input = box(element);
  input.focus();
  // What formats comes with the first look into the text.
  input.select();
  await waitUntil(() => value === '' || bar(element), 'the bar is there');
  input.setSelectionRange(0, 0);
  await press('ArrowLeft');
  await waitUntil(() => !bar(element), 'nothing is selected');
  return element;
}

const box = (element: Element): HTMLTextAreaElement =>
  getByRole(element, 'textbox', 'Message') as HTMLTextAreaElement;
const bar = (element: Element): Element | null => byRole(element, 'toolbar', 'Formatting');

async function press(...keys: readonly string[]): Promise<void> {
  for (const down of keys.slice(0, -1)) await sendKeys({ down });
  await sendKeys({ press: keys.at(-1) ?? '' });
  for (const up of keys.slice(0, -1)) await sendKeys({ up });
}

/** Selects a part of the text, as a key or the pointer does. */
async function select(element: Element, part: string): Promise<void> {
  const input = box(element);
  const start = input.value.indexOf(part);
  input.setSelectionRange(start, start + part.length);
  await waitUntil(() => bar(element), 'the bar is there');
}

const selected = (element: Element): string => {
  const { value, selectionStart, selectionEnd } = box(element);
  return value.slice(selectionStart, selectionEnd);
};

/** The engines differ in what a script may put into a clipboard. */
function paste(element: Element, markup: string, plain: string): Event {
  const data: Readonly<Record<string, string>> = { 'text/html': markup, 'text/plain': plain };
  const event = new Event('paste', { bubbles: true, composed: true, cancelable: true });
  const clipboardData = { files: [], getData: (type: string) => data[type] ?? '' };
  Object.defineProperty(event, 'clipboardData', { value: clipboardData });
  box(element).dispatchEvent(event);
  return event;
}

describe('formatting in <whatsapp-composer>', () => {
  it('is offered while something is selected, and moves nothing', async () => {
    const element = await composer('A very good offer');
    const { height } = element.getBoundingClientRect();
    await select(element, 'very good');
    expect(element.getBoundingClientRect().height).to.equal(height);
    await expect(element).to.be.accessible();
    box(element).setSelectionRange(3, 3);
    await press('ArrowRight');
    await waitUntil(() => !bar(element), 'the bar is gone');
  });

  it('marks what is selected by a press, which leaves the focus and the selection, and takes marks away', async () => {
    const element = await composer('A very good offer');
    await select(element, 'very good');
    getByRole(element, 'button', 'Bold').click();
    expect(element.value).to.equal('A *very good* offer');
    expect(selected(element)).to.equal('*very good*');
    expect(deepActiveElement()).to.equal(box(element));
    getByRole(element, 'button', 'Italic').click();
    expect(element.value).to.equal('A _*very good*_ offer');
    getByRole(element, 'button', 'Italic').click();
    getByRole(element, 'button', 'Bold').click();
    expect(element.value).to.equal('A very good offer');
  });

  for (const [name, after] of [
    ['Strikethrough', '~one~\n~two~'],
    ['Code', '`one`\n`two`'],
    ['Numbered list', '1. one\n2. two'],
    ['Bulleted list', '- one\n- two'],
    ['Quote', '> one\n> two'],
  ] as const) {
    it(`has ${name}`, async () => {
      const element = await composer('one\ntwo');
      await select(element, 'one\ntwo');
      getByRole(element, 'button', name).click();
      expect(element.value).to.equal(after);
    });
  }

  it('is reached by keys, which leave the selection as it is', async () => {
    const element = await composer('word');
    await select(element, 'word');
    getByRole(element, 'button', 'Bold').focus();
    await press('ArrowRight');
    expect(deepActiveElement()).to.equal(getByRole(element, 'button', 'Italic'));
    await press('Enter');
    expect(element.value).to.equal('_word_');
    expect(selected(element)).to.equal('_word_');
  });

  it('goes away with Escape, until something else is selected', async () => {
    const element = await composer('one two');
    await select(element, 'one');
    await press('Escape');
    await waitUntil(() => !bar(element), 'the bar is gone');
    expect(selected(element)).to.equal('one');
    await select(element, 'two');
  });

  it('answers the keys of WhatsApp Web, and can be undone', async () => {
    const element = await composer('word');
    await select(element, 'word');
    await press(PRIMARY, 'b');
    expect(element.value).to.equal('*word*');
    await press(PRIMARY, 'i');
    expect(element.value).to.equal('_*word*_');
    // Not every engine of the tests has the key.
    document.execCommand('undo');
    document.execCommand('undo');
    expect(element.value).to.equal('word');
  });

  it('goes on with a list line by line, until a line stays empty', async () => {
    const element = await composer();
    await waitUntil(async () => {
      element.value = '';
      await element.updateComplete;
      await sendKeys({ type: '- one' });
      await press('Shift', 'Enter');
      return element.value === '- one\n- ';
    }, 'the list goes on');
    await sendKeys({ type: 'two' });
    await press('Shift', 'Enter');
    await press('Shift', 'Enter');
    expect(element.value).to.equal('- one\n- two\n');
  });

  it('takes what is pasted with its format, where the caret is', async () => {
    const element = await composer('Offer: !');
    box(element).setSelectionRange(7, 7);
    const event = paste(element, '<p>a <b>good</b> one</p>', 'a good one');
    expect(event.defaultPrevented).to.equal(true);
    await waitUntil(() => element.value === 'Offer: a *good* one!', 'it is there');
    expect(box(element).selectionStart).to.equal(19);
  });

  it('leaves to the browser what is pasted without any', async () => {
    const element = await composer('x');
    const event = paste(element, '<meta charset="utf-8"><span>plain</span>', 'plain');
    expect(event.defaultPrevented).to.equal(false);
  });

  it('runs nothing of what is pasted', async () => {
    const element = await composer('x');
    box(element).select();
    const global = globalThis as { pwned?: boolean };
    paste(
      element,
      `<b>so</b><img src="x" onerror="window.pwned = true"><script>window.pwned = true</script><svg onload="window.pwned = true"></svg> <b><a href="javascript:window.pwned = true">here</a></b>`,
      'so here',
    );
    await waitUntil(() => element.value !== 'x', 'it is there');
    expect(element.value).to.equal('*so* *here*');
    expect(global.pwned).to.equal(undefined);
  });
});
