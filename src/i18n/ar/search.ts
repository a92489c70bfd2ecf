import type { search as english } from '../en/search.js';
import type { Translation } from '../keys.js';

export const search: Translation<typeof english> = {
  'search.gone': 'لم تعد هذه الرسالة موجودة.',
  'search.offline': 'يتعذّر تحميل الرسائل الأقدم الآن. حاول مجددًا عند عودة الاتصال.',
  'search.unsupported': 'لا يستطيع مركز الاتصال لديك عرض رسائل قديمة إلى هذا الحد.',
  'search.region': 'البحث في المحادثة',
  'search.field': 'البحث في الرسائل',
  'search.older': 'النتيجة الأقدم',
  'search.newer': 'النتيجة الأحدث',
  'search.date': 'الانتقال إلى تاريخ…',
  'search.words': 'البحث عن كلمات',
  'search.close': 'إغلاق البحث',
  'search.day': 'التاريخ',
  'search.go': 'انتقال',
  'search.busy': 'جارٍ البحث…',
  'search.none': 'لا نتائج',
  'search.match': 'النتيجة {position} من {count}',
  'search.match-more': 'النتيجة {position} من أكثر من {count}',
  'search.failed': 'تعذّر البحث. حاول مجددًا بالضغط على Enter.',
  'search.no-link': 'لا يوجد اتصال. حاول مجددًا بالضغط على Enter عند عودته.',
  'search.no-messages': 'لا توجد رسائل في هذه المحادثة.',
};
