import { FILES, picture } from './attachment-tray.js';
import { shows } from '../state.js';
import type { Group, State } from '../state.js';
import { ARABIC, LONGEST, LONG_URL } from '../texts.js';

type Properties = Partial<HTMLElementTagNameMap['whatsapp-composer']>;

const composer = (id: string, title: string, properties: Properties): State =>
  shows('whatsapp-composer', id, title, () => properties, { ground: 'panel' });

const CLOSED = 'WhatsApp delivers no free text until Masha Ivanova writes again.';

export const whatsappComposer: Group = {
  tag: 'whatsapp-composer',
  states: [
    composer('empty', 'Empty', {}),
    composer('line', 'A line', { value: 'Of course: sample 14, the darker one.' }),
    composer('lines', 'Four lines', {
      value: 'Dear Masha,\n\nsample 14 it is.\nThe workshop begins on Monday.',
    }),
    composer('many-lines', 'More lines than it shows', {
      value: Array.from({ length: 14 }, (_, i) => `Line ${i + 1}`).join('\n'),
    }),
    composer('arabic', 'Arabic', { value: ARABIC }),
    composer('unbroken', 'A URL of 500 characters', { value: LONG_URL }),
    composer('near-limit', 'Near the limit', { value: LONGEST.slice(0, 3900) }),
    composer('at-limit', '4,096 characters', { value: LONGEST }),
    composer('over-limit', 'Beyond the limit', { value: `${LONGEST} And more.` }),
    composer('emoji-limit', 'Emoji are counted as WhatsApp counts them', {
      value: '🪑'.repeat(20),
      limit: 20,
    }),
    composer('attach', 'Where files can be attached', {
      value: 'The darker one.',
      attaching: { accept: 'image/png', incoming: [], fileOf: picture },
    }),
    composer('files', 'With files above the text', {
      value: 'Here is what we spoke of:',
      attachments: FILES,
      attaching: { accept: 'image/png', incoming: [], fileOf: picture },
    }),
    composer('more', 'Where more than words and files can be sent', {
      value: 'The darker one.',
      attaching: { accept: 'image/png', incoming: [], fileOf: picture },
      features: ['send-location', 'send-contacts', 'send-interactive'],
    }),
    composer('unfilled', 'Placeholders that are to be filled in', {
      value: 'Dear [Contact.Title] Ivanova, your order [OrderId] is on its way.',
      unfilled: ['[Contact.Title]', '[OrderId]'],
      responses: true,
    }),
    composer('newline', 'Enter begins a new line', { enter: 'newline' }),
    composer('unavailable', 'Nothing can be sent', { unavailable: CLOSED }),
    composer('unavailable-draft', 'Nothing can be sent, with a draft', {
      unavailable: CLOSED,
      value: 'About the chairs: the workshop',
    }),
    composer('unavailable-draft-long', 'Nothing can be sent, with a long draft', {
      unavailable: CLOSED,
      value: LONGEST,
    }),
    composer('done', 'Done', { unavailable: 'This conversation is done.' }),
  ],
};
