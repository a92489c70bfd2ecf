import type { Localizer } from '../../i18n/index.js';
import { contentText, excerpt, itemAt } from '../../model/index.js';
import type { Message, Transcript } from '../../model/index.js';
import { announce, previewText } from '../base/index.js';
import { mergeText } from '../whatsapp-transcript/merge-text.js';
import type { Merge } from './conversation.js';

/** More than these at once are counted rather than read out. */
const READ_OUT = 3;
/** How far back is looked for the message that was the last one before. */
const LOOK_BACK = 50;
const LONGEST = 200;

/** Has screen readers say what comes while the conversation is open, each message once, and once that another conversation has ended in it. */
export class Arrivals {
  #interaction: string | null = null;
  #last: string | null = null;
  #merge: string | null = null;

  announceMerge(merge: Merge | null, words: Localizer): void {
    const contacts = merge?.body.contacts;
    if (!merge || !contacts || merge.id === this.#merge) return;
    this.#merge = merge.id;
    announce(mergeText(contacts, words), words, merge.id);
  }

  /** @param name What to call the contact. */
  announce(transcript: Transcript, name: string, words: Localizer): void {
    const before = this.#last;
    const same = transcript.interaction === this.#interaction;
    this.#interaction = transcript.loaded ? transcript.interaction : null;
    this.#last = itemAt(transcript, transcript.count - 1)?.id ?? null;
    // What was there when the conversation was opened is read at leisure.
    if (!same || before === this.#last) return;
    say(inboundSince(transcript, before), name, words);
  }
}

function inboundSince(transcript: Transcript, id: string | null): readonly Message[] {
  const found: Message[] = [];
  for (let back = 1; back <= Math.min(transcript.count, LOOK_BACK); back++) {
    const item = itemAt(transcript, transcript.count - back);
    if (!item || item.id === id) return found.toReversed();
    if (item.kind === 'message' && item.message.direction === 'inbound') found.push(item.message);
  }
  return id === null ? found.toReversed() : [];
}

function say(messages: readonly Message[], name: string, words: Localizer): void {
  if (messages.length > READ_OUT) {
    const text = words.t('interaction.announce-many', { name, count: messages.length });
    announce(text, words, messages.at(-1)?.id);
    return;
  }
  for (const { id, content } of messages) {
    const text = previewText(words, { kind: content.kind, text: contentText(content) });
    announce(words.t('interaction.announce', { name, text: excerpt(text, LONGEST) }), words, id);
  }
}
