import {
  NO_VALUES,
  templateParameters,
  type Template,
  type TemplateButton,
  type TemplateButtonKind,
  type TemplateHeader,
  type TemplateValues,
} from 'whatsapp-workspace/model';
import { asList, asObject, asText, type JsonObject } from './json.js';
import type { ToldTemplate } from './templates.js';

/** What of a template cannot be sent, as the Cloud API calls it, is gathered here. */
type Unsupported = Set<string>;

/** A template as agents meet it. Never throws: whatever is unknown in it, or not as it should be, is named in `unsupported` or left out. */
export function readTemplate({ name, language, told }: ToldTemplate): Template {
  const unsupported: Unsupported = new Set();
  const components = asList(told['components']).map(asObject);
  const find = (type: string) => components.find((component) => typeOf(component) === type) ?? null;
  for (const component of components) {
    const type = typeOf(component);
    if (!PARTS.has(type)) unsupported.add(type || 'UNKNOWN');
  }
  const [header, body, footer] = [find('HEADER'), find('BODY'), find('FOOTER')];
  const category = lower(told['category']) ?? 'unknown';
  const isAuthentication = category === 'authentication';
  const buttons = asList(find('BUTTONS')?.['buttons']).map(asObject);
  const template: Template = {
    name,
    language,
    category,
    status: lower(told['status']) ?? 'unknown',
    quality: readQuality(told['quality_score']),
    header: header && readHeader(header, unsupported),
    // What WhatsApp words itself, it words around the code.
    body: asText(body?.['text']) ?? (isAuthentication ? '{{1}}' : ''),
    footer: asText(footer?.['text']),
    buttons: buttons.map((button) => readButton(button, isAuthentication, unsupported)),
    examples: NO_VALUES,
    unsupported: [...unsupported],
  };
  return { ...template, examples: readExamples(template, { header, body, buttons }) };
}

const PARTS = new Set(['HEADER', 'BODY', 'FOOTER', 'BUTTONS']);

function typeOf({ type }: JsonObject): string {
  return asText(type)?.toUpperCase() ?? '';
}

/** `PENDING_DELETION` is `pending-deletion`. */
function lower(value: unknown): string | null {
  return asText(value)?.toLowerCase().replaceAll('_', '-') ?? null;
}

function readQuality(value: unknown): string | null {
  const score = lower(typeof value === 'string' ? value : asObject(value)['score']);
  return score === 'unknown' ? null : score;
}

const MEDIA = { IMAGE: 'image', VIDEO: 'video', DOCUMENT: 'document' } as const;

function readHeader(header: JsonObject, unsupported: Unsupported): TemplateHeader | null {
  const format = asText(header['format'])?.toUpperCase() ?? 'TEXT';
  const text = asText(header['text']);
  if (format === 'TEXT') return text === null ? null : { kind: 'text', text };
  if (format === 'LOCATION') return { kind: 'location' };
  if (Object.hasOwn(MEDIA, format)) return { kind: 'media', as: MEDIA[format as keyof typeof MEDIA] };
  unsupported.add(`HEADER ${format}`);
  return null;
}

const BUTTONS: Readonly<Record<string, TemplateButtonKind>> = {
  QUICK_REPLY: 'quick-reply',
  URL: 'url',
  PHONE_NUMBER: 'phone',
  COPY_CODE: 'copy-code',
  OTP: 'one-time-code',
  FLOW: 'flow',
  VOICE_CALL: 'voice-call',
  REQUEST_CONTACT_INFO: 'contact-info',
};

/** Once it is made, the button of a one-time code is told as a link to here. */
const CODE_LINK = /^https:\/\/www\.whatsapp\.com\/otp\//i;

function readButton(button: JsonObject, isAuthentication: boolean, unsupported: Unsupported): TemplateButton {
  const type = typeOf(button);
  const text = asText(button['text']) ?? '';
  const url = asText(button['url']);
  const known = Object.hasOwn(BUTTONS, type) ? BUTTONS[type] : undefined;
  if (known === undefined) {
    unsupported.add(type || 'BUTTON');
    return { kind: lower(type) ?? 'unknown', text, target: null };
  }
  if (known === 'url' && isAuthentication && url !== null && CODE_LINK.test(url))
    return { kind: 'one-time-code', text, target: null };
  const target = known === 'url' ? url : known === 'phone' ? asText(button['phone_number']) : null;
  return { kind: known, text, target };
}

interface Told {
  readonly header: JsonObject | null;
  readonly body: JsonObject | null;
  readonly buttons: readonly JsonObject[];
}

/** Examples come in the order of their parameters, or with their names. */
function readExamples(template: Template, told: Told): TemplateValues {
  const keys = (part: keyof TemplateValues) =>
    templateParameters(template).flatMap((one) => (one.part === part ? one.key : []));
  const header = asObject(told.header?.['example']);
  const body = asObject(told.body?.['example']);
  const [firstBody] = asList(body['body_text']);
  return {
    header: examplesOf(keys('header'), header['header_text'], header['header_text_named_params']),
    body: examplesOf(
      keys('body'),
      Array.isArray(firstBody) ? firstBody : body['body_text'],
      body['body_text_named_params'],
    ),
    buttons: Object.fromEntries(
      keys('buttons').flatMap((key) => {
        const example = asText(asList(told.buttons[Number(key)]?.['example'])[0]);
        return example === null ? [] : [[key, example]];
      }),
    ),
  };
}

function examplesOf(keys: readonly string[], inOrder: unknown, byName: unknown): Record<string, string> {
  const named = new Map(
    asList(byName).map((one) => [asText(asObject(one)['param_name']), asText(asObject(one)['example'])]),
  );
  const listed = asList(inOrder);
  return Object.fromEntries(
    keys.flatMap((key, place) => {
      const example = named.get(key) ?? asText(listed[place]);
      return example === null || example === undefined ? [] : [[key, example]];
    }),
  );
}
