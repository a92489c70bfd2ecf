import type { Notifications } from 'whatsapp-workspace';
import { bareNotification, NO_PLACE, NO_VALUES, outboundTemplate } from 'whatsapp-workspace/model';
import type {
  Draft,
  DraftNotification,
  NotificationField,
  OutboundContent,
  Template,
} from 'whatsapp-workspace/model';
import { ARABIC } from './texts.js';

interface Drafts {
  draftOf(interaction: string): Draft;
  save(interaction: string, draft: Draft): void;
  send(interaction: string, content: OutboundContent): string;
}

/** Templates on the page alone; with null, they cannot be reached. */
export function galleryTemplates(templates: readonly Template[] | null, drafts: Drafts): Notifications {
  return {
    search: async (_interaction, text) =>
      templates
        ? {
            ok: true,
            templates: templates.filter(({ name, body }) => `${name} ${body}`.includes(text)),
            next: null,
          }
        : { ok: false, why: 'offline' },
    choose: (interaction, template) =>
      drafts.save(interaction, { ...drafts.draftOf(interaction), notification: bareNotification(template) }),
    send: (interaction) => {
      const { notification, ...draft } = drafts.draftOf(interaction);
      if (!notification) return null;
      drafts.save(interaction, { ...draft, notification: null });
      return drafts.send(interaction, outboundTemplate(notification));
    },
  };
}

const PLAIN: Omit<Template, 'name' | 'body'> = {
  language: 'en_US',
  category: 'utility',
  status: 'approved',
  quality: 'green',
  header: null,
  footer: null,
  buttons: [],
  examples: NO_VALUES,
  unsupported: [],
};

export const PAYMENT: Template = {
  ...PLAIN,
  name: 'HSM_payment_confirmation',
  body: 'Hello {{1}}.\nHave you ordered {{2}}?\nIf yes, please, confirm {{3}} payment issued to your {{4}} card.\nWe will send you {{5}}.\nThanks, {{1}}.',
  examples: { ...NO_VALUES, body: { 1: 'Masha Ivanova', 2: 'flowers' } },
};

export const SHIPPED: Template = {
  ...PLAIN,
  name: 'order_on_its_way',
  header: { kind: 'text', text: 'Order {{1}}' },
  body: 'Hello {{first_name}}, your order left our *workshop* today. It arrives on {{day}}.',
  footer: 'You get this message because you ordered from us.',
  buttons: [
    { kind: 'url', text: 'Track it', target: 'https://example.com/track/{{1}}' },
    { kind: 'phone', text: 'Call us', target: '+34600111222' },
    { kind: 'quick-reply', text: 'I am not at home', target: null },
    { kind: 'copy-code', text: '', target: null },
  ],
};

export const PLACE: Template = {
  ...PLAIN,
  name: 'shop_address',
  header: { kind: 'location' },
  body: 'Your repaired chair is ready. You can fetch it here until {{1}}.',
  examples: { ...NO_VALUES, body: { 1: 'Friday' } },
};

export const PHOTO: Template = {
  ...PLAIN,
  name: 'new_collection',
  category: 'marketing',
  header: { kind: 'media', as: 'image' },
  body: 'Our new collection is here, {{1}}.',
};

const HELLO_ARABIC: Template = { ...PLAIN, name: 'salam', language: 'ar', body: `${ARABIC} {{1}}` };

export const PAUSED: Template = {
  ...PLAIN,
  name: 'summer_sale',
  category: 'marketing',
  status: 'paused',
  quality: 'red',
  body: 'Our sale begins, {{1}}. Chairs are {{2}} off until Sunday.',
};

export const TEMPLATES: readonly Template[] = [
  PAYMENT,
  PHOTO,
  SHIPPED,
  HELLO_ARABIC,
  PLACE,
  PAUSED,
  { ...PLAIN, name: 'winter_care', status: 'rejected', body: 'How to care for wood in winter.' },
  { ...PLAIN, name: 'spring_catalogue', status: 'pending', body: 'Our chairs for spring.' },
  { ...PLAIN, name: 'carousel_of_chairs', body: 'Look at these.', unsupported: ['CAROUSEL'] },
  {
    ...PLAIN,
    name: 'a_template_with_a_very_long_name_that_somebody_made_at_the_very_end_of_a_long_day',
    language: 'pt_BR',
    body: 'Olá {{1}}, a sua encomenda chegou à nossa loja e espera por si até {{2}}.',
  },
];

const FIELD: Omit<NotificationField, 'key' | 'label'> = {
  part: 'body',
  type: 'text',
  initial: null,
  currency: null,
};

/** The payment of the seed, with what a response says of it. */
export const PAYMENT_FIELDS: readonly NotificationField[] = [
  { ...FIELD, key: '1', label: 'Name', initial: '<$Contact.FullName$>' },
  { ...FIELD, key: '2', label: 'Product-flowers', initial: 'flowers' },
  { ...FIELD, key: '3', label: 'bill', type: 'amount', currency: 'USD', initial: '10' },
  { ...FIELD, key: '4', label: 'number of the card', initial: 'credit' },
  { ...FIELD, key: '5', label: 'date', type: 'date-time' },
];

/** The payment of the seed, filled in. */
export const FILLED: DraftNotification = {
  title: 'Payment confirmation',
  template: PAYMENT,
  fields: PAYMENT_FIELDS,
  header: null,
  values: {
    ...NO_VALUES,
    body: { 1: 'Masha Ivanova', 2: 'flowers', 3: '10', 4: 'credit', 5: '2020-05-13T16:57:21' },
  },
  place: NO_PLACE,
};
