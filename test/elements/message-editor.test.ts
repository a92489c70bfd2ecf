import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/message-editor.js';
import '../../src/define/whatsapp-message.js';
import type { ContentSendEvent } from '../../src/elements/message-editor/message-editor.events.js';
import type { MessageEditor } from '../../src/elements/message-editor/message-editor.js';
import type { OutboundContent } from '../../src/model/index.js';
import { allByRole, byRole, deepActiveElement, getByRole, nameOf, shadowText } from '../support/queries.js';

async function editor(kind: MessageEditor['kind']): Promise<MessageEditor> {
  return fixture<MessageEditor>(html`<message-editor kind=${kind}></message-editor>`);
}

const box = (element: MessageEditor, name: string | RegExp): HTMLInputElement =>
  getByRole(element, 'textbox', name) as HTMLInputElement;

async function type(element: MessageEditor, name: string | RegExp, text: string): Promise<void> {
  const field = box(element, name);
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await element.updateComplete;
}

async function press(element: MessageEditor, name: string | RegExp): Promise<void> {
  getByRole(element, 'button', name).click();
  await element.updateComplete;
}

/** What the editor wants sent, and how often it was done with. */
function heard(element: MessageEditor): { readonly sent: OutboundContent[]; closed: number } {
  const all: { readonly sent: OutboundContent[]; closed: number } = { sent: [], closed: 0 };
  element.addEventListener('content-send', (event: ContentSendEvent) => all.sent.push(event.detail.content));
  element.addEventListener('editor-close', () => (all.closed += 1));
  return all;
}

/** What is said about a field. */
function saidOf(element: MessageEditor, name: string | RegExp): string {
  const ids = box(element, name).getAttribute('aria-describedby')?.split(' ') ?? [];
  return ids.map((id) => element.shadowRoot?.getElementById(id)?.textContent?.trim() ?? '').join(' | ');
}

const preview = async (element: MessageEditor): Promise<string> => {
  const shown = element.shadowRoot?.querySelector('whatsapp-message');
  await shown?.updateComplete;
  return shown ? shadowText(shown) : '';
};

