import { connection } from './en/connection.js';
import type { FeatureWords } from './feature-words.js';

export const connectionWords: FeatureWords = {
  english: connection,
  translations: { ar: async () => (await import('./ar/connection.js')).connection },
};
