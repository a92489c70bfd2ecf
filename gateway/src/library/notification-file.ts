import type { NotificationField, NotificationFieldType, TemplateValues } from 'whatsapp-workspace/model';
import { isNothing, orNothing, type Checker, type Place } from '../checker.js';
import type { StoredNotification } from '../store/response-notification.js';
import { readAttachment, type WantedAttachment } from './attachment-file.js';

/** What a response says of its notification, and the file that it names. */
export interface NotificationReading {
  readonly notification: StoredNotification;
  readonly header: WantedAttachment | null;
}

const LONGEST_TEMPLATE = 512;
const LONGEST_LANGUAGE = 32;
const LONGEST_KEY = 64;
const LONGEST_LABEL = 100;
const LONGEST_DEFAULT = 1000;
const MOST_FIELDS = 100;
const PARTS: readonly (keyof TemplateValues)[] = ['header', 'body', 'buttons'];
const TYPES: readonly NotificationFieldType[] = [
  'text',
  'amount',
  'date',
  'date-time',
  'phone',
  'url',
  'code',
];
const ROLES = ['image', 'video', 'document'] as const;

/** Reads which template a response carries. Whether there is such a template is not asked: WhatsApp may approve it later. */
export function readNotification(checker: Checker, entry: Place): NotificationReading {
  const part = checker.object(entry, ['name', 'language', 'fields', 'header']);
  const fields = checker.list(orNothing(part('fields')), MOST_FIELDS) ?? [];
  const [header, place] = readHeader(checker, part('header'));
  return {
    notification: {
      name: checker.text(part('name'), LONGEST_TEMPLATE),
      language: checker.text(part('language'), LONGEST_LANGUAGE),
      fields: readFields(checker, fields),
      place,
    },
    header,
  };
}

function readFields(checker: Checker, entries: readonly Place[]): readonly NotificationField[] {
  const first = new Map<string, string>();
  return entries.map((entry) => {
    const field = readField(checker, entry);
    const key = `${field.part} ${field.key}`;
    const before = first.get(key);
    if (before !== undefined && field.key !== '')
      checker.problem(`${entry.at} is about the same parameter as ${before}; allowed is one field for each`);
    first.set(key, before ?? entry.at);
    return field;
  });
}

function readField(checker: Checker, entry: Place): NotificationField {
  const part = checker.object(entry, ['part', 'key', 'label', 'type', 'default', 'currency']);
  const [label, initial] = [part('label'), part('default')];
  const type = checker.oneOf(orNothing(part('type')), TYPES) ?? 'text';
  return {
    part: checker.oneOf(orNothing(part('part')), PARTS) ?? 'body',
    key: readKey(checker, part('key')),
    label: isNothing(label) ? null : checker.text(label, LONGEST_LABEL),
    type,
    initial: isNothing(initial) ? null : checker.text(initial, LONGEST_DEFAULT),
    currency: readCurrency(checker, orNothing(part('currency')), type),
  };
}

/** Numbers may be written as such. */
function readKey(checker: Checker, place: Place): string {
  const { value } = place;
  return checker.text(typeof value === 'number' ? { ...place, value: String(value) } : place, LONGEST_KEY);
}

function readCurrency(checker: Checker, place: Place, type: NotificationFieldType): string | null {
  const { value } = place;
  if (value === undefined) {
    if (type === 'amount') checker.misfit(place, 'the code of a currency, such as USD');
    return null;
  }
  if (type === 'amount' && typeof value === 'string' && /^[A-Z]{3}$/.test(value)) return value;
  checker.misfit(
    place,
    type === 'amount' ? 'the code of a currency, such as USD' : 'a currency only with amounts',
  );
  return null;
}

/** A file, or a place. */
function readHeader(
  checker: Checker,
  entry: Place,
): readonly [WantedAttachment | null, StoredNotification['place']] {
  if (isNothing(entry)) return [null, null];
  if (Object.hasOwn(Object(entry.value) as object, 'file'))
    return [readAttachment(checker, entry, ROLES), null];
  const part = checker.object(entry, ['latitude', 'longitude', 'name', 'address']);
  const line = (place: Place) => (isNothing(place) ? null : checker.text(place, LONGEST_DEFAULT));
  return [
    null,
    {
      kind: 'location',
      latitude: readDegrees(checker, part('latitude'), 90),
      longitude: readDegrees(checker, part('longitude'), 180),
      name: line(part('name')),
      address: line(part('address')),
    },
  ];
}

function readDegrees(checker: Checker, place: Place, most: number): number {
  const { value } = place;
  if (typeof value === 'number' && Math.abs(value) <= most) return value;
  checker.misfit(place, `a number from -${most} to ${most}`);
  return 0;
}
