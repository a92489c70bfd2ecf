import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Key, Localizer } from '../../i18n/index.js';
import type { MessagePreview } from '../../model/index.js';
import { renderCut } from './cut.js';

const KINDS: {
  readonly [K in MessagePreview['kind']]: Extract<Key, `content.${string}`>;
} = {
  text: 'content.other',
  interactive: 'content.other',
  system: 'content.other',
  reply: 'content.other',
  image: 'content.image',
  video: 'content.video',
  audio: 'content.audio',
  document: 'content.document',
  sticker: 'content.sticker',
  location: 'content.location',
  contacts: 'content.contacts',
  reaction: 'content.reaction',
  order: 'content.order',
  template: 'content.other',
  edited: 'content.edited',
  deleted: 'content.deleted',
  unsupported: 'content.other',
};

/** What a message says in a line: its text, or what kind of message it is. */
export function previewText(
  localizer: Pick<Localizer, 't'>,
  { kind, text }: Pick<MessagePreview, 'kind' | 'text'>,
): string {
  return text?.trim() || localizer.t(KINDS[kind]);
}

/** The last message of an interaction in one line: who wrote it, when that was the agent, and its text or what kind of message it was. */
export function renderPreview(
  localizer: Pick<Localizer, 't'>,
  preview: MessagePreview | null,
): TemplateResult {
  if (!preview) return renderLast(localizer.t('content.none'));
  // Apart from the text, so that each is cut off in its own direction.
  const own =
    preview.direction === 'outbound'
      ? html`<span class="from">${`${localizer.t('content.from-us')} `}</span>`
      : nothing;
  return html`${own}${renderLast(previewText(localizer, preview))}`;
}

function renderLast(text: string): TemplateResult {
  return html`<span class="last cut">${renderCut(text)}</span>`;
}
