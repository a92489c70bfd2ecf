import type { Message } from './message.js';
import { indexIn } from './transcript.js';
import type { Transcript } from './transcript.js';

/** A message by its id; null when it is not here. */
export function messageIn({ chunks }: Transcript, id: string): Message | null {
  for (const chunk of chunks) {
    const item = chunk.items[indexIn(chunk, id)];
    if (item?.kind === 'message') return item.message;
  }
  return null;
}
