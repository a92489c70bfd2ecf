import { emoji } from './en/emoji.js';
import type { FeatureWords } from './feature-words.js';

export const emojiWords: FeatureWords = {
  english: emoji,
  translations: { ar: async () => (await import('./ar/emoji.js')).emoji },
};
