import { workbins } from './en/workbins.js';
import type { FeatureWords } from './feature-words.js';

export const workbinsWords: FeatureWords = {
  english: workbins,
  translations: { ar: async () => (await import('./ar/workbins.js')).workbins },
};
