import type { voice as english } from '../en/voice.js';
import type { Translation } from '../keys.js';

export const voice: Translation<typeof english> = {
  'voice.label': 'رسالة صوتية',
  'voice.asking': 'اسمح لهذه الصفحة باستخدام الميكروفون: سيسألك المتصفح.',
  'voice.recording': 'جارٍ التسجيل',
  'voice.paused': 'التسجيل متوقف مؤقتًا',
  'voice.kept': 'الرسالة الصوتية محفوظة مع مسودتك.',
  'voice.discard': 'تجاهل الرسالة الصوتية',
  'voice.pause': 'إيقاف التسجيل مؤقتًا',
  'voice.resume': 'متابعة التسجيل',
  'voice.listen': 'استماع',
  'voice.quiet': 'إيقاف مؤقت',
  'voice.send': 'إرسال',
  'voice.full': 'لا تتجاوز الرسالة الصوتية أربع دقائق. أرسلها وسجّل رسالة أخرى.',
  'voice.keys': 'مفتاح Escape يحفظها مع المسودة.',
  'voice.broken': 'تعذّر تحويل التسجيل إلى رسالة صوتية.',
  'voice.refused.unsupported':
    'لا يسجّل هذا المتصفح ما يقبله واتساب كرسالة صوتية. استخدم متصفحًا آخر أو أرفق تسجيلًا.',
  'voice.refused.insecure':
    'لا تمنح المتصفحات الميكروفون إلا للصفحات المقدَّمة عبر HTTPS. أخبر المسؤول عن هذه الصفحة.',
  'voice.refused.denied':
    'لا يُسمح لهذه الصفحة باستخدام الميكروفون. اسمح به بجانب العنوان في متصفحك ثم أعد المحاولة.',
  'voice.refused.absent': 'لا يوجد ميكروفون. صِل واحدًا ثم أعد المحاولة.',
  'voice.refused.busy': 'الميكروفون لا يستجيب. أغلق البرامج الأخرى التي تستخدمه ثم أعد المحاولة.',
  'voice.refused.unloaded': 'تعذّر تحميل المسجّل. تحقق من الاتصال ثم أعد المحاولة.',
};
