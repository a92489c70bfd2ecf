import type { settings as english } from '../en/settings.js';
import type { Translation } from '../keys.js';

export const settings: Translation<typeof english> = {
  'settings.page': 'كما في الصفحة',
  'settings.language': 'اللغة',
  'settings.density': 'الكثافة',
  'settings.density-comfortable': 'مريحة',
  'settings.density-compact': 'متراصة',
  'settings.enter': 'مفتاح Enter',
  'settings.enter-send': 'يرسل الرسالة',
  'settings.enter-newline': 'يبدأ سطرًا جديدًا',
  'settings.enter-hint': 'يرسل Ctrl + Enter الرسالة.',
  'settings.sound': 'الصوت',
  'settings.sound-hint':
    'للتفاعلات الجديدة، وللرسائل في المحادثات التي ليست في الواجهة. تسمح المتصفحات للصفحة بالصوت بعد أن تنقر فيها.',
  'settings.play': 'تشغيل',
  'settings.silent': 'لا يسمح المتصفح لهذه الصفحة بالصوت.',
  'settings.notifications': 'إشعارات النظام',
  'settings.notifications-hint': 'الاسم وأول الكلمات من كل جديد، حين تكون هذه الصفحة خارج النظر.',
  'settings.notifications-denied':
    'يحظر هذا المتصفح إشعارات هذه الصفحة. اسمح بها في إعداداته لهذه الصفحة، ثم اخترها من جديد.',
  'settings.notifications-missing': 'لا يعرض هذا المتصفح إشعارات للصفحات.',
  'settings.kept': 'تُحفظ لك على هذا الجهاز، في كل علامات تبويبه.',
};
