import type { Entry } from '../catalogue.js';
import type { desk as english } from '../en/desk.js';

export const desk: { readonly [K in keyof typeof english]: Entry } = {
  'common.try-again': 'أعد المحاولة',
  'common.cancel': 'إلغاء',
  'common.close': 'إغلاق',
  'common.details': 'التفاصيل',
  'common.loading': 'جارٍ التحميل',
  'time.today': 'اليوم',
  'time.yesterday': 'أمس',
  'time.seconds': '{count} ث',
  'time.minutes': '{count} د',
  'time.hours': '{hours} س {minutes} د',
  'time.days': '{days} ي {hours} س',
};
