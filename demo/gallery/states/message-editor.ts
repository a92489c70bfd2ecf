import { shows } from '../state.js';
import type { Group, State } from '../state.js';
import { ARABIC, SHOPS } from '../texts.js';

type Properties = Partial<HTMLElementTagNameMap['message-editor']>;

const editor = (id: string, title: string, properties: Properties, more: Partial<State> = {}): State =>
  shows('message-editor', id, title, () => properties, { ground: 'panel', ...more });

export const messageEditor: Group = {
  tag: 'message-editor',
  states: [
    editor('location', 'An empty location', { kind: 'location' }),
    editor('location-filled', 'A location from a link', {
      kind: 'location',
      form: {
        kind: 'location',
        link: 'https://www.google.com/maps/place/Sagrada+Familia/@41.4036,2.1743,17z',
        latitude: '41.4036',
        longitude: '2.1743',
        name: 'Sagrada Familia',
        address: 'Carrer de Mallorca 401, Barcelona',
      },
    }),
    editor('location-short', 'A link that says no place', {
      kind: 'location',
      form: {
        kind: 'location',
        link: 'https://maps.app.goo.gl/aBc123',
        latitude: '98',
        longitude: '',
        name: '',
        address: 'Harbour Street 3',
      },
    }),
    editor('contacts', 'A contact card', {
      kind: 'contacts',
      form: {
        kind: 'contacts',
        name: 'Amara Okafor',
        organization: 'The Chair Makers',
        phones: ['+254 712 345 678', '0712 345 679'],
        emails: ['amara@example.com'],
      },
    }),
    editor('buttons', 'Reply buttons', {
      kind: 'buttons',
      form: {
        kind: 'buttons',
        header: 'Delivery of order 4711',
        body: 'When may we bring the chairs? It takes *ten minutes*.',
        footer: 'The Chair Makers',
        buttons: ['In the morning', 'In the afternoon', 'Another day next week'],
      },
    }),
    editor('buttons-needed', 'Reply buttons, sent too early', { kind: 'buttons' }, { presses: ['.send'] }),
    editor('list', 'A list', {
      kind: 'list',
      form: {
        kind: 'list',
        header: '',
        body: ARABIC,
        footer: '',
        button: 'Our shops',
        sections: [
          {
            title: SHOPS.city,
            rows: [
              { title: 'Harbour Street', description: 'Open till nine in the evening' },
              { title: SHOPS.market, description: '' },
            ],
          },
          { title: SHOPS.outside, rows: [{ title: 'Workshop', description: 'By appointment' }] },
        ],
      },
    }),
  ],
};

export const composerMenu: Group = {
  tag: 'composer-menu',
  states: [
    shows(
      'composer-menu',
      'all',
      'Everything that can be composed',
      () => ({ features: ['send-location', 'send-contacts', 'send-interactive'] }),
      { ground: 'panel', height: 240, presses: ['button'] },
    ),
  ],
};
