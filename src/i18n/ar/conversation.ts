import type { Entry } from '../catalogue.js';
import type { conversation as english } from '../en/conversation.js';

export const conversation: { readonly [K in keyof typeof english]: Entry } = {};
