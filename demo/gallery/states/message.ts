import type { Content, DeliveryState, Message, OutboxItem } from 'whatsapp-workspace/model';
import { BEN, LONG, MASHA, delivery, inbound, outbound, unsent } from '../people.js';
import { element, shows } from '../state.js';
import type { Group, State } from '../state.js';
import { ARABIC, FORMATTED, HEBREW, HOSTILE, LINKS, LONGEST, LONG_URL, LOOKALIKE, MIXED } from '../texts.js';
import { MINUTE } from '../time.js';

const GROUND = { ground: 'sunken' } as const;
const contact = MASHA.name ?? '';

const message = (id: string, title: string, make: () => Message): State =>
  shows('whatsapp-message', id, title, () => ({ message: make(), contact, agent: 'ana' }), GROUND);
const pending = (id: string, title: string, make: () => OutboxItem): State =>
  shows('whatsapp-message', id, title, () => ({ pending: make(), contact, agent: 'ana' }), GROUND);
const content = (id: string, title: string, of: Content): State => message(id, title, () => inbound(of));

const DELIVERY_STATES = ['queued', 'sending', 'unknown', 'sent', 'delivered', 'read', 'played'] as const;
const media = { mediaId: '1', mimeType: null, fileName: null, caption: null, voice: false } as const;

const texts: readonly State[] = [
  message('inbound', 'From the contact', () => inbound('Could you confirm the fabric for the chairs?')),
  message('outbound', 'From the agent', () => outbound('Of course: sample 14, the darker one.')),
  message('other-agent', 'From another agent', () =>
    outbound('I have asked the workshop.', MINUTE, 'read', { author: BEN }),
  ),
  {
    id: 'group',
    title: 'Three of one author',
    ...GROUND,
    build: () =>
      ['Hello', 'I have one more question', 'Is there a bench to go with the chairs?'].map((text, i) =>
        element('whatsapp-message', { message: inbound(text), contact, agent: 'ana', grouped: i > 0 }),
      ),
  },
  message('short', 'One letter', () => inbound('k')),
  message('longest', '4,096 characters', () => inbound(LONGEST)),
  message('long-url', 'A URL of 500 characters', () => inbound(LONG_URL)),
  message('unbroken', 'A word without end', () => inbound('a'.repeat(300))),
  message('formatting', 'WhatsApp formatting', () => inbound(FORMATTED)),
  message('links', 'Links', () => inbound(LINKS)),
  message('lookalike', 'A link that passes for another', () => inbound(LOOKALIKE)),
  message('hostile', 'Hostile text is only text', () => inbound(HOSTILE)),
  message('arabic', 'Arabic and numbers', () => inbound(ARABIC)),
  message('hebrew', 'Hebrew and numbers', () => inbound(HEBREW)),
  message('mixed', 'Three scripts in one line', () => inbound(MIXED)),
  message('arabic-reply', 'An Arabic answer', () => outbound(ARABIC)),
  message('emoji-1', 'One emoji', () => inbound('👍🏾')),
  message('emoji-3', 'Three emoji', () => outbound('🎉🪑❤️')),
  message('emoji-4', 'Four emoji', () => inbound('🎉🪑❤️🙏')),
  message('forwarded', 'Forwarded', () =>
    inbound('Special offer this week', MINUTE, { context: { replyTo: null, forwarded: true } }),
  ),
  message('reply', 'An answer to an earlier message', () =>
    inbound('This one, please', MINUTE, { context: { replyTo: 'wamid.1', forwarded: false } }),
  ),
];

