import type { Refusal, RefusalKind } from './command.js';
import { isMedia, mediaContent } from './content.js';
import type { Content } from './content.js';
import { fileLimits } from './file-limits.js';
import { interactiveFault } from './interactive.js';
import type {
  OutboundContactCards,
  OutboundContent,
  OutboundMedia,
  OutboundTemplate,
} from './outbound-content.js';
import type { Policy } from './policy.js';
import type { Template, TemplateValues } from './template.js';
import { templateContent, templateFault, valueFaults } from './template-content.js';
import { textLength } from './text.js';

/** A file that an agent may send, by what the contact centre found in it. */
export interface OwnFile {
  /** May carry parameters. */
  readonly mimeType: string;
  readonly bytes: number;
  /** In pixels; null where it has none, or it is not known. */
  readonly width: number | null;
  readonly height: number | null;
}

/** What is needed to judge what an agent sends. */
export interface ContentFacts {
  readonly policy: Policy;
  readonly file: OwnFile | null;
  readonly template: Template | null;
}

export type ShownContent =
  { readonly ok: true; readonly content: Content } | { readonly ok: false; readonly error: Refusal };

/** The longest caption, in characters (code points), as the Cloud API counts. */
export const CAPTION_LIMIT = 1024;

/** What the transcript shows of what an agent sends, or why it cannot be sent. */
export function shownContent(content: OutboundContent, facts: ContentFacts): ShownContent {
  switch (content.kind) {
    case 'text': {
      const { text } = content;
      if (text.trim() === '') return refuse('text-empty', 'The message has no text.');
      return tooLong(text, facts.policy.textLimit, 'message') ?? { ok: true, content };
    }
    case 'media':
      return shownMedia(content, facts);
    case 'location':
      return { ok: true, content: { ...content, url: null } };
    case 'contacts':
      return cardsFault(content) ?? { ok: true, content };
    case 'template':
      return shownTemplate(content, facts);
    case 'interactive': {
      const fault = interactiveFault(content);
      return fault === null ? { ok: true, content } : refuse('invalid', fault);
    }
    default:
      return refuse('unsupported', `This contact centre does not send messages of the kind ${content.kind}.`);
  }
}

function shownMedia(sent: OutboundMedia, { file, policy }: ContentFacts): ShownContent {
  const { as, media, fileName, caption } = sent;
  if (!media || !file) return refuse('not-found', 'There is no such file that this agent may send.');
  const voice = as === 'voice';
  const kind = voice ? 'audio' : as;
  const { types, bytes } = fileLimits(policy.files)[kind];
  const [type = ''] = file.mimeType.split(';', 1);
  if (!types.includes(type.trim()))
    return refuse('invalid', `A file of the type ${type} is not sent as ${kind}.`);
  if (file.bytes > bytes)
    return refuse('invalid', `The file has ${file.bytes} bytes; as ${kind} ${bytes} are sent.`);
  if (caption !== null && (kind === 'audio' || kind === 'sticker'))
    return refuse('invalid', `WhatsApp takes no caption with ${kind}.`);
  const long = caption === null ? null : tooLong(caption, CAPTION_LIMIT, 'caption');
  const { mimeType, width, height } = file;
  const known = { media, status: 'stored', mimeType, bytes: file.bytes, width, height } as const;
  return long ?? { ok: true, content: mediaContent(kind, { ...known, fileName, caption, voice }) };
}

function shownTemplate(sent: OutboundTemplate, facts: ContentFacts): ShownContent {
  const { template } = facts;
  const { header = null, values } = sent;
  if (!template) return refuse('not-found', 'The business account has no such template.');
  const fault = templateFault(template, header) ?? valuesFault(template, values);
  if (fault !== null) return refuse('invalid', fault);
  const content = templateContent(template, values);
  if (header === null) return { ok: true, content };
  if (header.kind === 'location')
    return { ok: true, content: { ...content, above: { ...header, url: null } } };
  const as = template.header?.kind === 'media' ? template.header.as : 'document';
  const { media, fileName } = header;
  const above = shownMedia({ kind: 'media', as, upload: media.id, media, fileName, caption: null }, facts);
  if (!above.ok) return above;
  return isMedia(above.content) ? { ok: true, content: { ...content, above: above.content } } : above;
}

function valuesFault(template: Template, values: TemplateValues): string | null {
  const [first] = valueFaults(template, values);
  if (!first) return null;
  const { parameter, fault } = first;
  return `The value ${parameter.key} of the ${parameter.part} does not fit: ${fault.why}.`;
}

function cardsFault({ cards }: OutboundContactCards): ShownContent | null {
  if (cards.length === 0) return refuse('invalid', 'There is no contact card in the message.');
  return cards.some(({ name }) => name.trim() === '')
    ? refuse('invalid', 'WhatsApp takes no contact card without a name.')
    : null;
}

function tooLong(text: string, limit: number, what: string): ShownContent | null {
  const length = textLength(text);
  if (length <= limit) return null;
  return refuse('text-too-long', `The ${what} has ${length} characters; WhatsApp takes ${limit}.`);
}

function refuse(kind: RefusalKind, sentence: string): ShownContent {
  return { ok: false, error: { kind, sentence, retryable: false } };
}
