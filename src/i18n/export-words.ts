import { exported } from './en/export.js';
import type { FeatureWords } from './feature-words.js';

export const exportWords: FeatureWords = {
  english: exported,
  translations: { ar: async () => (await import('./ar/export.js')).exported },
};
