import { isDegree, isFilled, isObject, type Fields } from './fields.js';
import { graphError, invalid, missing, type GraphError } from './graph-error.js';
import type { TemplateButtonTold, TemplateStore, TemplateTold } from './templates.js';

/** What a template looks like on a phone beside its words. */
export interface PhoneTemplate {
  readonly header: string | null;
  readonly footer: string | null;
  readonly place: PhonePlace | null;
  readonly buttons: readonly PhoneTemplateButton[];
}

export interface PhonePlace {
  readonly latitude: number;
  readonly longitude: number;
  readonly name: string | null;
  readonly address: string | null;
}

export interface PhoneTemplateButton {
  readonly kind: 'reply' | 'url' | 'phone' | 'code' | 'other';
  readonly text: string;
  /** Where it leads, what it calls, what it copies, or what tapping on it tells the business; null for nothing. */
  readonly target: string | null;
}

export interface TemplateMessage {
  readonly shown: PhoneTemplate;
  readonly text: string;
  /** Of the header's file that was handed over; null when there is none, or it is named by a link. */
  readonly mediaId: string | null;
  readonly fileName: string | null;
}

const BODY_LIMIT = 1024;
const HEADER_LIMIT = 60;
const CODE_LIMIT = 15;
const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/gu;

/** Ends the reading of a request, with what the Cloud API says of it. */
class Refused extends Error {
  readonly error: GraphError;

  constructor(error: GraphError) {
    super('refused');
    this.error = error;
  }
}

/** Reads a message by a template as the Cloud API does, or says what is wrong with it as the Cloud API does. */
export function readTemplateMessage(
  message: unknown,
  templates: TemplateStore,
): TemplateMessage | GraphError {
  try {
    return read(message, templates);
  } catch (error) {
    if (error instanceof Refused) return error.error;
    throw error;
  }
}

function read(message: unknown, templates: TemplateStore): TemplateMessage {
  const { name, language, components = [] } = fieldsOf(message);
  if (!isFilled(name)) throw new Refused(missing("template['name']"));
  const { code, policy = 'deterministic' } = fieldsOf(language);
  if (!isFilled(code)) throw new Refused(missing("template['language']['code']"));
  if (policy !== 'deterministic') throw new Refused(invalid('language policy must be deterministic'));
  const template = sendable(templates.get(name, code), name, code);
  const given = (Array.isArray(components) ? (components as readonly unknown[]) : []).map(fieldsOf);
  const part = (type: string) => given.find((one) => lower(one['type']) === type);
  const find = (type: string) => template.components.find((component) => component.type === type);
  const isNamed = template.parameter_format === 'NAMED';
  const header = readHeader(find('HEADER'), parametersOf(part('header')), isNamed);
  const text = fillText('body', find('BODY')?.text ?? '', parametersOf(part('body')), {
    isNamed,
    limit: BODY_LIMIT,
  });
  const buttons = (find('BUTTONS')?.buttons ?? []).map((button, index) => {
    const own = given.find((one) => lower(one['type']) === 'button' && Number(one['index']) === index);
    return readButton(button, index, own);
  });
  const { file, ...above } = header;
  return {
    shown: { ...above, footer: find('FOOTER')?.text ?? null, buttons },
    text,
    mediaId: file && isFilled(file['id']) ? file['id'] : null,
    fileName: file && isFilled(file['filename']) ? file['filename'] : null,
  };
}

function sendable(template: TemplateTold | undefined, name: string, code: string): TemplateTold {
  const status = template?.status ?? 'MISSING';
  if (status === 'PAUSED')
    throw new Refused(
      graphError(400, 132_015, '(#132015) Template is Paused', {
        details: 'The template is paused because of its low quality.',
      }),
    );
  if (status === 'DISABLED')
    throw new Refused(
      graphError(400, 132_016, '(#132016) Template is Disabled', {
        details: 'The template was paused too often, and is disabled for good.',
      }),
    );
  if (!template || status !== 'APPROVED') {
    const details = `template name (${name}) does not exist in ${code}`;
    throw new Refused(
      graphError(404, 132_001, '(#132001) Template name does not exist in the translation', { details }),
    );
  }
  return template;
}

const MEDIA = ['IMAGE', 'VIDEO', 'DOCUMENT'];

interface Header extends Pick<PhoneTemplate, 'header' | 'place'> {
  readonly file: Fields | null;
}

function readHeader(
  component: { readonly format?: string; readonly text?: string } | undefined,
  parameters: readonly Fields[],
  isNamed: boolean,
): Header {
  const format = component?.format ?? 'TEXT';
  if (format === 'TEXT') {
    const text = fillText('header', component?.text ?? '', parameters, { isNamed, limit: HEADER_LIMIT });
    return { header: text === '' ? null : text, place: null, file: null };
  }
  const [parameter] = parameters;
  if (parameters.length !== 1) throw new Refused(miscounted('header', parameters.length, 1));
  const wanted = format.toLowerCase();
  if (parameter?.['type'] !== wanted) {
    const received = String(parameter?.['type']).toUpperCase();
    throw new Refused(formatError(`header: Format mismatch, expected ${format}, received ${received}`));
  }
  const value = fieldsOf(parameter[wanted]);
  if (format === 'LOCATION') return { header: null, place: readPlace(value), file: null };
  if (!MEDIA.includes(format)) throw new Refused(invalid(`This stand-in plays no header ${format}.`));
  if (!isFilled(value['id']) && !isFilled(value['link'])) throw new Refused(missing(`${wanted}['id']`));
  return { header: null, place: null, file: value };
}

