import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/response-picker.js';
import type { ResponsePicker } from '../../src/elements/response-picker/response-picker.js';
import type { ResponsesOutcome } from '../../src/context/index.js';
import { contactLabel, messageItem } from '../../src/model/index.js';
import type {
  Notification,
  PreparedResponse,
  ResponseCategory,
  ResponseSearch,
  TranscriptItem,
} from '../../src/model/index.js';
import { aMessage, anInteraction, aTemplate, NOON } from '../support/builders.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { allByRole, byRole, getByRole, nameOf, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

const ID = 'interaction-1';

const aResponse = (id: string, overrides: Partial<PreparedResponse> = {}): PreparedResponse => ({
  id,
  category: 'returns',
  name: `Response ${id}`,
  body: 'Hello <$Contact.FirstName|there$>',
  language: 'en',
  shortcut: null,
  keywords: [],
  attachments: [],
  ...overrides,
});

const FORM = {
  media: { id: 'form' },
  as: 'document',
  fileName: 'Return form.pdf',
  mimeType: 'application/pdf',
  bytes: 240_000,
} as const;

const LIBRARY: readonly PreparedResponse[] = [
  aResponse('1', { name: 'Hello', shortcut: 'hello', category: 'greetings' }),
  aResponse('2', {
    name: 'Return form',
    body: 'Here is *your* form for the <$Contact.Title$>.',
    attachments: [FORM],
  }),
  aResponse('3', { name: 'Devoluciones', body: 'Le adjunto el formulario.', language: 'es' }),
];

const CATEGORIES: readonly ResponseCategory[] = [
  { id: 'greetings', parent: null, name: 'Greetings' },
  { id: 'orders', parent: null, name: 'Orders' },
  { id: 'returns', parent: 'orders', name: 'Returns' },
];

let workspace: FakeWorkspace;
let asked: (readonly [search: ResponseSearch, after: string | null])[];
let inserted: (readonly [string, string, { readonly start: number; readonly end: number } | undefined])[];
let answer: (search: ResponseSearch, after: string | null) => Promise<ResponsesOutcome> | ResponsesOutcome;

const found = (...responses: readonly PreparedResponse[]): ResponsesOutcome => ({
  ok: true,
  responses,
  next: null,
});

async function shown(attributes: Partial<ResponsePicker> = {}): Promise<ResponsePicker> {
  const element = await fixture<ResponsePicker>(
    html`<response-picker
      .workspace=${workspace}
      style="block-size: 480px; inline-size: 320px"
    ></response-picker>`,
  );
  Object.assign(element, attributes);
  await waitUntil(() => byRole(element, 'combobox', 'Search responses'));
  return element;
}

/** With its first answer. */
async function ready(attributes: Partial<ResponsePicker> = {}): Promise<ResponsePicker> {
  const element = await shown(attributes);
  await waitUntil(() => byRole(element, 'option'));
  element.focus();
  return element;
}

async function type(element: ResponsePicker, text: string): Promise<void> {
  const before = asked.length;
  await sendKeys({ type: text });
  await waitUntil(() => asked.length > before && asked.at(-1)?.[0].text.endsWith(text));
  await waitUntil(() => getByRole(element, 'combobox', 'Search responses').isConnected);
}

const options = (element: ResponsePicker): string[] => allByRole(element, 'option').map(nameOf);
const activeOf = (element: ResponsePicker): string | null => {
  const id = getByRole(element, 'combobox', 'Search responses').getAttribute('aria-activedescendant');
  const option = id === null ? null : element.shadowRoot?.getElementById(id);
  return option ? nameOf(option) : null;
};

