import type { failures as english } from '../en/failures.js';
import type { Translation } from '../keys.js';

export const failures: Translation<typeof english> = {
  'failures.details': 'التفاصيل',
  'message.announce-failed': 'لم تُرسَل الرسالة إلى {name}. {reason}',
  'message.discard': 'تجاهل',
  'message.file-lost': 'ليس هذا الملف لدى مركز الاتصال. تجاهل هذه الرسالة وأرفقه من جديد.',
  'message.failed.other': 'لم يوصل واتساب هذه الرسالة. أعد المحاولة لاحقًا أو استخدم قناة أخرى.',
  'message.failed.undeliverable':
    'لا يستطيع واتساب الوصول إلى جهة الاتصال: ربما الرقم ليس على واتساب أو التطبيق قديم جدًا. استخدم قناة أخرى.',
  'message.failed.window': 'مرت أكثر من 24 ساعة على آخر رسالة من جهة الاتصال. انتظر حتى تكتب من جديد.',
  'message.failed.ecosystem':
    'حجز واتساب هذه الرسالة كي لا تتلقى جهة الاتصال الكثير من نوعها. أعد المحاولة في يوم آخر.',
  'message.failed.opted-out': 'طلبت جهة الاتصال عدم تلقي مثل هذه الرسائل. احترم ذلك ولا ترسلها ثانية.',
  'message.failed.media': 'لم يستطع واتساب أخذ المرفق. تحقق من نوعه وحجمه وأرفقه من جديد.',
  'message.failed.rate': 'أُرسلت رسائل كثيرة دفعة واحدة. انتظر لحظة ثم أعد المحاولة.',
  'message.failed.pair-rate': 'ذهبت رسائل كثيرة إلى جهة الاتصال في وقت قصير. انتظر دقيقة ثم أعد المحاولة.',
  'message.failed.spam': 'حدّ واتساب من هذا الرقم لأن رسائل حُظرت أو أُبلغ عنها. أخبر مشرفك.',
  'message.failed.account': 'حساب واتساب لا يسمح بذلك حاليًا. أخبر المسؤول.',
  'message.failed.access': 'يجب تجديد الاتصال بواتساب. أخبر المسؤول.',
  'message.failed.payment': 'في حساب واتساب مشكلة دفع. أخبر المسؤول.',
  'message.failed.meta': 'حدث خلل لدى واتساب نفسه. أعد المحاولة بعد بضع دقائق.',
  'message.failed.invalid': 'لم يقبل واتساب شكل هذه الرسالة. غيّرها وأرسلها من جديد.',
  'message.failed.same-number': 'هذا هو الرقم الذي تُرسل منه الرسالة. تحقق من رقم جهة الاتصال.',
  'message.failed.not-allowed': 'هذا رقم تجريبي لا يجوز له بعد مراسلة جهة الاتصال هذه. أخبر المسؤول.',
};
