import type { Transcript, WorkspaceState } from '../../model/index.js';

/** Words that did not reach the contact, where they are to go when they are tried again, and which message they answer. */
export interface Words {
  readonly interaction: string;
  readonly text: string;
  readonly replyTo: string | null;
}

/** The words of a message that the log knows and WhatsApp could not deliver; null when there is no such in an open transcript. */
export function undeliveredWords(state: WorkspaceState, clientId: string): Words | null {
  for (const [interaction, transcript] of state.transcripts) {
    const words = undeliveredIn(transcript, clientId);
    if (words) return { interaction, ...words };
  }
  return null;
}

function undeliveredIn(transcript: Transcript, clientId: string): Omit<Words, 'interaction'> | null {
  for (const { items } of transcript.chunks) {
    for (const item of items) {
      if (item.kind !== 'message' || item.message.clientId !== clientId) continue;
      const { content, context, delivery } = item.message;
      return delivery?.state === 'failed' && content.kind === 'text'
        ? { text: content.text, replyTo: context?.replyTo ?? null }
        : null;
    }
  }
  return null;
}
