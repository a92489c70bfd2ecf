import type { Localizer } from '../../i18n/index.js';
import { contactAddress, contactLabel } from '../../model/index.js';
import type { Contact, TranscriptItem } from '../../model/index.js';
import { exportedLines } from './exported-lines.js';
import type { ExportedLine } from './exported-lines.js';

/** A whole conversation. */
export interface Conversation {
  readonly contact: Contact;
  /** Oldest first. */
  readonly items: readonly TranscriptItem[];
}

/** As plain text, a line for each message and one for each day. */
export function asPlainText({ contact, items }: Conversation, words: Localizer): string {
  const lines = byDay(exportedLines(items, contact, words), words).flatMap(([day, ofDay]) => [
    day,
    ...ofDay.map((line) => [firstLine(line, words), ...line.remarks.map((one) => `  — ${one}`)].join('\n')),
    '',
  ]);
  return [titleOf(contact, words), '', ...lines].join('\n');
}

function firstLine({ at, author, text }: ExportedLine, words: Localizer): string {
  return `${words.time(at)} ${author === null ? '· ' : `${author}: `}${text}`;
}

/** As the contact centre tells it, for programs. Instants of messages are milliseconds since the epoch. */
export function asJson({ contact, items }: Conversation, now: number): string {
  return JSON.stringify(
    { format: 'whatsapp-workspace-transcript', version: 1, exportedAt: now, contact, items },
    null,
    2,
  );
}

/** As a page that needs nothing beside itself, and may load nothing. */
export function asPage(conversation: Conversation, words: Localizer): string {
  const page = document.implementation.createHTMLDocument(titleOf(conversation.contact, words));
  const meta = (attributes: Readonly<Record<string, string>>): HTMLElement =>
    withAttributes(page.createElement('meta'), attributes);
  const style = page.createElement('style');
  style.textContent = PAGE_STYLES;
  page.head.prepend(
    meta({ charset: 'utf-8' }),
    meta({
      'http-equiv': 'Content-Security-Policy',
      content: "default-src 'none'; style-src 'unsafe-inline'",
    }),
    meta({ name: 'viewport', content: 'width=device-width' }),
  );
  page.head.append(style);
  fillPage(page, conversation, words);
  // oxlint-disable-next-line no-restricted-properties -- It is read, not set.
  return `<!doctype html>\n${page.documentElement.outerHTML}`;
}

/** Puts a conversation into an empty document. What people wrote is text there, whatever it looks like. */
export function fillPage(page: Document, { contact, items }: Conversation, words: Localizer): void {
  withAttributes(page.documentElement, { lang: words.locale, dir: words.direction });
  const add = (parent: Element, tag: string, text: string, className = ''): Element => {
    const element = page.createElement(tag);
    element.textContent = text;
    if (className !== '') element.className = className;
    parent.append(element);
    return element;
  };
  add(page.body, 'h1', titleOf(contact, words));
  for (const [day, lines] of byDay(exportedLines(items, contact, words), words)) {
    add(page.body, 'h2', day);
    for (const { at, author, own, text, remarks } of lines) {
      const entry = add(page.body, 'article', '', author === null ? 'notice' : own ? 'own' : '');
      const head = add(entry, 'p', '', 'head');
      if (author !== null) add(head, 'bdi', author);
      withAttributes(add(head, 'time', words.time(at)), { datetime: new Date(at).toISOString() });
      withAttributes(add(entry, 'p', text, 'text'), { dir: 'auto' });
      for (const remark of remarks) withAttributes(add(entry, 'p', remark, 'remark'), { dir: 'auto' });
    }
  }
}

/** What the page looks like, on a screen and on paper. */
export const PAGE_STYLES = `
body { max-width: 720px; margin: 24px auto; padding: 0 16px; color: #111b21; background: #fff; font: 15px/1.4 system-ui, sans-serif; }
h1 { font-size: 20px; overflow-wrap: anywhere; }
h2 { margin: 24px 0 8px; color: #54656f; font-size: 13px; text-align: center; }
article { width: fit-content; max-width: 85%; margin: 0 0 8px; padding: 6px 10px; border: 1px solid #d1d7db; border-radius: 8px; break-inside: avoid; }
article.own { margin-inline-start: auto; background: #e7fcdc; }
article.notice { max-width: none; margin-inline: auto; border: 0; color: #54656f; font-size: 13px; text-align: center; }
p { margin: 0; }
.head { display: flex; gap: 12px; justify-content: space-between; color: #54656f; font-size: 12px; }
.text { overflow-wrap: anywhere; white-space: pre-wrap; }
.remark { overflow-wrap: anywhere; color: #54656f; font-size: 12px; white-space: pre-wrap; }
`;

export function titleOf(contact: Contact, words: Localizer): string {
  const label = contactLabel(contact);
  const address = contactAddress(contact);
  return words.t('export.title', { contact: label === address ? label : `${label} (${address})` });
}

function byDay(
  lines: readonly ExportedLine[],
  words: Localizer,
): readonly (readonly [day: string, lines: readonly ExportedLine[]])[] {
  const days: (readonly [string, ExportedLine[]])[] = [];
  for (const line of lines) {
    const day = words.date(line.at);
    const last = days.at(-1);
    if (last?.[0] === day) last[1].push(line);
    else days.push([day, [line]]);
  }
  return days;
}

function withAttributes<E extends Element>(element: E, attributes: Readonly<Record<string, string>>): E {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
