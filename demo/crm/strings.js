// What the page itself says, in English and Arabic. The desk brings its own words.

const en = {
  'nav.label': 'Sections',
  'nav.customers': 'Customers',
  'nav.orders': 'Orders',
  'nav.stock': 'Stock',
  'nav.deliveries': 'Deliveries',
  'find.label': 'Find a customer',
  'find.placeholder': 'Name, company or number',
  'find.none': 'Nobody by that name or number.',
  'tools.phone': 'Contact’s phone',
  'tools.shortcuts': 'Keyboard shortcuts',
  'tools.settings': 'Settings',
  'customers.label': 'Customers',
  'record.label': 'Customer record',
  'record.since': 'Customer since',
  'record.phone': 'Phone',
  'record.email': 'E-mail',
  'record.city': 'City',
  'record.open-value': 'Open orders',
  'record.whatsapp': 'WhatsApp id',
  'tier.trade': 'Trade',
  'tier.retail': 'Retail',
  'tier.new': 'New',
  'orders.title': 'Orders',
  'orders.number': 'Order',
  'orders.date': 'Date',
  'orders.items': 'Items',
  'orders.status': 'Status',
  'orders.total': 'Total',
  'orders.none': 'No orders yet.',
  'status.new': 'New',
  'status.in-production': 'In production',
  'status.shipped': 'Shipped',
  'status.delivered': 'Delivered',
  'status.returned': 'Returned',
  'status.cancelled': 'Cancelled',
  'notes.title': 'Notes',
  'notes.new': 'New note',
  'notes.placeholder': 'Write a note',
  'notes.add': 'Add note',
  'notes.none': 'No notes yet.',
  'tasks.title': 'Tasks',
  'tasks.new': 'New task',
  'tasks.placeholder': 'What is to be done?',
  'tasks.add': 'Add task',
  'tasks.none': 'Nothing to do.',
  'new.title': 'New customer',
  'new.hint': 'Nobody in our books has this WhatsApp address yet.',
  'new.name': 'Name',
  'new.phone': 'Phone',
  'new.company': 'Company',
  'new.city': 'City',
  'new.save': 'Save customer',
  'log.title': 'Page events',
  'log.hint': 'What this page hears from the desk, as any host page would.',
  'log.veto': 'Customers with open tasks: refuse Mark Done',
  'log.refused': 'refused by this page: open tasks',
  'splitter.label': 'Width of the conversations',
  'strip.label': 'Conversations',
  'strip.title': 'Conversations',
  'strip.expand': 'Full width',
  'panes.label': 'Panes',
  'panes.record': 'Record',
  'panes.chat': 'Chat',
  'settings.agent': 'Agent',
  'settings.language': 'Language',
  'settings.theme': 'Page theme',
  'settings.desk': 'Desk theme',
  'settings.density': 'Desk density',
  'settings.gallery': 'Gallery of elements for designers',
  'theme.auto': 'As the system',
  'theme.light': 'Light',
  'theme.dark': 'Dark',
  'theme.follow': 'As the page',
  'density.comfortable': 'Comfortable',
  'density.compact': 'Compact',
  'shortcuts.title': 'Keyboard shortcuts of this page',
  'shortcuts.next': 'Next, previous customer',
  'shortcuts.note': 'New note',
  'shortcuts.task': 'New task',
  'shortcuts.find': 'Find a customer',
  'shortcuts.wide': 'Conversations over the full width',
  'shortcuts.help': 'These shortcuts',
  'error.token': 'The gateway gave no token, so the desk cannot sign in. Is it running in demo mode?',
};

