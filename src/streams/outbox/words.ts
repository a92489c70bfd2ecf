import type { Transcript, WorkspaceState } from '../../model/index.js';

/** Words that did not reach the contact, and where they are to go when they are tried again. */
export interface Words {
  readonly interaction: string;
  readonly text: string;
}

/** The words of a message that the log knows and WhatsApp could not deliver; null when there is no such in an open transcript. */
export function undeliveredWords(state: WorkspaceState, clientId: string): Words | null {
  for (const [interaction, transcript] of state.transcripts) {
    const text = undeliveredText(transcript, clientId);
    if (text !== null) return { interaction, text };
  }
  return null;
}

function undeliveredText(transcript: Transcript, clientId: string): string | null {
  for (const { items } of transcript.chunks) {
    for (const item of items) {
      if (item.kind !== 'message' || item.message.clientId !== clientId) continue;
      const { content, delivery } = item.message;
      return delivery?.state === 'failed' && content.kind === 'text' ? content.text : null;
    }
  }
  return null;
}
