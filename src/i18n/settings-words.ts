import { settings } from './en/settings.js';
import type { FeatureWords } from './feature-words.js';

export const settingsWords: FeatureWords = {
  english: settings,
  translations: { ar: async () => (await import('./ar/settings.js')).settings },
};
