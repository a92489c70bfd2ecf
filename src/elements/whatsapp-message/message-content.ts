import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import { contentText, isEmojiOnly } from '../../model/index.js';
import type { Content, Message } from '../../model/index.js';
import { icon, moreIcon } from '../base/index.js';
import { foldedText } from './folding.js';
import { formattedText } from './formatted-text.js';
import type { Tail } from './formatted-text.js';
import { OnDemand } from './on-demand.js';

/** What views of content are given besides the content. */
export interface ViewContext {
  readonly words: Localizer;
  readonly tail: Tail;
  /** When the message came, in milliseconds since the epoch. */
  readonly at: number;
}

/** How everything is shown that is not plain text. */
export const contentViews = new OnDemand(() => import('./content-views.js'));

/** The view of a content: of one that is not text, until its view is there, what it says in a line. */
export function contentView(content: Content, context: ViewContext): TemplateResult {
  if (content.kind === 'text') return textView(content.text, context);
  const views = contentViews.get();
  if (views) return views.otherContentView(content, context);
  return note(icon('message', 16), contentText(content) || context.words.t('content.other'), context);
}

/** A content with what is long of it folded; null when there is nothing to fold. */
export function foldedContent(content: Content): Content | null {
  if (content.kind !== 'text') return contentViews.get()?.foldedContent(content) ?? null;
  const text = foldedText(content.text);
  return text === null ? null : { ...content, text };
}

/** The view of a message that was edited or deleted; until what it said before can be shown, only that it was. */
export function changedView(message: Message, context: ViewContext): TemplateResult {
  const views = contentViews.get();
  if (views) return views.changedMessageView(message, context);
  if (message.deletedAt !== null)
    return note(moreIcon('deleted', 16), context.words.t('message.deleted'), context);
  return html`${contentView(message.content, context)}
    <p class="small muted">${context.words.t('message.edited')}</p>`;
}

/** One muted line: something that happened rather than something said. */
export function note(
  mark: TemplateResult,
  text: TemplateResult | string,
  context: ViewContext,
): TemplateResult {
  return html`<div class="note muted">
    ${mark}
    <p>${text}${context.tail.room}${context.tail.shown}</p>
  </div>`;
}

function textView(text: string, context: ViewContext): TemplateResult {
  return html`<div class=${isEmojiOnly(text) ? 'content emoji' : 'content'}>
    ${formattedText(text, context.words, context.tail)}
  </div>`;
}
