import { mediaContent } from './content.js';
import type { LocationContent, MediaContent, TemplateContent } from './content.js';
import type { TemplateHeaderValue } from './outbound-content.js';
import { fillPlaceholders, templateParameters } from './template.js';
import type { Template, TemplateParameter, TemplateValues } from './template.js';
import { textLength } from './text.js';

/** What WhatsApp takes of a template that is filled in; lengths in characters (code points). */
export const TEMPLATE_LIMITS = {
  /** A header of text. */
  header: 60,
  body: 1024,
  /** A code that can be copied. */
  code: 15,
  /** A link with its end. */
  url: 2000,
} as const;

/** Why a value is not taken. `long`: of the whole text with it; `limit` is what WhatsApp takes and `length` what there is. */
export type ValueFault =
  | { readonly why: 'missing' | 'lines' | 'spaces' | 'characters' }
  | { readonly why: 'long'; readonly length: number; readonly limit: number };

/** What is wrong with the value of a parameter, for each that has something wrong. */
export interface ParameterFault {
  readonly parameter: TemplateParameter;
  readonly fault: ValueFault;
}

/**
 * A template as the contact sees it; what has no value yet stands as `[1]`.
 * @param shown What its header shows, where that is no text; of a file no more than that is known.
 */
export function templateContent(
  template: Template,
  values: TemplateValues,
  shown: TemplateHeaderValue | null = null,
): TemplateContent {
  const { name, language, header, body, footer, buttons } = template;
  const above = shown === null ? null : aboveOf(template, shown);
  return {
    kind: 'template',
    name,
    language,
    header: header?.kind === 'text' ? fillPlaceholders(header.text, values.header) : null,
    body: fillPlaceholders(body, values.body),
    footer,
    buttons: buttons.map(({ text }) => text),
    ...(above && { above }),
  };
}

function aboveOf({ header }: Template, shown: TemplateHeaderValue): MediaContent | LocationContent {
  if (shown.kind === 'location') return { ...shown, url: null };
  const { media, fileName } = shown;
  const as = header?.kind === 'media' ? header.as : 'document';
  return mediaContent(as, { media, fileName, status: 'stored' });
}

/** All that WhatsApp would refuse of the values (Cloud API, errors 132000, 132005 and 132012), in the order of the parameters. */
export function valueFaults(template: Template, values: TemplateValues): readonly ParameterFault[] {
  return templateParameters(template).flatMap((parameter) => {
    const fault = faultOf(template, values, parameter);
    return fault === null ? [] : [{ parameter, fault }];
  });
}

function faultOf(
  template: Template,
  values: TemplateValues,
  parameter: TemplateParameter,
): ValueFault | null {
  const { part, key, kind } = parameter;
  const value = Object.hasOwn(values[part], key) ? (values[part][key] ?? '') : '';
  if (value.trim() === '') return { why: 'missing' };
  if (/[\n\r\t\u2028\u2029]/u.test(value)) return { why: 'lines' };
  if (/ {5,}/u.test(value)) return { why: 'spaces' };
  if (kind === 'code' && !/^[A-Za-z0-9_-]+$/u.test(value)) return { why: 'characters' };
  if (kind === 'url' && /\s/u.test(value)) return { why: 'characters' };
  const [text, limit] = wholeOf(template, values, parameter, value);
  const length = textLength(text);
  return length > limit ? { why: 'long', length, limit } : null;
}

/** The text that a value stands in, as it will be, and how long that may be. */
function wholeOf(
  { header, body, buttons }: Template,
  values: TemplateValues,
  { part, key, kind }: TemplateParameter,
  value: string,
): readonly [string, number] {
  if (kind === 'code') return [value, TEMPLATE_LIMITS.code];
  if (kind === 'url') {
    const target = buttons[Number(key)]?.target ?? '';
    return [fillPlaceholders(target, { 1: value }), TEMPLATE_LIMITS.url];
  }
  if (part === 'header')
    return [
      fillPlaceholders(header?.kind === 'text' ? header.text : '', values.header),
      TEMPLATE_LIMITS.header,
    ];
  return [fillPlaceholders(body, values.body), TEMPLATE_LIMITS.body];
}

/** Why a template cannot be sent at all, or not with this header, as an English sentence; null when it can. */
export function templateFault(template: Template, header: TemplateHeaderValue | null): string | null {
  const { status, unsupported } = template;
  if (status !== 'approved') return `WhatsApp does not send this template: it is ${status}.`;
  if (unsupported.length > 0) return `The template has what cannot be sent here: ${unsupported.join(', ')}.`;
  const wanted = template.header === null || template.header.kind === 'text' ? null : template.header.kind;
  if (wanted === (header?.kind ?? null)) return null;
  return wanted === null
    ? 'The template takes neither a file nor a place.'
    : `The template shows a ${wanted === 'media' ? 'file' : 'place'} above its text, and there is none.`;
}
