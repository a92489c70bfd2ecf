import { search } from './en/search.js';
import type { FeatureWords } from './feature-words.js';

export const searchWords: FeatureWords = {
  english: search,
  translations: { ar: async () => (await import('./ar/search.js')).search },
};
