import type { search as english } from '../en/search.js';
import type { Translation } from '../keys.js';

export const search: Translation<typeof english> = {
  'search.gone': 'لم تعد هذه الرسالة موجودة.',
  'search.offline': 'يتعذّر تحميل الرسائل الأقدم الآن. حاول مجددًا عند عودة الاتصال.',
  'search.unsupported': 'لا يستطيع مركز الاتصال لديك عرض رسائل قديمة إلى هذا الحد.',
};
