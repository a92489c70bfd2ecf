import type { Localizer } from '../../i18n/index.js';
import { contactLabel } from '../../model/index.js';
import type { Contact, Content, Message, TranscriptItem } from '../../model/index.js';
import { previewText } from '../base/index.js';
import { shownName } from '../whatsapp-message/names.js';
import { mergeText } from '../whatsapp-transcript/merge-text.js';

/** One message or notice of a conversation, as people read it. */
export interface ExportedLine {
  readonly at: number;
  /** Who wrote it; null for what nobody wrote. */
  readonly author: string | null;
  readonly own: boolean;
  readonly text: string;
  /** What else there is to know: that it was edited, what it answers, who reacted. */
  readonly remarks: readonly string[];
}

/** What each item says, oldest first. */
export function exportedLines(
  items: readonly TranscriptItem[],
  contact: Contact,
  words: Localizer,
): readonly ExportedLine[] {
  const messages = new Map(
    items.flatMap((item) => (item.kind === 'message' ? [[item.id, item.message] as const] : [])),
  );
  const nameOf = ({ direction, author }: Message): string =>
    direction === 'inbound' ? contactLabel(contact) : shownName(author?.name ?? words.t('export.business'));
  return items.map((item): ExportedLine => {
    const { at } = item;
    switch (item.kind) {
      case 'message': {
        const { message } = item;
        const answered = messages.get(message.context?.replyTo ?? '');
        return {
          at,
          author: message.content.kind === 'system' ? null : nameOf(message),
          own: message.direction === 'outbound',
          text: said(message, words),
          remarks: remarksOn(message, answered && `${nameOf(answered)}: ${said(answered, words)}`, words),
        };
      }
      case 'session':
        return notice(at, words.tOr(`transcript.session-${item.session.direction}`, item.session.direction));
      case 'merge':
        return notice(at, mergeText(item.contacts, words));
      case 'unknown-event':
        return notice(at, words.t('transcript.unknown'));
    }
  });
}

function notice(at: number, text: string): ExportedLine {
  return { at, author: null, own: false, text, remarks: [] };
}

function said({ content, deletedAt, direction }: Message, words: Localizer): string {
  if (deletedAt !== null)
    return words.t(direction === 'inbound' ? 'message.deleted-contact' : 'message.deleted');
  if (content.kind === 'text' || content.kind === 'system') return content.text;
  const kind = previewText(words, { kind: content.kind, text: null });
  return [`[${kind}]`, ...detailsOf(content)].join('\n');
}

/** What a message that is no text has to say, line by line. */
function detailsOf(content: Content): readonly string[] {
  return linesOf(content).filter((line): line is string => Boolean(line));
}

function linesOf(content: Content): readonly (string | null)[] {
  switch (content.kind) {
    case 'text':
    case 'system':
    case 'edited':
      return [content.text];
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return [content.fileName && shownName(content.fileName), content.caption];
    case 'location':
      return [
        content.name,
        content.address,
        content.url ?? `${String(content.latitude)}, ${String(content.longitude)}`,
      ];
    case 'contacts':
      return content.cards.map(({ name, phones }) =>
        [shownName(name), ...phones.map(({ phone }) => phone)].join(' · '),
      );
    case 'reaction':
      return [content.emoji];
    case 'reply':
      return [
        content.title,
        content.description,
        ...content.fields.map(({ name, value }) => `${name}: ${value}`),
      ];
    case 'order':
      return [
        content.text,
        ...content.items.map(({ product, quantity, price, currency }) =>
          [
            `${String(quantity)} × ${product}`,
            price === null ? '' : `${String(price)} ${currency ?? ''}`.trim(),
          ]
            .filter(Boolean)
            .join(' · '),
        ),
      ];
    case 'template':
      return [content.header, content.body, content.footer, ...content.buttons.map((text) => `[${text}]`)];
    case 'interactive':
      return [content.header, content.body, content.footer, ...choices(content.action)];
    case 'deleted':
      return [];
    case 'unsupported':
      return [content.label, content.detail];
  }
}

function choices(action: Extract<Content, { kind: 'interactive' }>['action']): readonly string[] {
  return action.kind === 'buttons'
    ? action.buttons.map(({ title }) => `[${title}]`)
    : action.sections.flatMap(({ title, rows }) => [
        ...(title === null ? [] : [title]),
        ...rows.map((row) => `[${row.title}]`),
      ]);
}

function remarksOn(
  { context, editedAt, former, reactions, delivery }: Message,
  answered: string | undefined,
  words: Localizer,
): readonly string[] {
  return [
    ...(answered === undefined ? [] : [words.t('export.answers', { message: answered })]),
    ...(context?.forwarded ? [words.t('message.forwarded')] : []),
    ...(editedAt === null
      ? []
      : [words.t('message.edited'), ...former.map(({ text }) => words.t('export.former', { text }))]),
    ...reactions.flatMap(({ emoji, by }) =>
      emoji === null
        ? []
        : [by === null ? emoji : `${emoji} ${words.t('message.reacted', { name: by.name })}`],
    ),
    ...(delivery?.state === 'failed' ? [words.t('message.state.failed')] : []),
    ...(delivery?.state === 'unknown' ? [words.t('message.state.unknown')] : []),
  ];
}
