import { desk } from './en/desk.js';
import type { FeatureWords } from './feature-words.js';

export const deskWords: FeatureWords = {
  english: desk,
  translations: { ar: async () => (await import('./ar/desk.js')).desk },
};
