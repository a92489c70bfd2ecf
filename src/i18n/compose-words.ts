import { compose } from './en/compose.js';
import type { FeatureWords } from './feature-words.js';

export const composeWords: FeatureWords = {
  english: compose,
  translations: { ar: async () => (await import('./ar/compose.js')).compose },
};
