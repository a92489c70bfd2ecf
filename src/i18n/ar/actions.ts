import type { actions as english } from '../en/actions.js';
import type { Translation } from '../keys.js';

export const actions: Translation<typeof english> = {
  'actions.label': 'ما يمكن فعله بهذه الرسالة',
  'actions.reply': 'رد',
  'actions.react': 'تفاعل',
  'actions.more': 'إجراءات أخرى لهذه الرسالة',
  'actions.more-emoji': 'المزيد من الرموز التعبيرية',
  'actions.take-back': 'سحب {emoji}',
  'actions.copy': 'نسخ النص',
  'actions.copied': 'نُسخ النص.',
  'actions.copy-failed': 'لا يُسمح لهذه الصفحة بالنسخ: حدِّد النص وانسخه بنفسك.',
  'actions.forward': 'إعادة توجيه',
  'actions.forward-to': 'إلى أي محادثة؟',
  'actions.forward-search': 'البحث في المحادثات',
  'actions.forward-none': 'لا توجد محادثة مفتوحة أخرى تقبل الرسائل الآن.',
  'actions.forward-no-match': 'لا توجد محادثة مفتوحة مطابقة.',
  'actions.forwarded': 'أُعيد توجيهها إلى {name}.',
  'actions.show': 'عرض',
  'actions.cancel': 'إلغاء',
  'quote.you': 'أنت',
  'quote.earlier': 'رسالة سابقة',
  'quote.cancel': 'إلغاء الرد',
};
