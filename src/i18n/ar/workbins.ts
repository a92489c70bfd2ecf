import type { workbins as english } from '../en/workbins.js';
import type { Translation } from '../keys.js';

export const workbins: Translation<typeof english> = {
  'workbins.label': 'صناديق العمل',
  'workbins.count': {
    zero: 'لا شيء محفوظ',
    one: 'محادثة محفوظة',
    two: 'محادثتان محفوظتان',
    few: '{count} محادثات محفوظة',
    many: '{count} محادثة محفوظة',
    other: '{count} محادثة محفوظة',
  },
  'workbins.empty': 'لا شيء محفوظ هنا. انقل محادثة إلى هنا لتعود إليها لاحقًا.',
  'workbins.none': 'لا توجد صناديق عمل.',
  'workbins.error': 'تعذّر تحميل الصندوق.',
  'workbins.parked-at': 'حُفظت {time}',
};
