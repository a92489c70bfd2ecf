import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { ContactCard, Content, ContentKind, MediaContent, OrderLine } from '../../model/index.js';
import { fileSize, money } from './amounts.js';
import { countOfCards, replyText } from './content-folding.js';
import { contentIcon } from './content-icon.js';
import type { ContentIconName } from './content-icon.js';
import { filePlace } from './file-place.js';
import { formattedText, phoneNumber, withPhones } from './formatted-text.js';
import { interactiveView } from './interactive-view.js';
import { note } from './message-content.js';
import type { ViewContext } from './message-content.js';
import { shownEmoji, shownName } from './names.js';
import { technicalDetails } from './technical-details.js';

export { foldedContent } from './content-folding.js';
export { contentStyles as styles } from './content-views.styles.js';
export { changedMessageView } from './message-history.js';
export { reactionsView, reactionTroubleView } from './reactions-view.js';
export { unsentFile, uploadView } from './upload-view.js';

type OfKind<C, K> = C extends { readonly kind: infer Kinds } ? (K extends Kinds ? C : never) : never;

type Views = {
  readonly [K in Exclude<ContentKind, 'text'>]: (
    content: OfKind<Content, K>,
    context: ViewContext,
  ) => TemplateResult;
};

/** One view for each kind of content that is not text: a kind without a view does not compile. */
const VIEWS: Views = {
  image: (content, context) => media('image', content, context),
  video: (content, context) => media('video', content, context),
  audio: (content, context) => media(content.voice ? 'voice' : 'audio', content, context),
  document: (content, context) => media('file', content, context),
  sticker: (content, context) => media('sticker', content, context),
  location: (content, context) =>
    card('location', content.name ? isolated(content.name) : context.words.t('content.location'), context, [
      content.address && isolated(content.address),
      coordinates(content.latitude, content.longitude),
      mapLink(content.latitude, content.longitude, context.words),
    ]),
  contacts: ({ cards }, context) =>
    card(
      'contact',
      context.words.t('message.kind.contacts', { count: countOfCards(cards) }),
      context,
      cards.map(cardLine),
    ),
  reaction: ({ emoji }, context) =>
    emoji === null
      ? note(contentIcon('emoji', 16), context.words.t('message.kind.reaction-removed'), context)
      : html`<p class="small muted">
          <span class="reaction">${shownEmoji(emoji)}</span
          >${context.words.t('message.kind.reaction')}${context.tail.room}${context.tail.shown}
        </p>`,
  reply: (content, context) =>
    html`<p class="kind small muted">
        ${contentIcon(content.source === 'button' ? 'tap' : 'form', 14)}
        ${context.words.tOr(`message.kind.reply-${content.source}`, content.source)}
      </p>
      <div class="content">${formattedText(replyText(content), context.words, context.tail)}</div>`,
  order: ({ itemCount, items, text }, context) =>
    card(
      'order',
      context.words.t('message.kind.order', { count: itemCount }),
      context,
      items.map((line) => orderLine(line, context.words)),
      text,
    ),
  template: ({ header, body, footer, buttons, above }, { words, tail, at }) =>
    html`<p class="kind small muted">${contentIcon('file', 14)} ${words.t('message.kind.template')}</p>
      ${above ? otherContentView(above, { words, at, tail: { shown: nothing, room: nothing } }) : nothing}
      ${header ? html`<p class="strong" dir="auto">${shownName(header)}</p>` : nothing}
      <div class="content">${formattedText(body, words, { shown: nothing, room: nothing })}</div>
      ${footer ? html`<p class="small muted" dir="auto">${shownName(footer)}</p>` : nothing}
      ${buttons.map((label) => html`<p class="kind small muted">${contentIcon('tap', 14)} <bdi>${shownName(label)}</bdi></p>`)}
      <div class="tail-line">${tail.shown}</div>`,
  interactive: interactiveView,
  system: ({ text }, context) =>
    html`<p class="small muted">
      <bdi>${withPhones(text)}</bdi> · <span class="said">${context.tail.shown}</span>
    </p>`,
  edited: ({ text }, context) =>
    text === null
      ? note(contentIcon('edit', 16), context.words.t('message.kind.edited'), context)
      : html`<p class="kind small muted">
            ${contentIcon('edit', 14)} ${context.words.t('message.kind.edited')}
          </p>
          <div class="content">${formattedText(text, context.words, context.tail)}</div>`,
  deleted: (_content, context) =>
    note(contentIcon('deleted', 16), context.words.t('message.kind.deleted'), context),
  unsupported: ({ label, detail, code }, context) =>
    card('no-message', context.words.t('message.kind.unsupported'), context, [
      technical(
        context.words,
        context.words.t('message.label', { label }),
        errorLine(code, detail, context.words),
      ),
    ]),
};