function readPlace({ latitude, longitude, name, address }: Fields): PhonePlace {
  if (!isDegree(latitude) || !isDegree(longitude))
    throw new Refused(invalid('latitude and longitude must be numbers'));
  return {
    latitude: Number(latitude),
    longitude: Number(longitude),
    name: isFilled(name) ? name : null,
    address: isFilled(address) ? address : null,
  };
}

function fillText(
  part: string,
  text: string,
  parameters: readonly Fields[],
  { isNamed, limit }: { readonly isNamed: boolean; readonly limit: number },
): string {
  const keys = [...new Set(Array.from(text.matchAll(PLACEHOLDER), ([, key = '']) => key))];
  if (parameters.length !== keys.length) throw new Refused(miscounted(part, parameters.length, keys.length));
  const values = new Map<string, string>();
  parameters.forEach((parameter, place) => {
    const { type, text: value, parameter_name: name } = parameter;
    if (type !== 'text')
      throw new Refused(
        formatError(`${part}: Format mismatch, expected TEXT, received ${String(type).toUpperCase()}`),
      );
    if (isNamed && !isFilled(name))
      throw new Refused(
        graphError(400, 100, '(#100) Invalid parameter', { details: 'Parameter name is missing or empty' }),
      );
    values.set(isNamed ? String(name) : String(place + 1), plainValue(value));
  });
  if (!keys.every((key) => values.has(key)))
    throw new Refused(formatError(`${part}: names of parameters do not match`));
  const whole = text.replace(PLACEHOLDER, (_whole, key: string) => values.get(key) ?? '');
  if ([...whole].length > limit) {
    const details = `${part} has ${[...whole].length} characters, allowed are ${limit}`;
    throw new Refused(graphError(400, 132_005, '(#132005) Translated text too long', { details }));
  }
  return whole;
}

function plainValue(value: unknown): string {
  if (!isFilled(value)) throw new Refused(missing("parameter['text']"));
  if (!/[\n\r\t]| {5,}/u.test(value)) return value;
  const details = 'Param text cannot have new-line/tab characters or more than 4 consecutive spaces';
  throw new Refused(graphError(400, 100, '(#100) Invalid parameter', { details }));
}

function readButton(
  { type, text = '', url, phone_number: phone }: TemplateButtonTold,
  index: number,
  given: Fields | undefined,
): PhoneTemplateButton {
  const [parameter, ...more] = parametersOf(given);
  const needs = type === 'COPY_CODE' ? 'coupon_code' : type === 'URL' && url?.includes('{{') ? 'text' : null;
  if (type === 'QUICK_REPLY') {
    const payload = parameter?.['payload'];
    return { kind: 'reply', text, target: isFilled(payload) ? payload : text };
  }
  if (type === 'FLOW') {
    if (parameter?.['type'] !== 'action') throw new Refused(parameterless(index, 'Flow'));
    return { kind: 'other', text, target: null };
  }
  if (needs === null) {
    if (parameter)
      throw new Refused(
        graphError(400, 132_018, '(#132018) There is an issue with the parameters in your template', {
          details: `buttons: Button at index ${index} takes no parameter`,
        }),
      );
    if (type === 'PHONE_NUMBER') return { kind: 'phone', text, target: phone ?? null };
    return { kind: type === 'URL' ? 'url' : 'other', text, target: url ?? null };
  }
  if (!parameter) throw new Refused(parameterless(index, needs === 'text' ? 'Url' : 'CopyCode'));
  if (more.length > 0) throw new Refused(miscounted('button', more.length + 1, 1));
  if (parameter['type'] !== needs || lower(given?.['sub_type']) !== (needs === 'text' ? 'url' : 'copy_code'))
    throw new Refused(formatError(`buttons: Button at index ${index} expects ${needs}`));
  const value = plainValue(parameter[needs]);
  if (needs === 'coupon_code' && value.length > CODE_LIMIT)
    throw new Refused(invalid('coupon_code is too long'));
  if (needs === 'coupon_code') return { kind: 'code', text: text || 'Copy code', target: value };
  if (url?.startsWith('https://www.whatsapp.com/otp/')) return { kind: 'code', text, target: value };
  return { kind: 'url', text, target: (url ?? '').replace(PLACEHOLDER, () => value) };
}

function parameterless(index: number, kind: string): GraphError {
  const details = `buttons: Button at index ${index} of type ${kind} requires a parameter`;
  return graphError(400, 131_008, '(#131008) Required parameter is missing', { details });
}

function miscounted(part: string, given: number, expected: number): GraphError {
  const details = `${part}: number of localizable_params (${given}) does not match the expected number of params (${expected})`;
  return graphError(
    400,
    132_000,
    '(#132000) Number of parameters does not match the expected number of params',
    { details },
  );
}

function formatError(details: string): GraphError {
  return graphError(
    400,
    132_012,
    '(#132012) Parameter format does not match format in the created template',
    { details },
  );
}

function parametersOf(component: Fields | undefined): readonly Fields[] {
  const parameters = component?.['parameters'];
  return Array.isArray(parameters) ? parameters.map(fieldsOf) : [];
}

function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : {};
}

function lower(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}
