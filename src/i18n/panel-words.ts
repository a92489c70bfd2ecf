import { panel } from './en/panel.js';
import type { FeatureWords } from './feature-words.js';

export const panelWords: FeatureWords = {
  english: panel,
  translations: { ar: async () => (await import('./ar/panel.js')).panel },
};
