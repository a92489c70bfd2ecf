import type { exported as english } from '../en/export.js';
import type { Translation } from '../keys.js';

export const exported: Translation<typeof english> = {
  'export.heading': 'حفظ المحادثة',
  'export.as': 'الحفظ بصيغة',
  'export.text': 'نص',
  'export.page': 'صفحة ويب (HTML)',
  'export.json': 'بيانات للبرامج (JSON)',
  'export.files': 'كل الجلسات مع جهة الاتصال هذه. تُذكر أسماء الصور والملفات الأخرى دون إرفاقها.',
  'export.reading': {
    zero: 'جارٍ القراءة…',
    one: 'جارٍ القراءة… رسالة واحدة',
    two: 'جارٍ القراءة… رسالتان',
    few: 'جارٍ القراءة… {count} رسائل',
    many: 'جارٍ القراءة… {count} رسالة',
    other: 'جارٍ القراءة… {count} رسالة',
  },
  'export.failed': 'تعذّرت قراءة المحادثة حتى بدايتها. حاول مجددًا عند عودة الاتصال.',
  'export.save': 'حفظ',
  'export.print': 'طباعة…',
  'export.title': 'محادثة واتساب مع {contact}',
  'export.business': 'النشاط التجاري',
  'export.answers': 'رد على {message}',
  'export.former': 'قبل ذلك: {text}',
};
