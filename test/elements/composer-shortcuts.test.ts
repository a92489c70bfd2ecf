import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/whatsapp-composer.js';
import type { WhatsAppComposer } from '../../src/elements/whatsapp-composer/whatsapp-composer.js';
import type { PreparedResponse } from '../../src/model/index.js';
import { byRole, allByRole, getByRole } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

const prepared = (shortcut: string, body: string): PreparedResponse => ({
  id: shortcut,
  category: 'c',
  name: `The ${shortcut}`,
  body,
  language: null,
  shortcut,
  keywords: [],
  attachments: [],
});
const ALL = [
  prepared('hello', 'Hello, how can I help you?'),
  prepared('help', 'Here is help.'),
  prepared('bye', 'Goodbye.'),
];

interface Scene {
  readonly element: WhatsAppComposer;
  readonly box: HTMLTextAreaElement;
  /** What was asked to be sent. */
  readonly sent: string[];
  /** What was looked for. */
  readonly searched: string[];
  /** Lets answers through that were held back. */
  readonly answer: () => void;
}

/** A composer with a library; `held` answers when the test says so. */
async function scene({ held = false } = {}): Promise<Scene> {
  const element = await fixture<WhatsAppComposer>(
    html`<whatsapp-composer style="inline-size: 360px; margin-block-start: 400px"></whatsapp-composer>`,
  );
  const searched: string[] = [];
  const waiting: (() => void)[] = [];
  element.shortcuts = {
    find: async (typed) => {
      searched.push(typed);
      if (held) await new Promise<void>((go) => waiting.push(go));
      return ALL.filter(({ shortcut }) => `/${shortcut}`.startsWith(typed));
    },
    insert: ({ body }, { start, end }) => {
      const { value } = element;
      element.value = value.slice(0, start) + body + value.slice(end);
      element.select(start + body.length);
    },
  };
  const sent: string[] = [];
  element.addEventListener('send-request', ({ detail }) => sent.push(detail.draft.text));
  await element.updateComplete;
  const box = getByRole(element, 'textbox', 'Message') as HTMLTextAreaElement;
  element.focus();
  // What finds shortcuts comes with the first focus: a slash is heard when it is there.
  await waitUntil(async () => {
    await element.updateComplete;
    if (searched.length > 0) return true;
    await sendKeys({ type: '/' });
    await sendKeys({ press: 'Backspace' });
    return searched.length > 0;
  });
  searched.length = 0;
  for (const go of waiting.splice(0)) go();
  return { element, box, sent, searched, answer: () => waiting.splice(0).forEach((go) => go()) };
}

const names = (element: Element): readonly string[] =>
  allByRole(element, 'option').map((option) => option.textContent?.trim() ?? '');

describe('shortcuts that are typed in a composer', () => {
  it('find responses, and Enter puts the first one in their place and does not send', async () => {
    const { element, box, sent } = await scene();
    await sendKeys({ type: 'Good morning. /he' });
    await waitUntil(() => byRole(element, 'listbox', 'Responses'));
    expect(names(element)).to.deep.equal(['/helloThe hello', '/helpThe help']);
    await sendKeys({ press: 'Enter' });
    await element.updateComplete;
    expect(box.value).to.equal('Good morning. Hello, how can I help you?');
    expect(box.selectionStart).to.equal(box.value.length);
    expect(sent).to.deep.equal([]);
    expect(byRole(element, 'listbox', 'Responses')).to.equal(null);
    await sendKeys({ press: 'Enter' });
    expect(sent).to.deep.equal(['Good morning. Hello, how can I help you?']);
  });

  it('lead through what is found with arrow keys, and Tab inserts; the text says which one it is', async () => {
    const { element, box } = await scene();
    await sendKeys({ type: '/he' });
    await waitUntil(() => byRole(element, 'listbox', 'Responses'));
    const current = (): string | null =>
      element.shadowRoot
        ?.getElementById(box.getAttribute('aria-activedescendant') ?? '')
        ?.textContent?.trim() ?? null;
    expect(current()).to.equal('/helloThe hello');
    await sendKeys({ press: 'ArrowDown' });
    await element.updateComplete;
    expect(current()).to.equal('/helpThe help');
    await sendKeys({ press: 'Tab' });
    await element.updateComplete;
    expect(box.value).to.equal('Here is help.');
    expect(box.hasAttribute('aria-activedescendant')).to.equal(false);
  });

  it('are inserted by a press too, and the text keeps the focus', async () => {
    const { element, box } = await scene();
    await sendKeys({ type: '/b' });
    await waitUntil(() => byRole(element, 'option'));
    getByRole(element, 'option', '/byeThe bye').click();
    await element.updateComplete;
    expect(box.value).to.equal('Goodbye.');
    expect(element.shadowRoot?.activeElement).to.equal(box);
  });

  it('are not sent while what they stand for is on its way: Enter waits for it', async () => {
    const { element, box, sent, searched, answer } = await scene({ held: true });
    await sendKeys({ type: '/bye' });
    await sendKeys({ press: 'Enter' });
    expect(sent).to.deep.equal([]);
    expect(searched.at(-1)).to.equal('/bye');
    answer();
    await waitUntil(() => box.value === 'Goodbye.');
    expect(sent).to.deep.equal([]);
    expect(element.value).to.equal('Goodbye.');
  });

  it('that nobody prepared are text like any other', async () => {
    const { element, sent, searched } = await scene();
    await sendKeys({ type: '/nothing' });
    await waitUntil(() => searched.at(-1) === '/nothing');
    await element.updateComplete;
    expect(byRole(element, 'listbox', 'Responses')).to.equal(null);
    await sendKeys({ press: 'Enter' });
    expect(sent).to.deep.equal(['/nothing']);
  });

  it('are left as text by Escape, until something else is typed', async () => {
    const { element, sent } = await scene();
    await sendKeys({ type: '/he' });
    await waitUntil(() => byRole(element, 'listbox', 'Responses'));
    await sendKeys({ press: 'Escape' });
    await element.updateComplete;
    expect(byRole(element, 'listbox', 'Responses')).to.equal(null);
    await sendKeys({ type: 'l' });
    await waitUntil(() => byRole(element, 'listbox', 'Responses'));
    await sendKeys({ press: 'Escape' });
    await sendKeys({ press: 'Enter' });
    expect(sent).to.deep.equal(['/hel']);
  });

  it('leave nothing behind when the focus goes', async () => {
    const { element, box } = await scene();
    await sendKeys({ type: '/he' });
    await waitUntil(() => byRole(element, 'listbox', 'Responses'));
    box.blur();
    await element.updateComplete;
    expect(byRole(element, 'listbox', 'Responses')).to.equal(null);
  });

  it('are no shortcuts within a word or an address', async () => {
    const { searched } = await scene();
    await sendKeys({ type: 'and/or https://example.com/he' });
    expect(searched).to.deep.equal([]);
  });
});