const deliveries: readonly State[] = [
  ...DELIVERY_STATES.map((state: DeliveryState) =>
    message(`delivery-${state}`, `Delivery: ${state}`, () =>
      outbound('Of course: sample 14.', MINUTE, state),
    ),
  ),
  message('delivery-unknown-detail', 'Delivery: unknown, with details', () =>
    outbound('Of course: sample 14.', MINUTE, 'unknown', {
      delivery: delivery('unknown', 0, null, 'The Cloud API did not answer within 30 s.'),
    }),
  ),
  message('delivery-failed', 'Delivery: failed', () =>
    outbound('Of course: sample 14.', MINUTE, 'failed', {
      delivery: delivery('failed', 0, 131026, 'Message undeliverable.'),
    }),
  ),
  message('delivery-failed-window', 'Delivery: failed, window closed', () =>
    outbound('Of course: sample 14.', MINUTE, 'failed', {
      delivery: delivery(
        'failed',
        0,
        131047,
        'Re-engagement message: more than 24 hours have passed since the customer last replied.',
      ),
    }),
  ),
  {
    id: 'failures',
    title: 'Three failures in a row',
    ...GROUND,
    build: () =>
      [131026, 130429, null].map((code, i) =>
        element('whatsapp-message', {
          message: outbound(`Message number ${i + 1} that did not arrive.`, MINUTE, 'failed', {
            delivery: delivery('failed', 0, code, 'WhatsApp’s own words about it.'),
          }),
          contact,
          agent: 'ana',
          grouped: i > 0,
        }),
      ),
  },
  pending('outbox-queued', 'Outbox: queued', () => unsent('On my way to you.', 'queued')),
  pending('outbox-sending', 'Outbox: sending', () => unsent('On my way to you.', 'sending')),
  pending('outbox-failed', 'Outbox: refused', () =>
    unsent('On my way to you.', 'failed', {
      error: { kind: 'window-closed', sentence: 'The service window has closed.' },
    }),
  ),
  pending('outbox-not-yours', 'Outbox: another agent has it', () =>
    unsent('On my way to you.', 'failed', {
      error: { kind: 'not-yours', sentence: 'The interaction is not on your desk.' },
    }),
  ),
];

const kinds: readonly State[] = [
  content('image', 'Photo', { kind: 'image', ...media, mimeType: 'image/jpeg', caption: 'This is the spot' }),
  content('video', 'Video', { kind: 'video', ...media, mimeType: 'video/mp4', caption: null }),
  content('audio', 'Audio', { kind: 'audio', ...media, mimeType: 'audio/mpeg' }),
  content('voice', 'Voice message', {
    kind: 'audio',
    ...media,
    mimeType: 'audio/ogg; codecs=opus',
    voice: true,
  }),
  content('document', 'Document', {
    kind: 'document',
    ...media,
    mimeType: 'application/pdf',
    fileName: 'Floor plan, second storey, measured 2026-11-18 (final, really final).pdf',
    caption: 'The plan',
  }),
  content('sticker', 'Sticker', { kind: 'sticker', ...media, mimeType: 'image/webp' }),
  content('media-missing', 'A file that WhatsApp did not hand over', {
    kind: 'video',
    ...media,
    mediaId: null,
    mimeType: 'video/3gpp',
  }),
  content('location', 'Location with name and address', {
    kind: 'location',
    latitude: -1.286389,
    longitude: 36.817223,
    name: 'Baobab Guesthouse',
    address: '12 Riverside Drive, Nairobi',
  }),
  content('location-bare', 'Location', {
    kind: 'location',
    latitude: -1.286389,
    longitude: 36.817223,
    name: null,
    address: null,
  }),
  content('contacts', 'Contact cards', {
    kind: 'contacts',
    names: ['Joseph Mwangi', 'نورة الحربي', LONG.name ?? ''],
  }),
  content('reaction', 'Reaction', { kind: 'reaction', emoji: '❤️', target: 'wamid.1' }),
  content('reaction-removed', 'Reaction taken back', { kind: 'reaction', emoji: null, target: 'wamid.1' }),
  content('reply-button', 'A tap on a button', {
    kind: 'reply',
    source: 'button',
    title: 'Yes, confirm',
    description: null,
  }),
  content('reply-list', 'A choice from a list', {
    kind: 'reply',
    source: 'list',
    title: 'Morning delivery',
    description: 'Between 8 and 12 o’clock',
  }),
  content('reply-flow', 'A form', { kind: 'reply', source: 'flow', title: 'Sent', description: null }),
  content('order', 'Order', { kind: 'order', itemCount: 3, text: 'Please wrap them' }),
  content('system', 'A changed number', {
    kind: 'system',
    text: 'Masha Ivanova changed from +254 712 345 678 to +254 712 345 679',
  }),
  content('edited', 'Edited message', { kind: 'edited', target: 'wamid.1', text: 'Sample 17, not 14' }),
  content('deleted', 'Deleted message', { kind: 'deleted', target: 'wamid.1' }),
  content('unsupported', 'Unknown kind', {
    kind: 'unsupported',
    label: 'poll_creation',
    detail: 'Message type is currently not supported.',
  }),
];

export const whatsappMessage: Group = {
  tag: 'whatsapp-message',
  states: [...texts, ...deliveries, ...kinds],
};
