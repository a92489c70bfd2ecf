import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import { isEmojiOnly } from '../../model/index.js';
import type { Content, ContentKind, MediaContent } from '../../model/index.js';
import { icon } from '../base/index.js';
import type { IconName } from '../base/index.js';
import { formattedText } from './formatted-text.js';
import type { Tail } from './formatted-text.js';

/** What views of content are given besides the content. */
export interface ViewContext {
  readonly words: Localizer;
  readonly tail: Tail;
}

type OfKind<C, K> = C extends { readonly kind: infer Kinds } ? (K extends Kinds ? C : never) : never;

type Views = {
  readonly [K in ContentKind]: (content: OfKind<Content, K>, context: ViewContext) => TemplateResult;
};

/** One view for each kind of content: a kind without a view does not compile. */
const VIEWS: Views = {
  text: ({ text }, context) =>
    html`<div class=${isEmojiOnly(text) ? 'content emoji' : 'content'}>
      ${formattedText(text, context.words, context.tail)}
    </div>`,
  image: (content, context) => media('image', context.words.t('content.image'), content, context),
  video: (content, context) => media('video', context.words.t('content.video'), content, context),
  audio: (content, context) =>
    content.voice
      ? media('voice', context.words.t('message.kind.voice'), content, context)
      : media('audio', context.words.t('message.kind.audio'), content, context),
  document: (content, context) => media('file', context.words.t('content.document'), content, context),
  sticker: (content, context) => media('sticker', context.words.t('content.sticker'), content, context),
  location: (content, context) =>
    card('location', content.name ?? context.words.t('content.location'), context, [
      content.address,
      coordinates(content.latitude, content.longitude),
      mapLink(content.latitude, content.longitude, context.words),
    ]),
  contacts: ({ names }, context) =>
    card(
      'contact',
      context.words.t('message.kind.contacts', { count: names.length }),
      context,
      names.map(plain),
    ),
  reaction: ({ emoji }, context) =>
    emoji === null
      ? note('emoji', context.words.t('message.kind.reaction-removed'), context)
      : html`<p class="small muted">
          <span class="reaction">${emoji}</span
          >${context.words.t('message.kind.reaction')}${context.tail.room}${context.tail.shown}
        </p>`,
  reply: (content, context) =>
    html`<p class="kind small muted">
        ${icon(content.source === 'button' ? 'tap' : 'form', 14)}
        ${context.words.t(`message.kind.reply-${content.source}`)}
      </p>
      <div class="content">
        ${formattedText(joined(content.title, content.description), context.words, context.tail)}
      </div>`,
  order: ({ itemCount, text }, context) =>
    card('order', context.words.t('message.kind.order', { count: itemCount }), context, [], text),
  system: ({ text }, context) =>
    html`<p class="small muted"><bdi>${text}</bdi> <span class="said">${context.tail.shown}</span></p>`,
  edited: ({ text }, context) =>
    text === null
      ? note('edit', context.words.t('message.kind.edited'), context)
      : html`<p class="kind small muted">${icon('edit', 14)} ${context.words.t('message.kind.edited')}</p>
          <div class="content">${formattedText(text, context.words, context.tail)}</div>`,
  deleted: (_content, context) => note('deleted', context.words.t('message.kind.deleted'), context),
  unsupported: ({ label, detail }, context) =>
    card('no-message', context.words.t('message.kind.unsupported'), context, [
      context.words.t('message.label', { label }),
      detail,
    ]),
};

/** The view of a content. What a newer gateway calls by a name not known here is shown as such, never dropped. */
export function contentView(content: Content, context: ViewContext): TemplateResult {
  const view = VIEWS[content.kind] as
    ((content: Content, context: ViewContext) => TemplateResult) | undefined;
  return view
    ? view(content, context)
    : VIEWS.unsupported({ kind: 'unsupported', label: String(content.kind), detail: null }, context);
}

type Line = TemplateResult | string | null;

/** An icon beside a title and what else is known; a caption below as text of its own. */
function card(
  name: IconName,
  title: TemplateResult | string,
  context: ViewContext,
  lines: readonly Line[],
  caption: string | null = null,
): TemplateResult {
  return html`<div class="card" part="card">
      <span class="card-icon">${icon(name)}</span>
      <div class="card-text">
        <p class="card-title" dir="auto">${title}</p>
        ${lines.map((line) => (line ? html`<p class="small muted" dir="auto">${line}</p>` : nothing))}
      </div>
    </div>
    ${
      caption
        ? html`<div class="content">${formattedText(caption, context.words, context.tail)}</div>`
        : html`<div class="tail-line">${context.tail.shown}</div>`
    }`;
}

/** One muted line: something that happened rather than something said. */
function note(name: IconName, text: TemplateResult | string, context: ViewContext): TemplateResult {
  return html`<div class="note muted">
    ${icon(name, 16)}
    <p>${text}${context.tail.room}${context.tail.shown}</p>
  </div>`;
}

function media(name: IconName, kind: string, content: MediaContent, context: ViewContext): TemplateResult {
  const title = content.fileName ? html`<bdi>${plain(content.fileName)}</bdi>` : kind;
  const type = [content.fileName ? kind : null, content.mimeType?.split(';')[0]].filter(Boolean).join(' · ');
  const state = context.words.t(content.mediaId === null ? 'message.media-missing' : 'message.media-later');
  return card(name, title, context, [type, state], content.caption);
}

function mapLink(latitude: number, longitude: number, words: Localizer): TemplateResult | null {
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return null;
  const href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return html`<a
    href=${href}
    target="_blank"
    rel="noopener noreferrer nofollow"
    referrerpolicy="no-referrer"
    part="link"
    >${words.t('message.map')}<span class="visually-hidden"> (${words.t('message.opens-tab')})</span></a
  >`;
}

function coordinates(latitude: number, longitude: number): TemplateResult {
  return html`<span dir="ltr" class="numbers">${latitude.toFixed(5)}, ${longitude.toFixed(5)}</span>`;
}

function joined(title: string, description: string | null): string {
  return description ? `${title}\n${description}` : title;
}

// Marks that turn the direction of text make `exe.fdp` of `pdf.exe`; in names of files and people they have no business.
function plain(name: string): string {
  return name.replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '');
}
