import { NoticeEvent } from '../base/events.js';

/** An emoji was chosen, in the skin tone that the agent likes. */
export class EmojiSelectEvent extends NoticeEvent<{ readonly emoji: string }> {
  constructor(emoji: string) {
    super('emoji-select', { emoji });
  }
}

declare global {
  interface HTMLElementEventMap {
    'emoji-select': EmojiSelectEvent;
  }
}
