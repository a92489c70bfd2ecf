import type { files as english } from '../en/files.js';
import type { Translation } from '../keys.js';

export const files: Translation<typeof english> = {
  'tray.label': 'ملفات للإرسال',
  'tray.count': {
    zero: 'لا ملفات',
    one: 'ملف واحد',
    two: 'ملفان',
    few: '{count} ملفات',
    many: '{count} ملفًا',
    other: '{count} ملف',
  },
  'tray.file': '{name}، {size}، {place} من {count}',
  'tray.checking': 'جارٍ فحص {name}',
  'tray.refused': 'لا يمكن إرسال {name}',
  'tray.remove': 'إزالة {name}',
  'tray.unnamed': 'ملف بلا اسم',
  'tray.voice': 'رسالة صوتية',
  'tray.keys': 'يحرّك Alt مع مفتاح سهم الملف، ويزيله Delete.',
  'tray.moved': '{name} الآن {place} من {count}',
  'tray.caption': 'تعليق على {name}',
  'tray.caption-hint': 'أضف تعليقًا',

  'file.refused.empty': 'هذا الملف فارغ. اختر ملفًا آخر.',
  'file.refused.unknown': 'لا يقبل واتساب ملفات من هذا النوع: {found}. احفظه بصيغة PDF وأرفقه.',
  'file.refused.unknown-nothing': 'لا يقبل واتساب ملفات من هذا النوع. احفظه بصيغة PDF وأرفقه.',
  'file.refused.misnamed':
    'هذا ليس ما يقوله اسمه: محتواه {found}. افتحه في البرنامج الذي أنشأه واحفظه من جديد.',
  'file.refused.misnamed-nothing':
    'هذا ليس ما يقوله اسمه، وقد يكون تالفًا. افتحه في البرنامج الذي أنشأه واحفظه من جديد.',
  'file.refused.not-allowed':
    'لا يرسل مركز الاتصال ملفات من هذا النوع: {found}. أرفق نوعًا آخر أو اسأل مشرفك.',
  'file.refused.codec-video': 'لا تشغّل كل الهواتف هذا الفيديو: فيه {found}. احفظه بصيغة MP4 مع H.264 وAAC.',
  'file.refused.codec-audio': 'لا يشغّل واتساب هذا التسجيل: فيه {found}. احفظه بصيغة MP3 أو M4A أو Opus.',
  'file.refused.stereo':
    'يشغّل واتساب التسجيلات من هذا النوع بقناة واحدة فقط. احفظه بقناة واحدة أو بصيغة MP3.',
  'file.refused.depth': 'في هذه الصورة أكثر من 8 بتات لكل لون. احفظها بصيغة JPEG.',
  'file.refused.bomb': 'ينفك ضغط هذا الملف إلى أكبر بكثير من حجمه، كالملفات المصنوعة للإضرار. لن يُرسل.',
  'file.refused.too-large-image':
    'حجم هذه الصورة {size}، ويمكن إرسال {limit} على الأكثر. صغّرها أو ضعها في ملف PDF.',
  'file.refused.too-large-video':
    'حجم هذا الفيديو {size}، ويمكن إرسال {limit} على الأكثر. قصّره أو احفظه بحجم أصغر.',
  'file.refused.too-large-audio':
    'حجم هذا التسجيل {size}، ويمكن إرسال {limit} على الأكثر. قصّره أو احفظه بصيغة MP3.',
  'file.refused.too-large-document': 'حجم هذا المستند {size}، ويمكن إرسال {limit} على الأكثر. قسّمه أو صغّره.',
  'file.refused.unreadable': 'لم يتمكن المتصفح من قراءة هذا الملف: ربما نُقل أو تغيّر. أرفقه من جديد.',
  'file.refused.no-room': 'لا مكان في المتصفح لحفظ هذا الملف حتى يُرسل. أفرغ بعض المساحة أو أرفق ملفًا أصغر.',
};
