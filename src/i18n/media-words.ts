import { media } from './en/media.js';
import type { FeatureWords } from './feature-words.js';

export const mediaWords: FeatureWords = {
  english: media,
  translations: { ar: async () => (await import('./ar/media.js')).media },
};
