import { shows } from '../state.js';
import type { Group } from '../state.js';

export const whatsappEmojiPicker: Group = {
  tag: 'whatsapp-emoji-picker',
  states: [shows('whatsapp-emoji-picker', 'all', 'All emoji', () => ({}), { ground: 'panel' })],
};
