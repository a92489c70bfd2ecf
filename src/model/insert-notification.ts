import type { Agent } from './agent.js';
import { fieldValues, fillFieldCodes } from './field-codes.js';
import type { FieldValues } from './field-codes.js';
import type { Interaction } from './interaction.js';
import { fieldOf, NO_PLACE } from './notification.js';
import type { DraftNotification, Notification, NotificationField } from './notification.js';
import { isTime, localeOf, localTime } from './notification-values.js';
import { templateParameters, templateValues } from './template.js';

/** Whom a notification is for, and who sends it. */
interface Between {
  readonly interaction: Interaction;
  readonly agent: Agent | null;
}

/** A notification as it comes into a draft: filled with what is known. A field of whose codes one is not known is left empty. */
export function draftNotification(
  title: string,
  notification: Notification,
  { interaction, agent }: Between,
): DraftNotification {
  const { template } = notification;
  const language = localeOf(template.language) ?? null;
  const inWords = fieldValues({ interaction, agent, language });
  const inFields = new Map([...inWords, [STARTED, localTime(interaction.session.startedAt)]]);
  const fields = templateParameters(template).map((parameter) => fieldOf(notification, parameter));
  const values = templateValues(
    fields.map((field) => [field, initialValue(field, isTime(field.type) ? inFields : inWords)]),
  );
  return { ...notification, title, fields, values, place: NO_PLACE };
}

const STARTED = 'interaction.datecreated';

function initialValue({ initial, type }: NotificationField, values: FieldValues): string {
  if (initial === null) return '';
  const { text, unfilled } = fillFieldCodes(initial, values);
  if (unfilled.length > 0) return '';
  // In a line, as WhatsApp wants them; of an instant, a date has the day.
  const line = text.replace(/[\n\r\t\u2028\u2029]+/gu, ' ').trim();
  return type === 'date' ? line.slice(0, 'yyyy-mm-dd'.length) : line;
}
