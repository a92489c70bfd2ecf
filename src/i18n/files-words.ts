import { files } from './en/files.js';
import type { FeatureWords } from './feature-words.js';

export const filesWords: FeatureWords = {
  english: files,
  translations: { ar: async () => (await import('./ar/files.js')).files },
};
