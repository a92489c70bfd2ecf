import { fileLimits, isMedia } from '../../model/index.js';
import type {
  Content,
  MediaContent,
  MediaRole,
  Message,
  OutboundContent,
  Policy,
} from '../../model/index.js';

/** What a contact centre takes. */
interface Taking {
  readonly features: readonly string[];
  readonly policy: Policy;
}

/** What of a message is copied as text; empty where there is nothing. */
export function copiedText(content: Content): string {
  if (content.kind === 'text') return content.text;
  if (isMedia(content)) return content.caption ?? '';
  return content.kind === 'reply' ? content.title : '';
}

/** A message as it is sent on to somebody else; null when it cannot be. */
export function forwardedContent(message: Message, taking: Taking): OutboundContent | null {
  const { content, deletedAt } = message;
  if (deletedAt !== null) return null;
  if (content.kind === 'text') return { kind: 'text', text: content.text };
  return isMedia(content) ? forwardedFile(content, message.id, taking) : null;
}

/** The contact centre has the file: only its name there is sent. */
function forwardedFile(
  content: MediaContent,
  id: string,
  { features, policy }: Taking,
): OutboundContent | null {
  const { kind, media, status, mimeType, bytes, voice, fileName, caption } = content;
  const isTaken = ['send-media', 'forward-media'].every((feature) => features.includes(feature));
  if (!isTaken || !media || status !== 'stored') return null;
  const limits = fileLimits(policy.files)[kind];
  const [type = ''] = (mimeType ?? '').split(';', 1);
  if (!limits.types.includes(type.trim()) || (bytes ?? 0) > limits.bytes) return null;
  const as: MediaRole = kind === 'audio' && voice ? 'voice' : kind;
  return { kind: 'media', as, upload: `forwarded-${id}`.slice(0, 128), media, fileName, caption };
}
