import type { Open } from './open.js';
import type { OutboundTemplate, TemplateHeaderValue } from './outbound-content.js';
import { NO_VALUES, templateParameters } from './template.js';
import { templateContent, templateFault, valueFaults } from './template-content.js';
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

/** A notification on its way to be sent, in a draft. */
export interface DraftNotification extends Notification {
  /** What it is called: the response's name, or the template's. */
  readonly title: string;
  /** As typed: an amount `1234.5`, a date `2026-12-24`, a date with a time `2026-12-24T10:00`, all else as it is. */
  readonly values: TemplateValues;
}

/** A template alone, as it is to be filled in. */
export function bareNotification(template: Template): DraftNotification {
  const fields = templateParameters(template).map(bareField);
  return { title: template.name, template, fields, header: null, values: NO_VALUES };
}

/** The field of a parameter of which nothing is said. */
export function bareField({ part, key, kind }: TemplateParameter): NotificationField {
  return { part, key, label: null, type: kind, initial: null, currency: null };
}

/** Whether a notification cannot be sent as it is: its template, its header or one of its values. */
export function notificationFault(notification: DraftNotification): boolean {
  const { template, header } = notification;
  return (
    templateFault(template, header) !== null || valueFaults(template, writtenValues(notification)).length > 0
  );
}

/** A notification as it is sent. */
export function outboundTemplate(notification: DraftNotification): OutboundTemplate {
  const { template, header } = notification;
  const values = writtenValues(notification);
  return {
    kind: 'template',
    name: template.name,
    language: template.language,
    values,
    ...(header && { header }),
    shown: templateContent(template, values),
  };
}

/** Its values as the contact reads them. */
export function writtenValues({ values }: DraftNotification): TemplateValues {
  return values;
}
