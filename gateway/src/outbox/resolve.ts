import { templateFault, valueFaults } from 'whatsapp-workspace/model';
import type {
  MediaRef,
  OutboundContent,
  OutboundMedia,
  OutboundTemplate,
  Template,
} from 'whatsapp-workspace/model';
import type { SendResult, Sendable, SendableMedia } from '../cloud-api/index.js';
import type { Lease } from '../store/outbox.js';

/**
 * Finds what WhatsApp knows a file of ours by, on one business number (`mediaId`), or tells why there is no such id: WhatsApp does not take the file, is not to be
 * reached now, or nothing goes over the number. It is never in doubt: a file may be handed over twice.
 */
export type FindMedia = (media: MediaRef, channel: string) => Promise<{ readonly mediaId: string } | NotSent>;

/** A template of the business account that a number belongs to, as it is by now; null when there is no such. */
export type FindTemplate = (template: OutboundTemplate, channel: string) => Promise<Template | null>;

/** What a message needs before it can go. */
export interface Finders {
  readonly findMedia: FindMedia;
  readonly findTemplate: FindTemplate;
}

/** Nothing of the message has left. */
export type NotSent = Extract<SendResult, { readonly outcome: 'refused' | 'retry' | 'blocked' }>;

/** A leased message with WhatsApp's ids in place of ours, or what becomes of it without them. */
export type Resolved = { readonly content: Sendable; readonly replyTo: string | null } | NotSent;

/**
 * Puts WhatsApp's ids in place of ours. Not before it is sent: the target's id may have come only a moment ago. An answer whose target WhatsApp does not
 * know goes without its quotation, a reaction does not go.
 */
export async function resolve(lease: Lease, finders: Finders): Promise<Resolved> {
  const { content, target, channel } = lease;
  switch (content.kind) {
    case 'media': {
      if (!content.media) return refused('The file of this message was never uploaded.');
      const found = await finders.findMedia(content.media, channel);
      return 'outcome' in found ? found : { content: sendableMedia(content, found.mediaId), replyTo: target };
    }
    case 'template':
      return resolveTemplate(content, lease, finders);
    case 'reaction':
      if (target === null) return refused('WhatsApp does not know the message reacted to.');
      return { content: { kind: 'reaction', target, emoji: content.emoji }, replyTo: null };
    default:
      return isKnown(content)
        ? { content, replyTo: target }
        : refused('A newer gateway took this message: this one does not know its kind.');
  }
}

/** Between the agent's sending and ours WhatsApp may have changed the template: then it must not go, because it would say something else. */
async function resolveTemplate(
  sent: OutboundTemplate,
  { channel, target }: Lease,
  { findMedia, findTemplate }: Finders,
): Promise<Resolved> {
  const template = await findTemplate(sent, channel).catch(() => 'away' as const);
  if (template === 'away') return AWAY;
  if (!template) return refused('The business account has no such template any more.');
  const { header = null, values } = sent;
  const fault = templateFault(template, header);
  if (fault !== null || valueFaults(template, values).length > 0)
    return refused(fault ?? 'The template was changed, and its values do not fit it any more.');
  const ofTemplate = { kind: 'template', template, values } as const;
  if (header?.kind !== 'media') return { content: { ...ofTemplate, header }, replyTo: target };
  const found = await findMedia(header.media, channel);
  if ('outcome' in found) return found;
  const { fileName } = header;
  return {
    content: { ...ofTemplate, header: { kind: 'media', mediaId: found.mediaId, fileName } },
    replyTo: target,
  };
}

const AWAY: NotSent = {
  outcome: 'retry',
  error: { code: null, detail: 'The template could not be looked up.' },
  retryAfter: null,
  scope: 'message',
};

function sendableMedia({ as, caption, fileName }: OutboundMedia, mediaId: string): SendableMedia {
  const voice = as === 'voice';
  return { kind: 'media', type: voice ? 'audio' : as, mediaId, caption, fileName, voice };
}

function refused(detail: string): NotSent {
  return { outcome: 'refused', error: { code: null, detail } };
}

type Plain = Exclude<OutboundContent, { readonly kind: 'media' | 'template' | 'reaction' }>;

/** The database may hold what a newer gateway has written. */
function isKnown({ kind }: Plain): boolean {
  return ['text', 'location', 'contacts', 'interactive'].includes(kind);
}
