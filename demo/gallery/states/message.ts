import type { MessageOffer, WhatsAppMessage } from 'whatsapp-workspace';
import type { Content, DeliveryState, Message, OutboxItem } from 'whatsapp-workspace/model';
import { DEFAULT_POLICY, NO_CONTEXT, mediaContent } from 'whatsapp-workspace/model';
import { withFiles } from '../files.js';
import { BEN, LONG, MASHA, delivery, inbound, outbound, unsent } from '../people.js';
import { element, shows } from '../state.js';
import type { Group, State } from '../state.js';
import {
  ARABIC,
  FORMATTED,
  HEBREW,
  HOSTILE,
  LINKS,
  LONGEST,
  LONG_URL,
  LOOKALIKE,
  MIXED,
  SHOPS,
} from '../texts.js';
import { MINUTE, NOW } from '../time.js';
import { GalleryWorkspace } from '../workspace.js';

const GROUND = { ground: 'sunken' } as const;
const contact = MASHA.name ?? '';
const workspace = new GalleryWorkspace({});

const message = (id: string, title: string, make: () => Message): State => ({
  id,
  title,
  ...GROUND,
  build: () => withFiles(element('whatsapp-message', { message: make(), contact, agent: 'ana' }), workspace),
});
const pending = (id: string, title: string, make: () => OutboxItem, readonly = false): State =>
  shows('whatsapp-message', id, title, () => ({ pending: make(), contact, agent: 'ana', readonly }), GROUND);
const content = (id: string, title: string, of: Content): State => message(id, title, () => inbound(of));

const DELIVERY_STATES = ['queued', 'sending', 'unknown', 'sent', 'delivered', 'read', 'played'] as const;

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
  message('folded', '4,095 line breaks', () => inbound(`Line${'\n'.repeat(4094)}.`)),
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
    inbound('Special offer this week', MINUTE, { context: { ...NO_CONTEXT, forwarded: true } }),
  ),
  message('reply', 'An answer to an earlier message', () =>
    inbound('This one, please', MINUTE, { context: { ...NO_CONTEXT, reply: true } }),
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
      [131026, 131026, 131026].map((code, i) =>
        element('whatsapp-message', {
          message: outbound(`Message number ${i + 1} that did not arrive.`, MINUTE, 'failed', {
            delivery: delivery('failed', 0, code, 'WhatsApp’s own words about it.'),
          }),
          contact,
          agent: 'ana',
          grouped: i > 0,
          repeated: i < 2,
        }),
      ),
  },
  pending('outbox-saving', 'Outbox: being saved', () => unsent('On my way to you.', { at: 'saving' })),
  pending('outbox-room', 'Outbox: waits for room to be sent anew', () =>
    unsent('On my way to you.', { at: 'saving', yields: 'message-1' }),
  ),
  pending('outbox-busy', 'Outbox: the contact centre is busy', () =>
    unsent('On my way to you.', { at: 'busy', kind: 'unavailable', sentence: 'The database restarts.' }),
  ),
  pending('outbox-queued', 'Outbox: queued', () => unsent('On my way to you.', { at: 'queued' })),
  pending('outbox-sending', 'Outbox: sending', () => unsent('On my way to you.', { at: 'sending' })),
  ...(['window-closed', 'text-too-long', 'unavailable'] as const).map((kind) =>
    pending(`outbox-${kind}`, `Outbox: refused, ${kind}`, () =>
      unsent('On my way to you.', {
        at: 'failed',
        cause: 'refusal',
        kind,
        sentence: 'The centre’s own words.',
      }),
    ),
  ),
  pending('outbox-doubt', 'Outbox: nobody knows whether it went', () =>
    unsent('On my way to you.', {
      at: 'failed',
      cause: 'doubt',
      kind: 'unavailable',
      sentence: 'The contact centre was restored.',
    }),
  ),
  pending(
    'outbox-not-yours',
    'Outbox: another agent has it',
    () =>
      unsent('On my way to you.', {
        at: 'failed',
        cause: 'refusal',
        kind: 'not-yours',
        sentence: 'The interaction is not on your desk.',
      }),
    true,
  ),
];

const offer: MessageOffer = {
  mine: true,
  unavailable: null,
  features: ['send-text', 'send-media', 'send-reaction', 'forward-media'],
  policy: DEFAULT_POLICY,
};

/** With what can be done with it, as when the pointer is on it. */
function withActions(of: Message, more: Partial<WhatsAppMessage> = {}): WhatsAppMessage {
  const bubble = element('whatsapp-message', { message: of, contact, agent: 'ana', offer, ...more });
  void hold(bubble);
  return bubble;
}

