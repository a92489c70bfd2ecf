import { formatting } from './en/formatting.js';
import type { FeatureWords } from './feature-words.js';

export const formattingWords: FeatureWords = {
  english: formatting,
  translations: { ar: async () => (await import('./ar/formatting.js')).formatting },
};
