import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/notification-editor.js';
import type { NotificationEditor } from '../../src/elements/notification-editor/notification-editor.js';
import type { TemplatesOutcome } from '../../src/context/index.js';
import { bareNotification, EMPTY_DRAFT, NO_VALUES, outboundTemplate } from '../../src/model/index.js';
import type { DraftNotification, NotificationField, Template } from '../../src/model/index.js';
import { anInteraction, aTemplate } from '../support/builders.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { allByRole, byRole, deepActiveElement, getByRole, nameOf, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

const ID = 'interaction-1';

const PAYMENT = aTemplate({
  name: 'payment',
  body: 'Hello {{1}}. Your bill is {{2}}, until {{3}}.',
  footer: 'Thank you',
  buttons: [{ kind: 'url', text: 'Track it', target: 'https://a.example/{{1}}' }],
});

const field = (key: string, label: string, more: Partial<NotificationField> = {}): NotificationField => ({
  part: 'body',
  key,
  label,
  type: 'text',
  initial: null,
  currency: null,
  ...more,
});

const FIELDS = [
  field('1', 'Name'),
  field('2', 'bill', { type: 'amount', currency: 'USD' }),
  field('3', 'day', { type: 'date' }),
  field('0', 'Parcel', { part: 'buttons', type: 'url' }),
];

const FILLED: DraftNotification = {
  ...bareNotification(PAYMENT),
  title: 'Payment',
  fields: FIELDS,
  values: { header: {}, body: { 1: 'Masha', 2: '10', 3: '2020-05-13' }, buttons: { 0: '2041' } },
};

let workspace: FakeWorkspace;
let asked: string[];
let sent: DraftNotification[];
let answer: (text: string) => TemplatesOutcome;

const draft = (): DraftNotification | null => workspace.draft(ID).value.notification;

async function shown(notification: DraftNotification | null = null): Promise<NotificationEditor> {
  workspace.draft(ID).next({ ...EMPTY_DRAFT, text: 'Good day', notification });
  const element = await fixture<NotificationEditor>(
    html`<notification-editor
      .workspace=${workspace}
      style="block-size: 600px; inline-size: 320px"
    ></notification-editor>`,
  );
  await waitUntil(() => byRole(element, 'button', 'Cancel'));
  return element;
}

/** With its first answer, and the focus in the search field. */
async function choosing(): Promise<NotificationEditor> {
  const element = await shown();
  await waitUntil(() => byRole(element, 'option'));
  element.focus();
  return element;
}

const endOf = (element: NotificationEditor): string[] => {
  const ends: string[] = [];
  element.addEventListener('notification-close', ({ detail }) => ends.push(detail.end));
  return ends;
};

const value = (element: NotificationEditor, name: string): HTMLInputElement =>
  [...(element.shadowRoot?.querySelectorAll('input') ?? [])].find((input) => nameOf(input) === name) ??
  expect.fail(`There is no field ${name}.`);

const noteOf = (input: HTMLInputElement): string => {
  const id = input.getAttribute('aria-describedby');
  const note = id === null ? null : (input.getRootNode() as ShadowRoot).getElementById(id);
  return note?.textContent?.trim() ?? '';
};

const preview = (element: NotificationEditor): string => shadowText(getByRole(element, 'group', 'Preview'));

