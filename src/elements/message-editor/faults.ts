import type { Localizer } from '../../i18n/index.js';
import { readDegrees, readMapPlace, textLength } from '../../model/index.js';
import { limitOf } from './forms.js';
import type { ButtonsForm, ContactsForm, Form, ListForm, LocationForm } from './forms.js';

/** What is wrong with a field: `needed` is no news before the agent wants to send. */
export interface Fault {
  readonly needed: boolean;
  readonly sentence: string;
}

/** What is wrong, by field, in the order of the fields. */
export type Faults = ReadonlyMap<string, Fault>;

type Collect = (field: string, sentence: string | null | false, needed?: boolean) => void;

/** What stands in the way of sending a form; nothing when it can go. */
export function faultsOf(form: Form, words: Localizer): Faults {
  const faults = new Map<string, Fault>();
  const collect: Collect = (field, sentence, needed = false) => {
    if (sentence && !faults.has(field)) faults.set(field, { sentence, needed });
  };
  if (form.kind === 'location') locationFaults(form, words, collect);
  else if (form.kind === 'contacts') contactFaults(form, words, collect);
  else questionFaults(form, words, collect);
  return faults;
}

function locationFaults(
  { link, latitude, longitude }: LocationForm,
  words: Localizer,
  collect: Collect,
): void {
  const [north, east] = [readDegrees(latitude, 90), readDegrees(longitude, 180)];
  const isPlaced = north !== null && east !== null;
  const reading = link.trim() === '' ? null : readMapPlace(link);
  if (!isPlaced && reading === 'short') collect('link', words.t('compose.link-short'));
  if (!isPlaced && reading === 'unread') collect('link', words.t('compose.link-unread'));
  collect('latitude', north === null && words.t('compose.latitude-fault'), latitude.trim() === '');
  collect('longitude', east === null && words.t('compose.longitude-fault'), longitude.trim() === '');
}

const PHONE = /^\+?[\d\s().\-/]*$/;
const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

function contactFaults({ name, phones, emails }: ContactsForm, words: Localizer, collect: Collect): void {
  collect('name', isEmpty(name) && words.t('compose.needed'), true);
  const isUnreachable = [...phones, ...emails].every(isEmpty);
  phones.forEach((phone, i) => {
    const digits = phone.replaceAll(/\D/g, '').length;
    const isWrong = !isEmpty(phone) && (!PHONE.test(phone.trim()) || digits < 5 || digits > 15);
    collect(`phone-${i}`, isWrong && words.t('compose.phone-fault'));
  });
  if (isUnreachable) collect(phones.length > 0 ? 'phone-0' : 'name', words.t('compose.unreachable'), true);
  emails.forEach((email, i) =>
    collect(`email-${i}`, !isEmpty(email) && !EMAIL.test(email.trim()) && words.t('compose.email-fault')),
  );
}

function questionFaults(form: ButtonsForm | ListForm, words: Localizer, collect: Collect): void {
  const check = (field: string, text: string, isNeeded: boolean): void => {
    const limit = limitOf(form, field) ?? Infinity;
    const used = textLength(text.trim());
    if (isNeeded && used === 0) collect(field, words.t('compose.needed'), true);
    if (used > limit) collect(field, words.t('compose.over', { used, limit, count: used - limit }));
  };
  check('header', form.header, false);
  check('body', form.body, true);
  check('footer', form.footer, false);
  if (form.kind === 'buttons') {
    form.buttons.forEach((title, i) => {
      check(`button-${i}`, title, true);
      const same = form.buttons.findIndex((other) => other.trim() === title.trim());
      collect(`button-${i}`, !isEmpty(title) && same < i && words.t('compose.same'));
    });
    return;
  }
  check('button', form.button, true);
  form.sections.forEach(({ title, rows }, s) => {
    check(`section-${s}`, title, form.sections.length > 1);
    rows.forEach((row, r) => {
      check(`row-${s}-${r}`, row.title, true);
      check(`description-${s}-${r}`, row.description, false);
    });
  });
}

function isEmpty(text: string): boolean {
  return text.trim() === '';
}