describe('<response-picker>', () => {
  beforeEach(() => {
    workspace = new FakeWorkspace();
    workspace.patch({ features: ['responses'] });
    workspace.setInteractions(anInteraction({ windowClosesAt: NOON + 3_600_000 }));
    workspace.selected$.next(ID);
    asked = [];
    inserted = [];
    answer = ({ text }) =>
      found(...LIBRARY.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase())));
    workspace.library = {
      search: async (search, after) => {
        asked.push([search, after]);
        return answer(search, after);
      },
      categories: async () => ({ ok: true, categories: CATEGORIES }),
      insert: (interaction, { id }, range) => {
        inserted.push([interaction, id, range]);
        return 12;
      },
      setFavourite: async () => ({ ok: true }),
    };
  });

  it('has no violations, with a list, a preview, and nothing found', async () => {
    const element = await ready();
    await expect(element).to.be.accessible();
    await sendKeys({ press: 'ArrowDown' });
    await waitUntil(() => byRole(element, 'group', 'Preview'));
    await expect(element).to.be.accessible();
    answer = () => found();
    await type(element, 'zzz');
    await waitUntil(() => byRole(element, 'button', 'Show all responses'));
    await expect(element).to.be.accessible();
  });

  it('shows all responses: name, shortcut, files and a line of the text with its codes filled', async () => {
    const element = await ready();
    expect(asked).to.deep.equal([[{ text: '', match: 'all', category: null, language: null }, null]]);
    expect(options(element)[0]).to.contain('Hello').and.contain('/hello').and.contain('Hello Masha');
    expect(options(element)[1]).to.contain('1 file').and.contain('[Contact.Title]');
    expect(activeOf(element)).to.equal(null);
  });

  it('looks for what is typed, marks it, and leads to the best match', async () => {
    const element = await ready();
    await type(element, 'form');
    await waitUntil(() => options(element).length === 1);
    const marks = [...(element.shadowRoot?.querySelectorAll('.row mark') ?? [])].map(
      (one) => one.textContent,
    );
    expect(marks).to.deep.equal(['form', 'form']);
    expect(activeOf(element)).to.contain('Return form');
    expect(element.shadowRoot?.activeElement).to.equal(getByRole(element, 'combobox', 'Search responses'));
  });

  it('shows what the keyboard is at as the contact will see it, with its files, and inserts it with Enter', async () => {
    const element = await ready();
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    await waitUntil(() => byRole(element, 'group', 'Preview')?.querySelector('strong'));
    const preview = getByRole(element, 'group', 'Preview');
    expect(preview.querySelector('strong')?.textContent).to.equal('your');
    expect(preview.textContent)
      .to.contain('Return form.pdf')
      .and.contain('240 kB')
      .and.contain('[Contact.Title]');
    await sendKeys({ press: 'Enter' });
    expect(inserted).to.deep.equal([[ID, '2', undefined]]);
  });

  it('inserts where the agent writes, and says where it ends', async () => {
    const ends: number[] = [];
    const place = { range: () => ({ start: 2, end: 5 }), inserted: (end: number) => void ends.push(end) };
    const element = await ready({ place });
    await sendKeys({ press: 'ArrowDown' });
    await waitUntil(() => byRole(element, 'button', 'Insert'));
    getByRole(element, 'button', 'Insert').click();
    expect(inserted).to.deep.equal([[ID, '1', { start: 2, end: 5 }]]);
    expect(ends).to.deep.equal([12]);
  });

  it('inserts nothing that a page vetoes', async () => {
    const element = await ready();
    const told: string[] = [];
    element.addEventListener('response-insert', (event) => {
      told.push(`${event.detail.response.id} ${event.detail.interaction.id}`);
      event.preventDefault();
    });
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    expect(told).to.deep.equal([`1 ${ID}`]);
    expect(inserted).to.deep.equal([]);
  });

  it('inserts into the conversation that it names', async () => {
    workspace.setInteractions(
      anInteraction({ windowClosesAt: NOON + 3_600_000 }),
      anInteraction({ id: 'other', windowClosesAt: NOON + 3_600_000 }),
    );
    await ready({ interaction: 'other' });
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    expect(inserted.map(([interaction]) => interaction)).to.deep.equal(['other']);
  });

  it('says why nothing can be inserted: no conversation, not on this desk, window closed', async () => {
    workspace.selected$.next(null);
    const element = await ready();
    await sendKeys({ press: 'ArrowDown' });
    await waitUntil(() => shadowText(element).includes('Open a conversation to insert a response.'));
    expect(getByRole(element, 'button', 'Insert').ariaDisabled).to.equal('true');
    await expect(element).to.be.accessible();
    getByRole(element, 'button', 'Insert').click();
    await sendKeys({ press: 'Enter' });
    workspace.selected$.next(ID);
    workspace.setInteractions(anInteraction({ state: 'parked', agent: null }));
    await waitUntil(() => shadowText(element).includes('This conversation is not on your desk.'));
    workspace.setInteractions(anInteraction({ windowClosesAt: NOON }));
    await waitUntil(() => shadowText(element).includes('The service window is closed'));
    await sendKeys({ press: 'Enter' });
    expect(inserted).to.deep.equal([]);
  });

  it('empties the field with Escape, and leaves a second Escape to what is around', async () => {
    const element = await ready();
    await type(element, 'form');
    let heard = 0;
    element.parentElement?.addEventListener('keydown', ({ key }) => (heard += Number(key === 'Escape')));
    await sendKeys({ press: 'Escape' });
    await element.updateComplete;
    expect((getByRole(element, 'combobox', 'Search responses') as HTMLInputElement).value).to.equal('');
    await waitUntil(() => options(element).length === 3);
    expect(heard).to.equal(0);
    await sendKeys({ press: 'Escape' });
    expect(heard).to.equal(1);
  });

  it('inserts nothing of an earlier search while the new one is under way', async () => {
    const element = await ready();
    await type(element, 'form');
    await waitUntil(() => activeOf(element));
    let answers: (outcome: ResponsesOutcome) => void = () => undefined;
    answer = () => new Promise((resolve) => (answers = resolve));
    await type(element, 's');
    await sendKeys({ press: 'Enter' });
    expect(inserted).to.deep.equal([]);
    answers(found(aResponse('9', { name: 'Forms' })));
    await waitUntil(() => options(element).length === 1 && activeOf(element)?.startsWith('Forms'));
    await sendKeys({ press: 'Enter' });
    expect(inserted.map(([, id]) => id)).to.deep.equal(['9']);
  });

  it('looks for a category from the tree, for any word or the phrase, and in one language', async () => {
    const element = await ready();
    await waitUntil(() => byRole(element, 'button', 'Category: All categories'));
    getByRole(element, 'button', 'Category: All categories').focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => byRole(element, 'treeitem', 'Orders'));
    await expect(element).to.be.accessible();
    for (const press of ['End', 'ArrowRight', 'ArrowRight', 'Enter']) {
      // oxlint-disable-next-line no-await-in-loop -- One key after the other.
      await sendKeys({ press });
    }
    await waitUntil(() => asked.at(-1)?.[0].category === 'returns');
    await waitUntil(() => byRole(element, 'button', 'Category: Returns'));
    expect(element.shadowRoot?.activeElement).to.equal(getByRole(element, 'combobox', 'Search responses'));

    const choose = (name: string, index: number): void => {
      const select = allByRole(element, 'combobox', name)[0] as HTMLSelectElement;
      select.selectedIndex = index;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    };
    choose('How words are searched for', 1);
    choose('Language', 2);
    await waitUntil(() => asked.at(-1)?.[0].language === 'es');
    expect(asked.at(-1)?.[0]).to.deep.equal({ text: '', match: 'any', category: 'returns', language: 'es' });
  });

  it('offers no language where there is one, and no categories where there are none', async () => {
    answer = () => found(aResponse('1'));
    const library = workspace.library;
    if (library) workspace.library = { ...library, categories: async () => ({ ok: true, categories: [] }) };
    const element = await ready();
    expect(byRole(element, 'combobox', 'Language')).to.equal(null);
    expect(byRole(element, 'button', /^Category/)).to.equal(null);
  });

  it('says what was not found, and shows all again', async () => {
    const element = await ready();
    await type(element, 'zebra');
    await waitUntil(() => shadowText(element).includes('There is no response with “zebra”.'));
    getByRole(element, 'button', 'Show all responses').click();
    await waitUntil(() => options(element).length === 3);
    expect((getByRole(element, 'combobox', 'Search responses') as HTMLInputElement).value).to.equal('');
  });

  it('says that the library is empty', async () => {
    answer = () => found();
    const element = await shown();
    await waitUntil(() => shadowText(element).includes('There are no prepared responses yet.'));
  });

  it('says what failed, and tries again', async () => {
    answer = () => ({ ok: false, why: 'offline' });
    const element = await shown();
    await waitUntil(() => shadowText(element).includes('There is no connection.'));
    await expect(element).to.be.accessible();
    answer = () => found(...LIBRARY);
    getByRole(element, 'button', 'Try again').click();
    await waitUntil(() => options(element).length === 3);
  });

  it('says what failed where the library could not be loaded', async () => {
    const { library } = workspace;
    workspace.library = null;
    const element = await shown();
    await waitUntil(() => byRole(element, 'button', 'Try again'));
    workspace.library = library;
    getByRole(element, 'button', 'Try again').click();
    await waitUntil(() => options(element).length === 3);
  });

  it('says no more than a sentence where the contact centre has no library', async () => {
    workspace.patch({ features: [] });
    const element = await fixture<ResponsePicker>(
      html`<response-picker .workspace=${workspace}></response-picker>`,
    );
    await waitUntil(() => shadowText(element).includes('Your contact centre has no prepared responses.'));
    expect(byRole(element, 'combobox')).to.equal(null);
    expect(asked).to.deep.equal([]);
    workspace.patch({ features: ['responses'] });
    await waitUntil(() => options(element).length === 3);
  });

  it('loads what follows when its end comes near, and keeps thousands fluid', async () => {
    const page = (from: number): readonly PreparedResponse[] =>
      Array.from({ length: 2_000 }, (_, i) => aResponse(`${from + i}`, { language: null }));
    answer = (_search, after) => {
      const from = after === null ? 0 : Number(after) + 1;
      return { ok: true, responses: page(from), next: from < 8_000 ? `${from + 1_999}` : null };
    };
    const element = await ready();
    const list = getByRole(element, 'listbox', 'Responses found');
    await waitUntil(() => {
      list.scrollTop = list.scrollHeight;
      return asked.length === 5;
    });
    await waitUntil(() => {
      list.scrollTop = list.scrollHeight;
      return options(element).some((name) => name.startsWith('Response 9999'));
    });
    expect(list.querySelectorAll('[role=option]').length).to.be.below(80);
    expect(allByRole(element, 'option').at(-1)?.getAttribute('aria-setsize')).to.equal('10000');
  });

  it('stays where it is scrolled to, when other rows come into sight than were there', async () => {
    answer = () => found(...Array.from({ length: 2_000 }, (_, i) => aResponse(`${i}`)));
    const element = await ready();
    const list = getByRole(element, 'listbox', 'Responses found');
    list.scrollTop = 60_000;
    await waitUntil(() => options(element).some((name) => name.startsWith('Response 1080')));
    await nextFrame();
    await nextFrame();
    expect(list.scrollTop).to.be.within(59_990, 60_010);
  });

  it('brings what the arrow keys lead to into sight, far down and back', async () => {
    answer = () => found(...Array.from({ length: 500 }, (_, i) => aResponse(`${i}`)));
    const element = await ready();
    for (let i = 0; i < 20; i++) {
      // oxlint-disable-next-line no-await-in-loop -- One key after the other.
      await sendKeys({ press: 'PageDown' });
    }
    await element.updateComplete;
    expect(activeOf(element)).to.contain('Response 199');
    const list = getByRole(element, 'listbox', 'Responses found').getBoundingClientRect();
    const id = getByRole(element, 'combobox', 'Search responses').getAttribute('aria-activedescendant') ?? '';
    await waitUntil(() => {
      const row = element.shadowRoot?.getElementById(id)?.getBoundingClientRect();
      return row && row.top >= list.top - 1 && row.bottom <= list.bottom + 1;
    });
  });

  it('keeps the rows of a page whose next one could not be had, and tries again there', async () => {
    answer = (_search, after) =>
      after === null ? { ok: true, responses: LIBRARY, next: '3' } : { ok: false, why: 'timeout' };
    const element = await ready();
    await waitUntil(() => byRole(element, 'button', 'Try again'));
    expect(options(element).length).to.equal(3);
    answer = () => found(aResponse('4'));
    getByRole(element, 'button', 'Try again').click();
    await waitUntil(() => options(element).length === 4);
  });

  it('says which response is a notification, and what that says with what is known', async () => {
    const template = aTemplate({ body: 'Hello {{1}}, it is {{2}}.' });
    const field = { part: 'body', label: null, type: 'text', currency: null } as const;
    const notification: Notification = {
      template,
      fields: [{ ...field, key: '1', initial: '<$Contact.FullName$>' }],
      header: null,
    };
    answer = () => found(aResponse('n', { name: 'Payment', body: '', notification }));
    // It goes when nothing else does.
    workspace.setInteractions(anInteraction({ windowClosesAt: NOON - 1 }));
    const element = await ready();
    const name = contactLabel(anInteraction().contact);
    expect(options(element)[0]).to.contain('Notification');
    expect(options(element)[0]).to.contain(`Hello ${name}, it is [2].`);
    await sendKeys({ press: 'ArrowDown' });
    await waitUntil(() => byRole(element, 'group', 'Preview'));
    expect(nameOf(getByRole(element, 'group', 'Payment'))).to.equal('Payment');
    expect(shadowText(getByRole(element, 'group', 'Preview'))).to.contain(`Hello ${name}, it is [2].`);
    await expect(element).to.be.accessible();
    await sendKeys({ press: 'Enter' });
    expect(inserted.map(([, id]) => id)).to.deep.equal(['n']);
  });

  describe('groups', () => {
    const asks = (): readonly unknown[] => asked.map(([{ text, match, of = null }]) => [text, match, of]);
    const chip = (element: Element, name: string): HTMLElement => getByRole(element, 'button', name);

    beforeEach(() => workspace.patch({ features: ['responses', 'favourite-responses'] }));

    it('are not there where the contact centre does not keep them', async () => {
      workspace.patch({ features: ['responses'] });
      const element = await ready();
      expect(byRole(element, 'button', 'Suggested')).to.exist;
      for (const name of ['Favourites', 'Recent']) expect(byRole(element, 'button', name)).to.equal(null);
    });

    it('show favourites and what was used last, with words within them, and all again with a second press', async () => {
      const element = await ready();
      asked.length = 0;
      chip(element, 'Favourites').click();
      await waitUntil(() => asked.length === 1);
      await element.updateComplete;
      expect(chip(element, 'Favourites').getAttribute('aria-pressed')).to.equal('true');
      await type(element, 'h');
      await waitUntil(() => asked.length === 2);
      await sendKeys({ press: 'Backspace' });
      chip(element, 'Recent').click();
      await waitUntil(() => asked.at(-1)?.[0].of === 'recent');
      chip(element, 'Recent').click();
      await waitUntil(() => asked.at(-1)?.[0].of === undefined);
      expect(asks().slice(0, 2)).to.deep.equal([
        ['', 'all', 'favourites'],
        ['h', 'all', 'favourites'],
      ]);
    });

    it('suggest what may answer the words that the contact wrote last, and follow what comes', async () => {
      const wrote = (id: string, text: string) =>
        messageItem(aMessage({ id, interaction: ID, content: { kind: 'text', text } }));
      const view = (...items: readonly TranscriptItem[]) => workspace.setTranscript(ID, items);
      view(wrote('m1', 'Hello'), wrote('m2', 'How do I return the chair to you?'));
      const element = await ready();
      asked.length = 0;
      chip(element, 'Suggested').click();
      await waitUntil(() => asked.length > 0);
      expect(asks().at(-1)).to.deep.equal(['return chair', 'any', null]);
      view(wrote('m2', 'How do I return the chair to you?'), wrote('m3', 'And the table?'));
      await waitUntil(() => asked.at(-1)?.[0].text === 'table');
      answer = () => found();
      view(wrote('m3', 'And the table?'), wrote('m4', 'Carpets?'));
      await waitUntil(() => shadowText(element).includes('No response fits what the contact wrote last.'));
      view(wrote('m5', 'ok?'));
      await element.updateComplete;
      expect(shadowText(element)).to.include('No response fits what the contact wrote last.');
      getByRole(element, 'button', 'Show all responses').click();
      await waitUntil(() => asked.at(-1)?.[0].text === '');
      await element.updateComplete;
      expect(chip(element, 'Suggested').getAttribute('aria-pressed')).to.equal('false');
    });

    it('say how they are filled while they are empty', async () => {
      const element = await ready();
      answer = () => found();
      chip(element, 'Favourites').click();
      await waitUntil(() => shadowText(element).includes('You have no favourites here.'));
      chip(element, 'Recent').click();
      await waitUntil(() => shadowText(element).includes('You have used none of these responses yet.'));
      await expect(element).to.be.accessible();
    });

    it('take a response in and out by its star, and show it as it was when that fails', async () => {
      const changes: [string, boolean][] = [];
      let isTaken = true;
      if (workspace.library)
        workspace.library = {
          ...workspace.library,
          setFavourite: async (response, favourite) => {
            changes.push([response, favourite]);
            return isTaken
              ? { ok: true }
              : { ok: false, error: { kind: 'unavailable', sentence: 'No.', retryable: true } };
          },
        };
      const element = await ready();
      await sendKeys({ press: 'ArrowDown' });
      await waitUntil(() => byRole(element, 'button', 'Favourite'));
      const pressed = (): string | null => chip(element, 'Favourite').getAttribute('aria-pressed');
      chip(element, 'Favourite').click();
      await waitUntil(() => pressed() === 'true');
      isTaken = false;
      chip(element, 'Favourite').click();
      await waitUntil(() => changes.length === 2 && pressed() === 'true');
      const [first] = LIBRARY;
      expect(changes).to.deep.equal([
        [first?.id, true],
        [first?.id, false],
      ]);
    });
  });
});
