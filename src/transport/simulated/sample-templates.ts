import { NO_VALUES } from '../../model/index.js';
import type { Template } from '../../model/index.js';

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

/** The templates of a simulated business account: of every status and kind that agents meet. */
export const SAMPLE_TEMPLATES: readonly Template[] = [
  {
    ...PLAIN,
    name: 'payment_confirmation',
    body: 'Hello {{1}}.\nHave you ordered {{2}}?\nIf yes, please, confirm {{3}} payment issued to your {{4}} card.\nWe will send you {{5}}.\nThanks, {{1}}.',
    examples: {
      ...NO_VALUES,
      body: { 1: 'Masha Ivanova', 2: 'flowers', 3: '$10', 4: 'credit', 5: 'Wednesday, May 13, 2020' },
    },
  },
  {
    ...PLAIN,
    name: 'order_on_its_way',
    header: { kind: 'text', text: 'Order {{1}}' },
    body: 'Hello {{1}}, your order left our workshop today. It arrives on {{2}}.',
    footer: 'You get this message because you ordered from us.',
    buttons: [
      { kind: 'url', text: 'Track it', target: 'https://example.com/track/{{1}}' },
      { kind: 'quick-reply', text: 'I am not at home', target: null },
    ],
    examples: {
      header: { 1: '2041' },
      body: { 1: 'Ana', 2: 'Tuesday' },
      buttons: { 1: 'https://example.com/track/2041' },
    },
  },
  {
    ...PLAIN,
    name: 'pedido_en_camino',
    language: 'es',
    body: 'Hola {{nombre}}, su pedido ya está en camino y llega el {{dia}}.',
    examples: { ...NO_VALUES, body: { nombre: 'Ana', dia: 'martes' } },
  },
  {
    ...PLAIN,
    name: 'shop_address',
    header: { kind: 'location' },
    body: 'Your repaired chair is ready. You can fetch it here until {{1}}.',
    examples: { ...NO_VALUES, body: { 1: 'Friday' } },
  },
  {
    ...PLAIN,
    name: 'follow_up',
    body: 'Hello {{1}}, you wrote to us and we could not reach you in time. May we go on here?',
    buttons: [
      { kind: 'quick-reply', text: 'Yes, please', target: null },
      { kind: 'quick-reply', text: 'No, thank you', target: null },
    ],
    examples: { ...NO_VALUES, body: { 1: 'Ana' } },
  },
  {
    ...PLAIN,
    name: 'summer_sale',
    category: 'marketing',
    status: 'paused',
    quality: 'red',
    body: 'Our sale begins, {{1}}. Chairs are {{2}} off until Sunday.',
    examples: { ...NO_VALUES, body: { 1: 'Ana', 2: '25 %' } },
  },
  { ...PLAIN, name: 'winter_care', status: 'rejected', body: 'How to care for wood in winter.' },
];
