import type { MediaRef, OutboundContent, OutboundMedia } from 'whatsapp-workspace/model';
import type { SendResult, Sendable, SendableMedia } from '../cloud-api/index.js';
import type { Lease } from '../store/outbox.js';

/**
 * Finds what WhatsApp knows a file of ours by, on one business number (`mediaId`), or tells why there is no such id: WhatsApp does not take the file, is not to be
 * reached now, or nothing goes over the number. It is never in doubt: a file may be handed over twice.
 */
export type FindMedia = (media: MediaRef, channel: string) => Promise<{ readonly mediaId: string } | NotSent>;

/** Nothing of the message has left. */
export type NotSent = Extract<SendResult, { readonly outcome: 'refused' | 'retry' | 'blocked' }>;

/** A leased message with WhatsApp's ids in place of ours, or what becomes of it without them. */
export type Resolved = { readonly content: Sendable; readonly replyTo: string | null } | NotSent;

/**
 * Puts WhatsApp's ids in place of ours. Not before it is sent: the target's id may have come only a moment ago. An answer whose target WhatsApp does not
 * know goes without its quotation, a reaction does not go.
 */
export async function resolve(lease: Lease, findMedia: FindMedia): Promise<Resolved> {
  const { content, target, channel } = lease;
  switch (content.kind) {
    case 'media': {
      if (!content.media) return refused('The file of this message was never uploaded.');
      const found = await findMedia(content.media, channel);
      return 'outcome' in found ? found : { content: sendableMedia(content, found.mediaId), replyTo: target };
    }
    case 'reaction':
      if (target === null) return refused('WhatsApp does not know the message reacted to.');
      return { content: { kind: 'reaction', target, emoji: content.emoji }, replyTo: null };
    default:
      return isKnown(content)
        ? { content, replyTo: target }
        : refused('A newer gateway took this message: this one does not know its kind.');
  }
}

function sendableMedia({ as, caption, fileName }: OutboundMedia, mediaId: string): SendableMedia {
  const voice = as === 'voice';
  return { kind: 'media', type: voice ? 'audio' : as, mediaId, caption, fileName, voice };
}

function refused(detail: string): NotSent {
  return { outcome: 'refused', error: { code: null, detail } };
}

type Plain = Exclude<OutboundContent, { readonly kind: 'media' | 'reaction' }>;

/** The database may hold what a newer gateway has written. */
function isKnown({ kind }: Plain): boolean {
  return ['text', 'template', 'location', 'contacts', 'interactive'].includes(kind);
}
