import { responses } from './en/responses.js';
import type { FeatureWords } from './feature-words.js';

export const responsesWords: FeatureWords = {
  english: responses,
  translations: { ar: async () => (await import('./ar/responses.js')).responses },
};
