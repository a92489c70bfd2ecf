import { notification } from './en/notification.js';
import type { FeatureWords } from './feature-words.js';

export const notificationWords: FeatureWords = {
  english: notification,
  translations: { ar: async () => (await import('./ar/notification.js')).notification },
};