async function hold(bubble: WhatsAppMessage): Promise<void> {
  await customElements.whenDefined('whatsapp-message');
  await bubble.updateComplete;
  bubble.dispatchEvent(new PointerEvent('pointerenter'));
  await bubble.updateComplete;
  const actions = bubble.shadowRoot?.querySelector('message-actions');
  if (actions) actions.held = true;
}

const asked = inbound('Could you confirm the fabric for the chairs?');
const answered = outbound('Of course: sample 14.', MINUTE, 'read', {
  context: { ...NO_CONTEXT, reply: true, replyTo: asked.id },
});
const actions: readonly State[] = [
  {
    id: 'actions',
    title: 'What can be done with messages',
    ...GROUND,
    build: () => [withActions(asked), withActions(answered, { quoted: asked }), withActions(inbound('k'))],
  },
  {
    id: 'actions-reactions',
    title: 'What to react with',
    ...GROUND,
    height: 240,
    presses: ['.bubble', 'message-actions >>> [popovertarget=reactions]'],
    build: () => withActions(asked),
  },
  {
    id: 'actions-menu',
    title: 'More that can be done with a message',
    ...GROUND,
    height: 240,
    presses: ['.bubble', 'message-actions >>> [popovertarget=more]'],
    build: () => withActions(asked),
  },
  {
    id: 'reaction-failed',
    title: 'A reaction of ours that was not delivered',
    ...GROUND,
    build: () => {
      const trouble = { state: 'failed', error: null } as const;
      const by = { id: 'ana', name: 'Ana Silva' };
      const reacted = inbound('Everything has arrived!', MINUTE, {
        reactions: [{ by, emoji: '🎉', at: NOW, trouble }],
      });
      return element('whatsapp-message', { message: reacted, contact, agent: 'ana', offer });
    },
  },
];

const former = [
  { text: 'The chairs, please: sampel 14', at: NOW - 9 * MINUTE },
  { text: 'The chairs, please: sample 14', at: NOW - 8 * MINUTE },
];
const history: readonly State[] = [
  message('reaction-contact', 'With a reaction of the contact', () =>
    outbound('It leaves today at four.', MINUTE, 'read', { reactions: [{ by: null, emoji: '👍', at: NOW }] }),
  ),
  message('reactions', 'With reactions', () =>
    inbound('Everything has arrived!', MINUTE, {
      reactions: [
        { by: { id: 'ana', name: 'Ana Silva' }, emoji: '🎉', at: NOW },
        { by: BEN, emoji: '❤️', at: NOW },
        { by: null, emoji: null, at: NOW },
      ],
    }),
  ),
  message('was-edited', 'Edited', () =>
    inbound('The chairs, please: sample 17', 10 * MINUTE, { editedAt: NOW - 7 * MINUTE, former }),
  ),
  message('was-edited-untold', 'Edited, WhatsApp did not tell what', () =>
    inbound('The chairs, please: sample 17', MINUTE, { editedAt: NOW }),
  ),
  message('was-deleted', 'Deleted by the contact', () =>
    inbound('My card number is the one of last year', MINUTE, { deletedAt: NOW }),
  ),
  message('was-deleted-photo', 'Deleted photo', () =>
    inbound(mediaContent('image', { mimeType: 'image/jpeg', caption: 'The spot' }), MINUTE, {
      deletedAt: NOW,
    }),
  ),
];

