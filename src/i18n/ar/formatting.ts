import type { formatting as english } from '../en/formatting.js';
import type { Translation } from '../keys.js';

export const formatting: Translation<typeof english> = {
  'formatting.toolbar': 'التنسيق',
  'formatting.bold': 'عريض',
  'formatting.italic': 'مائل',
  'formatting.strike': 'يتوسطه خط',
  'formatting.code': 'رمز برمجي',
  'formatting.numbers': 'قائمة مرقّمة',
  'formatting.bullets': 'قائمة نقطية',
  'formatting.quote': 'اقتباس',
  'formatting.control': 'Ctrl',
};
