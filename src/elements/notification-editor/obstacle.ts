import type { Key, Localizer } from '../../i18n/index.js';
import { readDegrees, templateParameters } from '../../model/index.js';
import type { DraftNotification, Template, TemplateParameter } from '../../model/index.js';
import { fieldOf } from '../../model/notification.js';
import { notificationFaults } from '../../model/notification-values.js';
import type { FieldFault } from '../../model/notification-values.js';
import { headerOf } from '../../model/outbound-notification.js';

/** Why a template is never sent as it is; null when it can be. */
export function templateObstacle({ status, unsupported }: Template, words: Localizer): string | null {
  if (status !== 'approved') return words.t('notification.why-status', { status: statusName(status, words) });
  if (unsupported.length === 0) return null;
  return words.t('notification.why-parts', { parts: unsupported.join(', ') });
}

/** What keeps a template from being sent, in a word or two; null when nothing does. */
export function templateMark({ status, unsupported }: Template, words: Localizer): string | null {
  if (status !== 'approved') return statusName(status, words);
  return unsupported.length > 0 ? words.t('notification.unsendable') : null;
}

function statusName(status: string, words: Localizer): string {
  return words.tOr(`notification.${status}`, status);
}

/** What is to be mended before a notification can be sent, as a sentence; null when it can go. */
export function obstacleOf(notification: DraftNotification, words: Localizer): string | null {
  const { template } = notification;
  const lasting = templateObstacle(template, words);
  if (lasting !== null) return lasting;
  const wanted = template.header?.kind;
  if (wanted === 'media' && !headerOf(notification)) return words.t('notification.why-file');
  if (wanted === 'location' && !headerOf(notification)) return words.t('notification.why-place');
  const faults = notificationFaults(notification);
  if (faults.length === 0) return null;
  const missing = faults.filter(({ fault }) => fault.why === 'missing');
  const told = missing.length > 0 ? missing : faults;
  const names = told.map(({ parameter }) => parameterName(notification, parameter, words)).join(', ');
  return words.t(missing.length > 0 ? 'notification.why-fields' : 'notification.why-values', { names });
}

/** The field that is to be mended first, by the id that it has; null when there is none. */
export function firstWrongField(notification: DraftNotification): string | null {
  const { template, header, place } = notification;
  if (template.header?.kind === 'location' && header === null && !headerOf(notification))
    return readDegrees(place.latitude, 90) === null ? 'place-latitude' : 'place-longitude';
  const [first] = notificationFaults(notification);
  return first ? fieldId(first.parameter) : null;
}

export function fieldId({ part, key }: TemplateParameter): string {
  return `value-${part}-${key}`;
}

/** What a parameter is called: as the response says, else by its name in the template, the button that it belongs to, or its number. */
export function parameterName(
  notification: DraftNotification,
  parameter: TemplateParameter,
  words: Localizer,
): string {
  const { label } = fieldOf(notification, parameter);
  const { part, key, kind } = parameter;
  if (label !== null && label.trim() !== '') return label;
  if (part === 'buttons')
    return (
      notification.template.buttons[Number(key)]?.text ||
      words.t(kind === 'code' ? 'notification.button-copy-code' : 'notification.button-url')
    );
  return /^\d+$/.test(key) ? words.t('notification.parameter', { key }) : key;
}

/** The number of a parameter in its part: its own, or its place among those with names. */
export function parameterNumber(notification: DraftNotification, parameter: TemplateParameter): number {
  const { part, key } = parameter;
  if (part !== 'buttons' && /^\d+$/.test(key)) return Number(key);
  const all = templateParameters(notification.template).filter((one) => one.part === part);
  return all.findIndex((one) => one.key === key) + 1;
}

/** What is wrong with a value, and what is taken. */
export function faultSentence(fault: FieldFault, type: string, words: Localizer): string {
  if (fault.why === 'long') {
    const { length, limit } = fault;
    return words.t('notification.fault-long', { count: length - limit, length, limit });
  }
  if (fault.why === 'characters')
    return words.t(
      type === 'url' ? 'notification.fault-characters-url' : 'notification.fault-characters-code',
    );
  if (fault.why === 'date')
    return words.t(type === 'date' ? 'notification.fault-date' : 'notification.fault-date-time');
  const sentences: Readonly<Record<typeof fault.why, Key>> = {
    missing: 'notification.fault-missing',
    lines: 'notification.fault-lines',
    spaces: 'notification.fault-spaces',
    number: 'notification.fault-number',
    phone: 'notification.fault-phone',
  };
  return words.tOr(sentences[fault.why], fault.why);
}
