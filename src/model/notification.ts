import type { Open } from './open.js';
import type { TemplateHeaderValue } from './outbound-content.js';
import { NO_VALUES, templateParameters } from './template.js';
import type { Template, TemplateParameter, TemplateValues } from './template.js';

/** How a value is typed and written: a number with its currency, an instant in the template's language, and so on. */
export type NotificationFieldType = 'text' | 'amount' | 'date' | 'date-time' | 'phone' | 'url' | 'code';

/** What a prepared response says of a parameter of its template. A template alone has no labels. */
export interface NotificationField {
  readonly part: keyof TemplateValues;
  readonly key: string;
  /** null where it has none. */
  readonly label: string | null;
  readonly type: Open<NotificationFieldType>;
  /** What it is filled with, with field codes; null for nothing. */
  readonly initial: string | null;
  /** ISO 4217, of an amount; null for all else. */
  readonly currency: string | null;
}

/** A template with what a prepared response brings for it. */
export interface Notification {
  readonly template: Template;
  /** In the order of the template's parameters; one that is left out is a text without a label. */
  readonly fields: readonly NotificationField[];
  /** What its header shows, where that is no text; null where there is none, or the agent has to say. */
  readonly header: TemplateHeaderValue | null;
}

/** A place as an agent types it. */
export interface TypedPlace {
  /** In degrees. */
  readonly latitude: string;
  readonly longitude: string;
  readonly name: string;
  readonly address: string;
}

export const NO_PLACE: TypedPlace = { latitude: '', longitude: '', name: '', address: '' };

/** A notification on its way to be sent, in a draft. */
export interface DraftNotification extends Notification {
  /** What it is called: the response's name, or the template's. */
  readonly title: string;
  /** As typed: an amount `1234.5`, a date `2026-12-24`, a date with a time `2026-12-24T10:00`, all else as it is. */
  readonly values: TemplateValues;
  /** The place above its text, where the response brings none. */
  readonly place: TypedPlace;
}

/** A template alone, as it is to be filled in. */
export function bareNotification(template: Template): DraftNotification {
  const fields = templateParameters(template).map(bareField);
  return { title: template.name, template, fields, header: null, values: NO_VALUES, place: NO_PLACE };
}

/** The field of a parameter of which nothing is said. */
export function bareField({ part, key, kind }: TemplateParameter): NotificationField {
  return { part, key, label: null, type: kind, initial: null, currency: null };
}

/** What is said of a parameter. */
export function fieldOf({ fields }: Notification, parameter: TemplateParameter): NotificationField {
  const { part, key } = parameter;
  return fields.find((one) => one.part === part && one.key === key) ?? bareField(parameter);
}

/** Whether a contact centre, by the features of its welcome, has templates and sends them. */
export function takesNotifications(features: readonly string[]): boolean {
  return features.includes('templates') && features.includes('send-template');
}
