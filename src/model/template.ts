import type { Open } from './open.js';

/** Whether WhatsApp sends a template: `approved` alone goes out. As the Cloud API writes it, in small letters with hyphens. */
export type TemplateStatus =
  | 'approved'
  | 'pending'
  | 'rejected'
  | 'paused'
  | 'disabled'
  | 'in-appeal'
  | 'pending-deletion'
  | 'deleted'
  | 'limit-exceeded'
  | 'archived';

/**
 * A template of WhatsApp's, by which a business may write first, and when the service window is closed. Its texts have placeholders: `{{1}}` where parameters are
 * counted, `{{first_name}}` where they have names (Cloud API, `message_templates`).
 */
export interface Template {
  readonly name: string;
  /** As WhatsApp writes it: `en_US`. Name and language tell templates of one business account apart. */
  readonly language: string;
  readonly category: Open<'authentication' | 'marketing' | 'utility'>;
  readonly status: Open<TemplateStatus>;
  /** How contacts take to it; null when WhatsApp does not say. */
  readonly quality: Open<'green' | 'yellow' | 'red'> | null;
  readonly header: TemplateHeader | null;
  /** Up to 1,024 characters; empty where WhatsApp writes it itself. */
  readonly body: string;
  readonly footer: string | null;
  readonly buttons: readonly TemplateButton[];
  /** What its author gave as examples of its parameters. */
  readonly examples: TemplateValues;
  /** What it has and this version cannot send, as the Cloud API calls it (`CAROUSEL`); with any of them it cannot be sent. */
  readonly unsupported: readonly string[];
}

export type TemplateHeader =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'media'; readonly as: 'image' | 'video' | 'document' }
  | { readonly kind: 'location' };

export interface TemplateButton {
  readonly kind: Open<TemplateButtonKind>;
  /** What stands on it; empty where the contact's WhatsApp words it. */
  readonly text: string;
  /** Where a link goes, with `{{1}}` in it where it takes a value; which number is called; null for all others. */
  readonly target: string | null;
}

export type TemplateButtonKind =
  'quick-reply' | 'url' | 'phone' | 'copy-code' | 'one-time-code' | 'flow' | 'voice-call' | 'contact-info';

/** Values by number (`'1'`) or name of their parameter, as filled in. */
export interface TemplateValues {
  readonly header: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, string>>;
  /** Values of buttons that take one, by the button's place, counted from 0: the end of a link, or a code. */
  readonly buttons: Readonly<Record<string, string>>;
}

export const NO_VALUES: TemplateValues = { header: {}, body: {}, buttons: {} };

/** Values of parameters, each in its part; empty ones are left out. */
export function templateValues(
  values: readonly (readonly [Pick<TemplateParameter, 'part' | 'key'>, string])[],
): TemplateValues {
  const part = (name: keyof TemplateValues): Readonly<Record<string, string>> =>
    Object.fromEntries(
      values.flatMap(([{ part: of, key }, value]) => (of === name && value !== '' ? [[key, value]] : [])),
    );
  return { header: part('header'), body: part('body'), buttons: part('buttons') };
}

/** What is to be filled in. */
export interface TemplateParameter {
  readonly part: keyof TemplateValues;
  /** Its number or name; of a button, the button's place. */
  readonly key: string;
  /** What WhatsApp takes it as. */
  readonly kind: 'text' | 'url' | 'code';
}

/** All that is to be filled in of a template, each once: of its header, its body, its buttons. */
export function templateParameters(template: Template): readonly TemplateParameter[] {
  const { header, body, buttons } = template;
  const texts = { header: header?.kind === 'text' ? header.text : '', body };
  const inTexts = (['header', 'body'] as const).flatMap((part) =>
    placeholdersIn(texts[part]).map((key) => ({ part, key, kind: 'text' as const })),
  );
  const onButtons = buttons.flatMap((button, place) => {
    const kind = kindOfValue(button);
    return kind === null ? [] : [{ part: 'buttons' as const, key: String(place), kind }];
  });
  return [...inTexts, ...onButtons];
}

/** What a button takes. A one-time code is that of the body (Cloud API, authentication templates). */
function kindOfValue({ kind, target }: TemplateButton): 'url' | 'code' | null {
  if (kind === 'copy-code') return 'code';
  return kind === 'url' && target !== null && placeholdersIn(target).length > 0 ? 'url' : null;
}

const PLACEHOLDER = /\{\{\s*([A-Za-z0-9_]{1,64})\s*\}\}/gu;

/** The numbers or names that stand in a text, each once: numbers in their order, names as they come. */
function placeholdersIn(text: string): readonly string[] {
  const keys = new Set(Array.from(text.matchAll(PLACEHOLDER), ([, key = '']) => key));
  return [...keys].toSorted((a, b) => Number(a) - Number(b) || 0);
}

/** A text with values in the place of its placeholders, once: braces in a value stay as they are. What has none yet stands as `[1]`. */
export function fillPlaceholders(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (_whole, key: string) =>
    Object.hasOwn(values, key) && values[key] !== '' ? (values[key] ?? '') : `[${key}]`,
  );
}
