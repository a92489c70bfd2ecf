import { conversation } from './ar/conversation.js';
import { desk } from './ar/desk.js';
import type { Catalogue } from './en.js';

export const ar: Catalogue = { ...desk, ...conversation };