describe('<message-editor>', () => {
  describe('a location', () => {
    it('is read from a link, with its name, and sent', async () => {
      const element = await editor('location');
      const told = heard(element);
      await type(
        element,
        /^Link to a map/,
        'https://www.google.com/maps/place/Old+Market/@41.4,2.1,17z/data=!3d41.5!4d2.2',
      );
      expect(box(element, 'Latitude').value).to.equal('41.5');
      expect(box(element, 'Longitude').value).to.equal('2.2');
      expect(await preview(element)).to.match(/Old Market 41\.50000 , 2\.20000/);
      await type(element, /^Address/, 'Market Square 1');
      await press(element, 'Send');
      expect(told.sent).to.deep.equal([
        { kind: 'location', latitude: 41.5, longitude: 2.2, name: 'Old Market', address: 'Market Square 1' },
      ]);
      expect(told.closed).to.equal(1);
    });

    it('is also two numbers pasted into one of the fields', async () => {
      const element = await editor('location');
      await type(element, 'Latitude', '-33.85, 151.21');
      expect([box(element, 'Latitude').value, box(element, 'Longitude').value]).to.deep.equal([
        '-33.85',
        '151.21',
      ]);
    });

    it('says at the field what is wrong, and sends nothing', async () => {
      const element = await editor('location');
      const told = heard(element);
      await type(element, /^Link to a map/, 'https://maps.app.goo.gl/aBc');
      expect(saidOf(element, /^Link/)).to.contain('short link');
      await type(element, 'Latitude', '98');
      expect(saidOf(element, 'Latitude')).to.contain('−90 to 90');
      expect(saidOf(element, 'Longitude')).to.equal('');
      await press(element, 'Send');
      expect(saidOf(element, 'Longitude')).to.contain('−180 to 180');
      expect(box(element, 'Longitude').getAttribute('aria-invalid')).to.equal('true');
      expect(told).to.deep.equal({ sent: [], closed: 0 });
      expect(nameOf(deepActiveElement() as Element)).to.contain('Link to a map');
    });

    it('is where the browser says that the agent is', async () => {
      const { geolocation } = navigator;
      const answer = geolocation.getCurrentPosition.bind(geolocation);
      try {
        geolocation.getCurrentPosition = (found) =>
          found({ coords: { latitude: 41.123456789, longitude: 2 } } as GeolocationPosition);
        const element = await editor('location');
        await press(element, 'Use my position');
        expect([box(element, 'Latitude').value, box(element, 'Longitude').value]).to.deep.equal([
          '41.123457',
          '2.000000',
        ]);
        geolocation.getCurrentPosition = (_found, lost) => lost?.({} as GeolocationPositionError);
        await press(element, 'Use my position');
        expect(getByRole(element, 'alert').textContent).to.contain('does not say where you are');
      } finally {
        geolocation.getCurrentPosition = answer;
      }
    });

    it('tells that WhatsApp shows no address without a name', async () => {
      const element = await editor('location');
      await type(element, /^Address/, 'Market Square 1');
      expect(saidOf(element, /^Address/)).to.contain('only together with a name');
    });
  });

  describe('a contact card', () => {
    it('is sent with several numbers and addresses; empty ones are left out', async () => {
      const element = await editor('contacts');
      const told = heard(element);
      await type(element, 'Name', 'Amara Okafor');
      await type(element, /^Organisation/, 'The Chair Makers');
      await type(element, /^Phone number \(/, '+254 712 345 678');
      await press(element, 'Add a phone number');
      expect(nameOf(deepActiveElement() as Element)).to.contain('Phone number 2');
      await type(element, /^Phone number 2/, '+34 600 111 222');
      await press(element, 'Add a phone number');
      await press(element, 'Add an e-mail address');
      await type(element, /^E-mail address/, 'amara@example.com');
      expect(await preview(element)).to.contain('Amara Okafor');
      await press(element, 'Send');
      expect(told.sent).to.deep.equal([
        {
          kind: 'contacts',
          cards: [
            {
              name: 'Amara Okafor',
              organization: 'The Chair Makers',
              phones: [
                { phone: '+254 712 345 678', type: null, waId: null },
                { phone: '+34 600 111 222', type: null, waId: null },
              ],
              emails: [{ email: 'amara@example.com', type: null }],
            },
          ],
        },
      ]);
    });

    it('hints at the country code, and refuses what is no number and no address', async () => {
      const element = await editor('contacts');
      const told = heard(element);
      await type(element, /^Phone number/, '0712 345 678');
      expect(saidOf(element, /^Phone number/)).to.contain('country code');
      expect(box(element, /^Phone number/).getAttribute('aria-invalid')).to.equal('false');
      await type(element, /^Phone number/, 'call me');
      expect(box(element, /^Phone number/).getAttribute('aria-invalid')).to.equal('true');
      await type(element, /^Phone number/, '');
      await type(element, 'Name', 'Amara');
      await press(element, 'Send');
      expect(saidOf(element, /^Phone number/)).to.contain('Add a phone number or an e-mail address');
      await press(element, 'Add an e-mail address');
      await type(element, /^E-mail/, 'amara@nowhere');
      expect(saidOf(element, /^E-mail/)).to.contain('no e-mail address');
      expect(told.sent).to.deep.equal([]);
    });

    it('takes an entry out, and the focus goes on', async () => {
      const element = await editor('contacts');
      await press(element, 'Add a phone number');
      await press(element, 'Remove Phone number 2');
      expect(allByRole(element, 'textbox', /^Phone number/)).to.have.length(1);
      expect(nameOf(deepActiveElement() as Element)).to.contain('Phone number');
    });
  });

  describe('reply buttons', () => {
    it('are at most three, with a preview and what is left of each limit', async () => {
      const element = await editor('buttons');
      const told = heard(element);
      await type(element, 'Text', 'When does it suit you?');
      await type(element, 'Button 1', 'Morning');
      await press(element, 'Add a button');
      await press(element, 'Add a button');
      expect(byRole(element, 'button', 'Add a button')).to.equal(null);
      await type(element, 'Button 2', 'Evening');
      await type(element, 'Button 3', 'x'.repeat(21));
      expect(saidOf(element, 'Button 3')).to.contain('21 of 20 characters: 1 too many');
      await press(element, 'Send');
      expect(told.sent).to.deep.equal([]);
      expect(nameOf(deepActiveElement() as Element)).to.contain('Button 3');
      await type(element, 'Button 3', 'Evening');
      expect(saidOf(element, 'Button 3')).to.contain('words of its own');
      await press(element, 'Remove Button 3');
      expect(await preview(element))
        .to.contain('When does it suit you?')
        .and.to.contain('Morning');
      await press(element, 'Send');
      expect(told.sent).to.deep.equal([
        {
          kind: 'interactive',
          header: null,
          body: 'When does it suit you?',
          footer: null,
          action: {
            kind: 'buttons',
            buttons: [
              { id: '1', title: 'Morning' },
              { id: '2', title: 'Evening' },
            ],
          },
        },
      ]);
    });

    it('are sent with Enter in a field of one line', async () => {
      const element = await editor('buttons');
      const told = heard(element);
      await type(element, 'Text', 'Well?');
      await type(element, 'Button 1', 'Yes');
      await sendKeys({ press: 'Enter' });
      expect(told.sent).to.have.length(1);
    });

    it('stay when the page does not let them go', async () => {
      const element = await editor('buttons');
      const told = heard(element);
      element.addEventListener('content-send', (event) => event.preventDefault());
      await type(element, 'Text', 'Well?');
      await type(element, 'Button 1', 'Yes');
      await press(element, 'Send');
      expect(told.closed).to.equal(0);
      expect(box(element, 'Button 1').value).to.equal('Yes');
    });
  });

  describe('a list', () => {
    it('has ten rows over its sections, which then need titles', async () => {
      const element = await editor('list');
      const told = heard(element);
      await type(element, 'Text', 'Which shop?');
      await type(element, 'Button that opens the list', 'Shops');
      await type(element, 'Row 1', 'Harbour');
      await type(element, /^Description of row 1/, 'Till nine');
      await press(element, 'Add a section');
      expect(box(element, 'Title of section 1').getAttribute('aria-required')).to.equal('true');
      await type(element, 'Row 2', 'Market');
      await press(element, 'Send');
      expect(saidOf(element, 'Title of section 1')).to.contain('This is needed');
      await type(element, 'Title of section 1', 'North');
      await type(element, 'Title of section 2', 'South');
      await press(element, 'Send');
      expect(told.sent).to.deep.equal([
        {
          kind: 'interactive',
          header: null,
          body: 'Which shop?',
          footer: null,
          action: {
            kind: 'list',
            button: 'Shops',
            sections: [
              { title: 'North', rows: [{ id: '1', title: 'Harbour', description: 'Till nine' }] },
              { title: 'South', rows: [{ id: '2', title: 'Market', description: null }] },
            ],
          },
        },
      ]);
      const more = await editor('list');
      const add = (): HTMLElement | null => byRole(more, 'button', 'Add a row');
      for (let rows = 1; rows < 10; rows++) {
        add()?.click();
        // oxlint-disable-next-line no-await-in-loop -- One row after the other.
        await more.updateComplete;
      }
      expect(add()).to.equal(null);
      expect(byRole(more, 'button', 'Add a section')).to.equal(null);
      expect(box(more, 'Row 10')).to.equal(deepActiveElement());
    });

    it('loses a section with its last row', async () => {
      const element = await editor('list');
      await press(element, 'Add a section');
      await press(element, 'Remove Row 1');
      expect(byRole(element, 'textbox', /^Title of section/)).to.equal(null);
      expect(byRole(element, 'button', /^Remove Row/)).to.equal(null);
    });
  });

  it('empties itself on Cancel', async () => {
    const element = await editor('contacts');
    const told = heard(element);
    await type(element, 'Name', 'Amara');
    await press(element, 'Cancel');
    expect(told).to.deep.equal({ sent: [], closed: 1 });
    expect(box(element, 'Name').value).to.equal('');
  });
});
