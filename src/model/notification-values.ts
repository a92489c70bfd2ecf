import { fieldOf } from './notification.js';
import type { DraftNotification, NotificationField } from './notification.js';
import { templateParameters, templateValues } from './template.js';
import type { TemplateParameter, TemplateValues } from './template.js';
import { valueFaults } from './template-content.js';
import type { ValueFault } from './template-content.js';

/** Why what was typed is not taken: by WhatsApp's rules for what is written of it, or because it is no number, date or phone number. */
export type FieldFault = ValueFault | { readonly why: 'number' | 'date' | 'phone' };

/** What is wrong with what was typed for a parameter. */
export interface NotificationFault {
  readonly parameter: TemplateParameter;
  readonly fault: FieldFault;
}

/** What was typed for a parameter; empty for nothing. */
export function typedValue({ values }: DraftNotification, { part, key }: TemplateParameter): string {
  return Object.hasOwn(values[part], key) ? (values[part][key] ?? '') : '';
}

/** Its values as the contact reads them, in the template's language. What cannot be read as what it should be stays as it was typed. */
export function writtenValues(notification: DraftNotification): TemplateValues {
  const { language } = notification.template;
  return templateValues(
    templateParameters(notification.template).map((parameter) => {
      const typed = typedValue(notification, parameter).trim();
      return [parameter, writtenValue(typed, fieldOf(notification, parameter), language)];
    }),
  );
}

/**
 * All that is wrong with what was typed, in the order of the parameters: one thing for each. That a text becomes too long is told of the longest of its values
 * alone.
 */
export function notificationFaults(notification: DraftNotification): readonly NotificationFault[] {
  const { template } = notification;
  const written = writtenValues(notification);
  const refused = valueFaults(template, written).filter(
    ({ parameter, fault }) => fault.why !== 'long' || isLongest(parameter, written),
  );
  return templateParameters(template).flatMap((parameter) => {
    const { part, key } = parameter;
    const typed = typedValue(notification, parameter).trim();
    const own = typed === '' ? null : typeFault(typed, fieldOf(notification, parameter));
    const fault =
      own ?? refused.find((one) => one.parameter.part === part && one.parameter.key === key)?.fault;
    return fault ? [{ parameter, fault }] : [];
  });
}

function isLongest({ part, key }: TemplateParameter, written: TemplateValues): boolean {
  if (part === 'buttons') return true;
  const [longest] = Object.entries(written[part]).toSorted(([, a], [, b]) => b.length - a.length);
  return longest?.[0] === key;
}

function typeFault(typed: string, { type }: NotificationField): FieldFault | null {
  if (type === 'amount') return readAmount(typed) === null ? { why: 'number' } : null;
  if (isTime(type)) return readTime(typed, type) === null ? { why: 'date' } : null;
  if (type === 'phone') return isPhone(typed) ? null : { why: 'phone' };
  return null;
}

function writtenValue(typed: string, { type, currency }: NotificationField, language: string): string {
  if (type === 'amount') {
    const amount = readAmount(typed);
    return amount === null ? typed : amountIn(language, amount, currency);
  }
  if (!isTime(type)) return typed;
  const time = readTime(typed, type);
  return time === null ? typed : timeIn(language, time, type, typed);
}

/** Digits with at most one point or comma, which has to be the decimal one: `1,234` may be either. */
const AMOUNT = /^-?\d{1,15}(?:\.\d{1,4}|,\d{1,2})?$/;

function readAmount(typed: string): number | null {
  return AMOUNT.test(typed) ? Number(typed.replace(',', '.')) : null;
}

const TIMES = {
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?$/,
} as const;

export type TimeType = keyof typeof TIMES;

/** Whether values of a type are typed in a form of their own, the same in all languages. */
export function isTime(type: string): type is TimeType {
  return Object.hasOwn(TIMES, type);
}

/** Whether a value can stand in a field of its type: those for days and times hold nothing else. */
export function fitsField(typed: string, type: string): boolean {
  return !isTime(type) || readTime(typed, type) !== null;
}

/** In milliseconds since the epoch. A day is the whole of it, wherever one is; a time is one of this device's zone. */
function readTime(typed: string, type: TimeType): number | null {
  if (!TIMES[type].test(typed)) return null;
  const [year = 0, month = 0, day = 0] = typed.slice(0, 10).split('-').map(Number);
  // The 30th of February is no day, and some read it as another one.
  if (new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day || month > 12) return null;
  const at = new Date(typed).getTime();
  return Number.isNaN(at) ? null : at;
}

function isPhone(typed: string): boolean {
  const digits = typed.replace(/\D/g, '').length;
  return /^\+?[\d\s().\-/]+$/.test(typed) && digits >= 5 && digits <= 15;
}

/** Whole amounts are written without a fraction: `$10`. */
function amountIn(language: string, amount: number, currency: string | null): string {
  const whole = Number.isInteger(amount) ? { minimumFractionDigits: 0 } : {};
  try {
    const style = currency === null ? {} : ({ style: 'currency', currency } as const);
    return new Intl.NumberFormat(localeOf(language), { ...style, ...whole }).format(amount);
  } catch {
    // No currency that anybody knows.
    return `${amount} ${currency ?? ''}`.trim();
  }
}

function timeIn(language: string, at: number, type: TimeType, typed: string): string {
  const day = { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' } as const;
  if (type === 'date')
    return new Intl.DateTimeFormat(localeOf(language), { ...day, timeZone: 'UTC' }).format(at);
  const seconds = typed.length > 'yyyy-mm-ddThh:mm'.length ? ({ second: '2-digit' } as const) : {};
  const time = { hour: 'numeric', minute: '2-digit', ...seconds, timeZoneName: 'short' } as const;
  return new Intl.DateTimeFormat(localeOf(language), { ...day, ...time }).format(at);
}

/** An instant as it is typed: `2026-12-24T10:00:21`, in this device's zone. */
export function localTime(at: number): string {
  const zone = new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - zone).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length);
}

/** A language of a template's as BCP 47 has it: WhatsApp writes `en_US`. Undefined for one that is none. */
export function localeOf(language: string): string | undefined {
  const tag = language.replaceAll('_', '-');
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
