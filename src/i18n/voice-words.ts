import { voice } from './en/voice.js';
import type { FeatureWords } from './feature-words.js';

export const voiceWords: FeatureWords = {
  english: voice,
  translations: { ar: async () => (await import('./ar/voice.js')).voice },
};
