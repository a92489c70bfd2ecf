import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Localizer } from '../../i18n/index.js';
import { fillPlaceholders, templateParameters } from '../../model/index.js';
import type { DraftNotification, NotificationField, TemplateParameter } from '../../model/index.js';
import { fieldOf } from '../../model/notification.js';
import { fitsField, notificationFaults, typedValue } from '../../model/notification-values.js';
import { faultSentence, fieldId, parameterName, parameterNumber } from './obstacle.js';

export interface TableContext {
  readonly words: Localizer;
  /** Whether the agent wants to know what is wrong with a field, by its id. */
  readonly isJudged: (field: string) => boolean;
  readonly change: (parameter: TemplateParameter, value: string) => void;
}

/** The parameters of a notification, one a row: its number, its name and its value. */
export function parameterTable(notification: DraftNotification, context: TableContext): TemplateResult {
  const { words } = context;
  const parameters = templateParameters(notification.template);
  if (parameters.length === 0)
    return html`<p class="small muted">${words.t('notification.none-to-fill')}</p>`;
  const parts = (['header', 'body', 'buttons'] as const)
    .map((part) => ({ part, rows: parameters.filter((one) => one.part === part) }))
    .filter(({ rows }) => rows.length > 0);
  const isPlain = parts.length === 1 && parts[0]?.part === 'body';
  return html`<table>
    <caption class="visually-hidden">
      ${words.t('notification.parameters')}
    </caption>
    <thead>
      <tr class="small muted">
        <th scope="col" class="number">${words.t('notification.number')}</th>
        <th scope="col" class="name">${words.t('notification.name')}</th>
        <th scope="col">${words.t('notification.value')}</th>
      </tr>
    </thead>
    ${parts.map(
      ({ part, rows }) =>
        html`<tbody>
          ${
            isPlain
              ? nothing
              : html`<tr>
                  <th class="part small muted" scope="rowgroup" colspan="3">
                    ${words.t(`notification.part-${part}`)}
                  </th>
                </tr>`
          }
          ${rows.map((parameter) => parameterRow(notification, parameter, context))}
        </tbody>`,
    )}
  </table>`;
}

function parameterRow(
  notification: DraftNotification,
  parameter: TemplateParameter,
  context: TableContext,
): TemplateResult {
  const { words } = context;
  const id = fieldId(parameter);
  const name = parameterName(notification, parameter, words);
  const field = fieldOf(notification, parameter);
  const fault = faultOf(notification, parameter, context);
  const sentence = fault && faultSentence(fault, field.type, words);
  const hint = sentence === null ? hintOf(notification, parameter, words) : null;
  const note = sentence ?? hint;
  return html`<tr>
    <td class="number numbers muted">${words.number(parameterNumber(notification, parameter))}</td>
    <td class="name"><label for=${id} dir="auto">${name}</label></td>
    <td>
      <div class="line">
        ${inputView({ notification, parameter, field, described: note !== null, isWrong: sentence !== null }, context)}
        ${field.type === 'amount' && field.currency !== null ? html`<span class="small muted" aria-hidden="true">${field.currency}</span>` : nothing}
      </div>
      ${note === null ? nothing : html`<p class="note small ${sentence === null ? 'muted' : 'fault'}" id="${id}-note">${note}</p>`}
    </td>
  </tr>`;
}

/** What is wrong with a value, as far as the agent wants to know. */
function faultOf(
  notification: DraftNotification,
  parameter: TemplateParameter,
  { isJudged }: TableContext,
): ReturnType<typeof notificationFaults>[number]['fault'] | null {
  const { part, key } = parameter;
  if (!isJudged(fieldId(parameter))) return null;
  const faults = notificationFaults(notification);
  return faults.find((one) => one.parameter.part === part && one.parameter.key === key)?.fault ?? null;
}

/** Where a link leads with the value. */
function hintOf(
  notification: DraftNotification,
  parameter: TemplateParameter,
  words: Localizer,
): string | null {
  if (parameter.kind !== 'url') return null;
  const target = notification.template.buttons[Number(parameter.key)]?.target ?? null;
  const value = typedValue(notification, parameter).trim();
  if (target === null || value === '') return null;
  // Addresses read from left to right in every language.
  return words.t('notification.link', { url: `\u2066${fillPlaceholders(target, { 1: value })}\u2069` });
}

interface Input {
  readonly notification: DraftNotification;
  readonly parameter: TemplateParameter;
  readonly field: NotificationField;
  readonly described: boolean;
  readonly isWrong: boolean;
}

const INPUTS: Readonly<
  Record<string, { readonly type: string; readonly mode?: string; readonly ltr?: true }>
> = {
  amount: { type: 'text', mode: 'decimal', ltr: true },
  date: { type: 'date' },
  'date-time': { type: 'datetime-local' },
  phone: { type: 'tel', ltr: true },
  url: { type: 'text', mode: 'url', ltr: true },
  code: { type: 'text', ltr: true },
};

function inputView(
  { notification, parameter, field, described, isWrong }: Input,
  { words, change }: TableContext,
): TemplateResult {
  const id = fieldId(parameter);
  const { type, mode, ltr } = INPUTS[field.type] ?? { type: 'text' };
  const example = notification.template.examples[parameter.part][parameter.key];
  const value = typedValue(notification, parameter);
  return html`<input
    id=${id}
    class="field"
    part="value"
    type=${type}
    inputmode=${mode ?? nothing}
    dir=${ltr ? 'ltr' : 'auto'}
    autocomplete="off"
    step=${type === 'datetime-local' && value.length > 'yyyy-mm-ddThh:mm'.length ? 1 : nothing}
    placeholder=${example && field.type === 'text' ? words.t('notification.example', { value: example }) : nothing}
    aria-describedby=${described ? `${id}-note` : nothing}
    aria-invalid=${String(isWrong)}
    aria-required="true"
    .value=${live(fitsField(value, field.type) ? value : '')}
    @input=${({ target }: Event) => change(parameter, (target as HTMLInputElement).value)}
  />`;
}
