import type { Key, Localizer } from '../../i18n/index.js';
import type { MessagePreview } from '../../model/index.js';

const KINDS: {
  readonly [K in MessagePreview['kind']]: Exclude<Extract<Key, `content.${string}`>, 'content.from-us'>;
} = {
  text: 'content.other',
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
  edited: 'content.edited',
  deleted: 'content.deleted',
  unsupported: 'content.other',
};

/** The last message of an interaction in one line: its text, or what kind of message it was. */
export function previewText(localizer: Pick<Localizer, 't'>, preview: MessagePreview | null): string {
  if (!preview) return localizer.t('content.none');
  const text = preview.text?.trim() || localizer.t(KINDS[preview.kind]);
  return preview.direction === 'outbound' ? localizer.t('content.from-us', { text }) : text;
}