const ar = {
  'nav.label': 'الأقسام',
  'nav.customers': 'العملاء',
  'nav.orders': 'الطلبات',
  'nav.stock': 'المخزون',
  'nav.deliveries': 'التوصيل',
  'find.label': 'البحث عن عميل',
  'find.placeholder': 'الاسم أو الشركة أو الرقم',
  'find.none': 'لا أحد بهذا الاسم أو الرقم.',
  'tools.phone': 'هاتف جهة الاتصال',
  'tools.shortcuts': 'اختصارات لوحة المفاتيح',
  'tools.settings': 'الإعدادات',
  'customers.label': 'العملاء',
  'record.label': 'سجل العميل',
  'record.since': 'عميل منذ',
  'record.phone': 'الهاتف',
  'record.email': 'البريد الإلكتروني',
  'record.city': 'المدينة',
  'record.open-value': 'طلبات مفتوحة',
  'record.whatsapp': 'معرّف واتساب',
  'tier.trade': 'تجاري',
  'tier.retail': 'تجزئة',
  'tier.new': 'جديد',
  'orders.title': 'الطلبات',
  'orders.number': 'الطلب',
  'orders.date': 'التاريخ',
  'orders.items': 'الأصناف',
  'orders.status': 'الحالة',
  'orders.total': 'المجموع',
  'orders.none': 'لا طلبات بعد.',
  'status.new': 'جديد',
  'status.in-production': 'قيد الإنتاج',
  'status.shipped': 'شُحن',
  'status.delivered': 'سُلّم',
  'status.returned': 'أُعيد',
  'status.cancelled': 'أُلغي',
  'notes.title': 'ملاحظات',
  'notes.new': 'ملاحظة جديدة',
  'notes.placeholder': 'اكتب ملاحظة',
  'notes.add': 'إضافة',
  'notes.none': 'لا ملاحظات بعد.',
  'tasks.title': 'مهام',
  'tasks.new': 'مهمة جديدة',
  'tasks.placeholder': 'ما المطلوب؟',
  'tasks.add': 'إضافة',
  'tasks.none': 'لا شيء مطلوب.',
  'new.title': 'عميل جديد',
  'new.hint': 'لا أحد في دفاترنا بعنوان واتساب هذا بعد.',
  'new.name': 'الاسم',
  'new.phone': 'الهاتف',
  'new.company': 'الشركة',
  'new.city': 'المدينة',
  'new.save': 'حفظ العميل',
  'log.title': 'أحداث الصفحة',
  'log.hint': 'ما تسمعه هذه الصفحة من المكتب، كما تسمعه أي صفحة مضيفة.',
  'log.veto': 'عملاء لديهم مهام مفتوحة: رفض الإنهاء',
  'log.refused': 'رفضته هذه الصفحة: مهام مفتوحة',
  'splitter.label': 'عرض المحادثات',
  'strip.label': 'المحادثات',
  'strip.title': 'المحادثات',
  'strip.expand': 'العرض الكامل',
  'panes.label': 'الأجزاء',
  'panes.record': 'السجل',
  'panes.chat': 'المحادثة',
  'settings.agent': 'الموظف',
  'settings.language': 'اللغة',
  'settings.theme': 'مظهر الصفحة',
  'settings.desk': 'مظهر المكتب',
  'settings.density': 'كثافة المكتب',
  'settings.gallery': 'معرض العناصر للمصممين',
  'theme.auto': 'كالنظام',
  'theme.light': 'فاتح',
  'theme.dark': 'داكن',
  'theme.follow': 'كالصفحة',
  'density.comfortable': 'مريحة',
  'density.compact': 'متراصة',
  'shortcuts.title': 'اختصارات هذه الصفحة',
  'shortcuts.next': 'العميل التالي، السابق',
  'shortcuts.note': 'ملاحظة جديدة',
  'shortcuts.task': 'مهمة جديدة',
  'shortcuts.find': 'البحث عن عميل',
  'shortcuts.wide': 'المحادثات بالعرض الكامل',
  'shortcuts.help': 'هذه الاختصارات',
  'error.token': 'لم تعطِ البوابة رمز دخول، فلا يمكن للمكتب تسجيل الدخول. هل تعمل بوضع العرض؟',
};

const LANGUAGES = { en, ar };

/** @returns {keyof typeof LANGUAGES} */
export function language() {
  return document.documentElement.lang === 'ar' ? 'ar' : 'en';
}

/** @param {keyof typeof en} key */
export function text(key) {
  return LANGUAGES[language()][key] ?? key;
}

/** Writes the words of the page's language into everything below `root` that names one. */
export function translate(root) {
  for (const element of root.querySelectorAll('[data-text]'))
    element.textContent = text(element.dataset.text);
  for (const element of root.querySelectorAll('[data-label]')) {
    const label = text(element.dataset.label);
    element.setAttribute('aria-label', label);
    if (element.matches('button')) element.title = label;
  }
  for (const element of root.querySelectorAll('[data-placeholder]')) {
    element.placeholder = text(element.dataset.placeholder);
  }
}

/** @param {number} at milliseconds since the epoch */
export function date(at) {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium' }).format(at);
}

/** @param {number} amount */
export function money(amount) {
  const format = { style: 'currency', currency: 'USD', maximumFractionDigits: 0 };
  return new Intl.NumberFormat(language(), format).format(amount);
}