const kinds: readonly State[] = [
  content('image', 'Photo', mediaContent('image', { mimeType: 'image/jpeg', caption: 'This is the spot' })),
  content('video', 'Video', mediaContent('video', { mimeType: 'video/mp4', caption: null })),
  content('audio', 'Audio', mediaContent('audio', { mimeType: 'audio/mpeg' })),
  content(
    'voice',
    'Voice message',
    mediaContent('audio', { mimeType: 'audio/ogg; codecs=opus', voice: true }),
  ),
  content(
    'document',
    'Document',
    mediaContent('document', {
      mimeType: 'application/pdf',
      fileName: 'Floor plan, second storey, measured 2026-11-18 (final, really final).pdf',
      caption: 'The plan',
    }),
  ),
  content('sticker', 'Sticker', mediaContent('sticker', { mimeType: 'image/webp' })),
  content(
    'media-missing',
    'A file that WhatsApp did not hand over',
    mediaContent('video', {
      status: 'refused',
      mimeType: 'video/3gpp',
      error: { code: 131052, detail: 'The file is larger than 100 MB.' },
    }),
  ),
  content(
    'media-gone',
    'A file that is gone',
    mediaContent('image', { status: 'gone', mimeType: 'image/jpeg' }),
  ),
  content('location', 'Location with name and address', {
    kind: 'location',
    latitude: -1.286389,
    longitude: 36.817223,
    name: 'Baobab Guesthouse',
    address: '12 Riverside Drive, Nairobi',
    url: null,
  }),
  content('location-bare', 'Location', {
    kind: 'location',
    latitude: -1.286389,
    longitude: 36.817223,
    name: null,
    address: null,
    url: null,
  }),
  content('contacts', 'Contact cards', {
    kind: 'contacts',
    cards: [
      {
        name: 'Joseph Mwangi',
        organization: 'Mwangi Transport',
        phones: [{ phone: '+254 712 345 678', type: 'CELL', waId: '254712345678' }],
        emails: [{ email: 'joseph@transport.example', type: 'WORK' }],
      },
      { name: 'نورة الحربي', organization: null, phones: [], emails: [] },
      { name: LONG.name ?? '', organization: null, phones: [], emails: [] },
    ],
  }),
  content('reaction', 'Reaction', { kind: 'reaction', emoji: '❤️' }),
  content('reaction-removed', 'Reaction taken back', { kind: 'reaction', emoji: null }),
  content('reply-button', 'A tap on a button', {
    kind: 'reply',
    source: 'button',
    title: 'Yes, confirm',
    description: null,
    id: 'confirm',
    fields: [],
  }),
  content('reply-list', 'A choice from a list', {
    kind: 'reply',
    source: 'list',
    title: 'Morning delivery',
    description: 'Between 8 and 12 o’clock',
    id: 'morning',
    fields: [],
  }),
  content('reply-flow', 'A form', {
    kind: 'reply',
    source: 'flow',
    title: 'Sent',
    description: null,
    id: 'measure',
    fields: [
      { name: 'width', value: '240 cm' },
      { name: 'wood', value: 'Oak' },
    ],
  }),
  content('order', 'Order', {
    kind: 'order',
    itemCount: 3,
    items: [
      { product: 'chair-oak-4', quantity: 2, price: 129, currency: 'USD' },
      { product: 'bench-240', quantity: 1, price: 340.5, currency: 'USD' },
    ],
    catalog: '1',
    text: 'Please wrap them',
  }),
  content('buttons', 'A question with buttons', {
    kind: 'interactive',
    header: 'Delivery of order 4711',
    body: 'When may we bring the chairs? It takes *ten minutes*.',
    footer: 'The Chair Makers, Harbour Street',
    action: {
      kind: 'buttons',
      buttons: [
        { id: '1', title: 'In the morning' },
        { id: '2', title: 'In the afternoon' },
        { id: '3', title: 'Another day' },
      ],
    },
  }),
  content('list', 'A question with a list', {
    kind: 'interactive',
    header: null,
    body: 'In which of our shops do you want to see the fabric?',
    footer: null,
    action: {
      kind: 'list',
      button: 'Our shops',
      sections: [
        {
          title: SHOPS.city,
          rows: [
            { id: '1', title: 'Harbour Street', description: 'Open till nine in the evening' },
            { id: '2', title: SHOPS.market, description: null },
          ],
        },
        { title: SHOPS.outside, rows: [{ id: '3', title: 'Workshop', description: 'By appointment' }] },
      ],
    },
  }),
  content('template-photo', 'Notification with a photo', {
    kind: 'template',
    name: 'new_collection',
    language: 'en_US',
    header: null,
    body: 'Our *new collection* is here, Masha. Come and see it on Friday.',
    footer: 'Reply STOP to hear no more of this.',
    buttons: ['Show me'],
    above: mediaContent('image', { mimeType: 'image/jpeg', width: 1200, height: 800 }),
  }),
  content('template-place', 'Notification with a place', {
    kind: 'template',
    name: 'shop_address',
    language: 'en_US',
    header: null,
    body: 'Your repaired chair is ready. You can fetch it here until Friday.',
    footer: null,
    buttons: [],
    above: {
      kind: 'location',
      latitude: 41.39,
      longitude: 2.17,
      name: 'Handsome Woodworks',
      address: 'Carrer 5',
      url: null,
    },
  }),
  content('template', 'Notification', {
    kind: 'template',
    name: 'order_ready',
    language: 'en',
    header: 'Your order is ready',
    body: 'Hello Masha, order *HP-4711* can be collected from *Friday, 8:00* on.',
    footer: 'Harbour & Pine',
    buttons: ['I will come', 'Deliver it, please'],
  }),
  content('system', 'A changed number', {
    kind: 'system',
    text: 'Masha Ivanova changed from +254 712 345 678 to +254 712 345 679',
    event: 'user_changed_number',
  }),
  content('edited', 'Edited message', { kind: 'edited', text: 'Sample 17, not 14' }),
  content('deleted', 'Deleted message', { kind: 'deleted' }),
  content('unsupported', 'Unknown kind', {
    kind: 'unsupported',
    label: 'poll_creation',
    detail: 'Message type is currently not supported.',
    code: 131051,
  }),
];

export const whatsappMessage: Group = {
  tag: 'whatsapp-message',
  states: [...texts, ...deliveries, ...actions, ...history, ...kinds],
};
