import { conversation } from './en/conversation.js';
import type { FeatureWords } from './feature-words.js';

export const conversationWords: FeatureWords = {
  english: conversation,
  translations: { ar: async () => (await import('./ar/conversation.js')).conversation },
};
