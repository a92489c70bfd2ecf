import type { Notification, NotificationField } from '../../model/index.js';
import { SAMPLE_TEMPLATES } from './sample-templates.js';

type Field = Pick<NotificationField, 'key' | 'label'> & Partial<NotificationField>;

const PLAIN: Omit<NotificationField, 'key' | 'label'> = {
  part: 'body',
  type: 'text',
  initial: null,
  currency: null,
};

const FIELDS: Readonly<Record<string, readonly Field[]>> = {
  payment_confirmation: [
    { key: '1', label: 'Name', initial: '<$Contact.FullName$>' },
    { key: '2', label: 'Product-flowers', initial: 'flowers' },
    { key: '3', label: 'bill', type: 'amount', currency: 'USD' },
    { key: '4', label: 'number of the card', initial: 'credit' },
    { key: '5', label: 'date', type: 'date-time' },
  ],
  order_on_its_way: [
    {
      part: 'header',
      key: '1',
      label: 'Order number',
      initial: '<$Interaction.AttachedData("OrderId")$>',
    },
    { key: '1', label: 'Name', initial: '<$Contact.FirstName|dear customer$>' },
    { key: '2', label: 'Day of arrival', type: 'date' },
    { part: 'buttons', key: '0', label: 'Tracking number', type: 'url' },
  ],
  shop_address: [{ key: '1', label: 'Open until', type: 'date' }],
};

const WORKSHOP = {
  kind: 'location',
  latitude: 41.40338,
  longitude: 2.17403,
  name: 'Workshop',
  address: 'Carrer de Mallorca 401, Barcelona',
} as const;

/** A template of the simulated business account's, with what a prepared response says of it; null when there is no such template. */
export function sampleNotification(name: string): Notification | null {
  const template = SAMPLE_TEMPLATES.find((one) => one.name === name);
  if (!template) return null;
  const fields = (FIELDS[name] ?? []).map((field) => ({ ...PLAIN, ...field }));
  return { template, fields, header: template.header?.kind === 'location' ? WORKSHOP : null };
}