describe('<notification-editor>', () => {
  beforeEach(() => {
    workspace = new FakeWorkspace();
    workspace.patch({ features: ['templates', 'send-template'] });
    workspace.setInteractions(anInteraction());
    workspace.selected$.next(ID);
    asked = [];
    sent = [];
    const all = [PAYMENT, aTemplate({ name: 'sale', status: 'paused', body: 'Our sale' }), aTemplate()];
    answer = (text) => ({ ok: true, templates: all.filter(({ name }) => name.includes(text)), next: null });
    workspace.templates = {
      search: async (_interaction, text) => {
        asked.push(text);
        return answer(text);
      },
      choose: (interaction, template) => {
        const now = workspace.draft(interaction);
        now.next({ ...now.value, notification: bareNotification(template) });
      },
      send: (interaction) => {
        const now = workspace.draft(interaction);
        if (!now.value.notification) return null;
        sent.push(now.value.notification);
        now.next({ ...now.value, notification: null });
        return 'client-1';
      },
    };
  });

  it('has no violations, while one is chosen, filled in, wrong, and where there is none', async () => {
    await expect(await choosing()).to.be.accessible();
    await expect(await shown(FILLED)).to.be.accessible();
    const wrong = await shown({ ...FILLED, values: NO_VALUES });
    getByRole(wrong, 'button', 'Send').click();
    await waitUntil(() => shadowText(wrong).includes('This is needed.'));
    await expect(wrong).to.be.accessible();
    await expect(
      await shown(bareNotification(aTemplate({ header: { kind: 'location' } }))),
    ).to.be.accessible();
  });

  it('is a region of its name', async () => {
    const element = await shown(FILLED);
    expect(nameOf(getByRole(element, 'region'))).to.equal('Notification');
  });

  describe('chooses a template', () => {
    it('by words and Enter, and goes on to its first field', async () => {
      const element = await choosing();
      await sendKeys({ type: 'pay' });
      await waitUntil(() => allByRole(element, 'option').length === 1);
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => draft());
      expect(draft()).to.deep.equal(bareNotification(PAYMENT));
      expect(workspace.draft(ID).value.text).to.equal('Good day');
      await waitUntil(() => deepActiveElement() === value(element, 'Parameter 1'));
    });

    it('by the arrow keys, and by a press', async () => {
      await choosing();
      await sendKeys({ press: 'ArrowDown' });
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => draft()?.template.name === 'payment');
      const another = await choosing();
      getByRole(another, 'option', /greeting/).click();
      await waitUntil(() => draft()?.template.name === 'greeting');
    });

    it('and none that WhatsApp does not send, which is said', async () => {
      const element = await choosing();
      const paused = getByRole(element, 'option', /sale/);
      expect(paused.getAttribute('aria-disabled')).to.equal('true');
      expect(nameOf(paused)).to.contain('Paused');
      paused.click();
      await element.updateComplete;
      expect(draft()).to.equal(null);
    });

    it('says that nothing was found, and shows all again', async () => {
      const element = await choosing();
      await sendKeys({ type: 'aeroplane' });
      await waitUntil(() => shadowText(element).includes('No notification has “aeroplane”'));
      getByRole(element, 'button', 'Show all notifications').click();
      await waitUntil(() => allByRole(element, 'option').length === 3);
    });

    it('and says so where they cannot be loaded, and tries again', async () => {
      const before = answer;
      answer = () => ({ ok: false, why: 'offline' });
      const element = await shown();
      await waitUntil(() => shadowText(element).includes('There is no connection.'));
      answer = before;
      getByRole(element, 'button', 'Try again').click();
      await waitUntil(() => byRole(element, 'option'));
    });

    it('or none: Escape empties the field first and then leaves, Cancel goes at once', async () => {
      const element = await choosing();
      const ends = endOf(element);
      await sendKeys({ type: 'pay' });
      await sendKeys({ press: 'Escape' });
      expect(ends).to.deep.equal([]);
      await sendKeys({ press: 'Escape' });
      getByRole(element, 'button', 'Cancel').click();
      expect(ends).to.deep.equal(['left', 'cancelled']);
    });
  });

  describe('fills one in', () => {
    it('in a table of numbers, names and values, and shows what becomes of it', async () => {
      const element = await shown({ ...FILLED, values: NO_VALUES });
      const table = element.shadowRoot?.querySelector('table');
      expect([...(table?.querySelectorAll('thead th') ?? [])].map(nameOf)).to.deep.equal([
        'No.',
        'Name',
        'Value',
      ]);
      expect(preview(element)).to.contain('Hello [1]. Your bill is [2], until [3].');
      value(element, 'Name').focus();
      await sendKeys({ type: 'Masha' });
      await waitUntil(() => draft()?.values.body['1'] === 'Masha');
      await sendKeys({ press: 'Enter' });
      await sendKeys({ type: '10' });
      await waitUntil(() => draft()?.values.body['2'] === '10');
      expect(draft()?.values.body).to.deep.equal({ 1: 'Masha', 2: '10' });
      await waitUntil(() => preview(element).includes('Hello Masha. Your bill is $10, until [3].'));
    });

    it('with what was typed kept as it was typed', async () => {
      const element = await shown(FILLED);
      expect(value(element, 'bill').value).to.equal('10');
      expect(value(element, 'day').value).to.equal('2020-05-13');
      await waitUntil(() => preview(element).includes('until Wednesday, May 13, 2020.'));
      expect(preview(element)).to.contain('Track it').and.to.contain('Thank you');
      expect(noteOf(value(element, 'Parcel'))).to.contain('https://a.example/2041');
    });

    it('and says what is wrong with a field when the agent leaves it', async () => {
      const element = await shown(FILLED);
      const bill = value(element, 'bill');
      bill.focus();
      bill.select();
      await sendKeys({ type: 'ten' });
      expect(noteOf(bill)).to.equal('');
      await sendKeys({ press: 'Tab' });
      await waitUntil(() => noteOf(bill) === 'Type a number such as 10 or 10.50.');
      expect(bill.getAttribute('aria-invalid')).to.equal('true');
      expect(shadowText(element)).to.contain('Not right yet: bill');
    });

    it('and counts what is near the limit', async () => {
      const long = {
        ...FILLED,
        values: { ...FILLED.values, body: { ...FILLED.values.body, 1: 'a'.repeat(900) } },
      };
      const element = await shown(long);
      expect(shadowText(element)).to.match(/9\d\d of 1,024 characters/);
    });

    it('with a place above its text where the response brings none', async () => {
      const element = await shown(bareNotification(aTemplate({ header: { kind: 'location' } })));
      value(element, 'Latitude').focus();
      await sendKeys({ type: '41.40338' });
      value(element, 'Longitude').focus();
      await sendKeys({ type: '2.17403' });
      await waitUntil(() => getByRole(element, 'button', 'Send').getAttribute('aria-disabled') === 'false');
      expect(preview(element)).to.contain('41.40338');
    });
  });

  it('sends it, and says that it is done', async () => {
    const element = await shown(FILLED);
    const ends = endOf(element);
    let content: unknown;
    element.addEventListener('message-send', (event) => (content = event.detail.content));
    getByRole(element, 'button', 'Send').click();
    await waitUntil(() => ends.includes('sent'));
    expect(sent).to.deep.equal([FILLED]);
    expect(content).to.deep.equal(outboundTemplate(FILLED));
    expect(workspace.draft(ID).value.text).to.equal('Good day');
  });

  it('does not send what the page vetoes', async () => {
    const element = await shown(FILLED);
    element.addEventListener('message-send', (event) => event.preventDefault());
    getByRole(element, 'button', 'Send').click();
    await element.updateComplete;
    expect(sent).to.deep.equal([]);
    expect(draft()).to.equal(FILLED);
  });

  it('sends nothing by Enter, and leaves everything as it is by Escape', async () => {
    const element = await shown(FILLED);
    const ends = endOf(element);
    value(element, 'Parcel').focus();
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: 'Enter' });
    expect(sent).to.deep.equal([]);
    await sendKeys({ press: 'Escape' });
    expect(ends).to.deep.equal(['left']);
    expect(draft()).to.equal(FILLED);
  });

  it('does not send what is not filled in, and leads to the first field that is wrong', async () => {
    const element = await shown({ ...FILLED, values: { ...FILLED.values, body: { 1: 'Masha', 3: 'soon' } } });
    const send = getByRole(element, 'button', 'Send');
    expect(send.getAttribute('aria-disabled')).to.equal('true');
    send.click();
    await waitUntil(() => deepActiveElement() === value(element, 'bill'));
    expect(noteOf(value(element, 'bill'))).to.equal('This is needed.');
    expect(noteOf(value(element, 'day'))).to.equal('Choose a date.');
    expect(sent).to.deep.equal([]);
  });

  it('is dropped by Cancel, with the text left alone', async () => {
    const element = await shown(FILLED);
    const ends = endOf(element);
    getByRole(element, 'button', 'Cancel').click();
    expect(workspace.draft(ID).value).to.deep.equal({ ...EMPTY_DRAFT, text: 'Good day' });
    expect(ends).to.deep.equal(['cancelled']);
  });

  it('says why a template can never be sent from here', async () => {
    const said = async (template: Partial<Template>): Promise<string> =>
      shadowText(await shown(bareNotification(aTemplate(template))));
    expect(await said({ status: 'paused' })).to.contain('WhatsApp does not send this template (Paused).');
    expect(await said({ unsupported: ['CAROUSEL'] })).to.contain('(CAROUSEL)');
    expect(await said({ header: { kind: 'media', as: 'image' } })).to.contain('shows a file above its text');
  });

  it('says so where the contact centre has none, and where the conversation is not here', async () => {
    workspace.patch({ features: [] });
    const element = await fixture<NotificationEditor>(
      html`<notification-editor .workspace=${workspace}></notification-editor>`,
    );
    expect(shadowText(element)).to.contain('sends no notifications');
    workspace.patch({ features: ['templates', 'send-template'] });
    workspace.setInteractions();
    await waitUntil(() => shadowText(element).includes('not on your desk'));
    workspace.selected$.next(null);
    await waitUntil(() => shadowText(element).includes('Open a conversation'));
  });
});