/** The view of a content that is not text. What a newer gateway calls by a name not known here is shown as such, never dropped. */
export function otherContentView(content: Content, context: ViewContext): TemplateResult {
  const view = Object.hasOwn(VIEWS, content.kind)
    ? (VIEWS[content.kind as keyof Views] as (content: Content, context: ViewContext) => TemplateResult)
    : null;
  const label = String(content.kind);
  return view
    ? view(content, context)
    : VIEWS.unsupported({ kind: 'unsupported', label, detail: null, code: null }, context);
}

type Line = TemplateResult | string | null;

/** An icon beside a title and what else is known; a caption below as text of its own. */
function card(
  name: ContentIconName,
  title: TemplateResult | string,
  context: ViewContext,
  lines: readonly Line[],
  caption: string | null = null,
): TemplateResult {
  return html`<div class="card" part="card">
      <span class="card-icon">${contentIcon(name)}</span>
      <div class="card-text">
        <p class="card-title">${title}</p>
        ${lines.map((line) => (line ? html`<div class="card-line small muted">${line}</div>` : nothing))}
      </div>
    </div>
    ${
      caption
        ? html`<div class="content">${formattedText(caption, context.words, context.tail)}</div>`
        : html`<div class="tail-line">${context.tail.shown}</div>`
    }`;
}

/** A file in its place; of one that is not to be had, what is known. */
function media(name: ContentIconName, content: MediaContent, context: ViewContext): TemplateResult {
  const { status } = content;
  return status === 'refused' || status === 'gone'
    ? missingFile(name, content, context)
    : filePlace(content, context);
}

function missingFile(name: ContentIconName, content: MediaContent, context: ViewContext): TemplateResult {
  const { words } = context;
  const { status, error, bytes, fileName, mimeType } = content;
  const kind = words.tOr(`message.kind.${name}`, words.t(`content.${content.kind}`));
  const size = bytes === null ? null : fileSize(words, bytes);
  const lines = [
    [fileName ? kind : null, size].filter(Boolean).join(' · '),
    words.t(status === 'gone' ? 'message.media-gone' : 'message.media-missing'),
    error && technical(words, errorLine(error.code, error.detail, words), mimeType),
  ];
  return card(name, fileName ? isolated(fileName) : kind, context, lines, content.caption);
}

/** A name of someone or something in a line of ours, in its own direction. */
function isolated(name: string): TemplateResult {
  const shown = shownName(name);
  return html`<bdi title=${shown}>${shown}</bdi>`;
}

/** Codes, types and words of another system: only on request. */
function technical(words: Localizer, ...facts: readonly (string | null)[]): TemplateResult | null {
  const known = facts.filter(Boolean);
  return known.length === 0 ? null : technicalDetails(known.join(' · '), words);
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

/** A person on one line, each part in its own direction. */
function cardLine({ name, organization, phones, emails }: ContactCard): TemplateResult {
  const parts = [
    isolated(name),
    ...(organization ? [isolated(organization)] : []),
    ...phones.map(({ phone }) => phoneNumber(shownName(phone))),
    ...emails.map(({ email }) => isolated(email)),
  ];
  return html`${parts.map((part, i) => html`${i === 0 ? nothing : ' · '}${part}`)}`;
}

function orderLine({ product, quantity, price, currency }: OrderLine, words: Localizer): TemplateResult {
  const each = price === null ? nothing : ` · ${money(words, price, currency && shownName(currency))}`;
  return html`${words.number(quantity)} × ${isolated(product)}${each}`;
}

/** WhatsApp's own words about what is missing. */
function errorLine(code: number | null, detail: string | null, words: Localizer): string | null {
  if (code === null) return detail;
  // WhatsApp's words are English, the line is the agent's.
  const own = detail && `\u2068${detail}\u2069`;
  return [words.t('message.code', { code: String(code) }), own].filter(Boolean).join(' · ');
}
