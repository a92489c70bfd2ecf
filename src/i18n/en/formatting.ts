import type { Entry } from '../catalogue.js';

/** Words of the formats that a text can have. */
export const formatting = {
  'formatting.toolbar': 'Formatting',
  'formatting.bold': 'Bold',
  'formatting.italic': 'Italic',
  'formatting.strike': 'Strikethrough',
  'formatting.code': 'Code',
  'formatting.numbers': 'Numbered list',
  'formatting.bullets': 'Bulleted list',
  'formatting.quote': 'Quote',
  'formatting.control': 'Ctrl',
} as const satisfies Record<string, Entry>;
