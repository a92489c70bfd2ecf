import { failures } from './en/failures.js';
import type { FeatureWords } from './feature-words.js';

export const failuresWords: FeatureWords = {
  english: failures,
  translations: { ar: async () => (await import('./ar/failures.js')).failures },
};
