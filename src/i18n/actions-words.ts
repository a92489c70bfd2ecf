import { actions } from './en/actions.js';
import type { FeatureWords } from './feature-words.js';

export const actionsWords: FeatureWords = {
  english: actions,
  translations: { ar: async () => (await import('./ar/actions.js')).actions },
};
