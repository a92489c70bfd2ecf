/** Texts that try a layout. */

const SENTENCE =
  'The chairs should match the table we ordered in spring, oiled oak with the darker leather. ';

/** As long as WhatsApp allows. */
export const LONGEST = SENTENCE.repeat(50).slice(0, 4096);

/** Five hundred characters without a place to break. */
export const LONG_URL =
  `https://shop.example.com/configurator/${'chair-naivasha-oak-leather-'.repeat(18)}`.slice(0, 500);

export const ARABIC =
  'مرحبًا، هل يمكن تسليم الطلب HP-10489 يوم 23/11/2026 قبل الساعة 10:30؟ رقمي ‎+966 50 123 4567 شكرًا';
export const HEBREW = 'שלום, האם ההזמנה HP-10340 כבר נשלחה? שילמתי 260 דולר ב-12.9 (קבלה 77-3).';
export const MIXED =
  'My colleague نورة الحربي writes: «الطلب رقم 10489» and דוד adds «3 כיסאות», please use 23/11.';

export const FORMATTED = [
  '*Your order is ready.* _Pick it up until Saturday_, not on ~Sunday~ Monday.',
  '> How do I pay?',
  'In one of these ways:',
  '* by card',
  '* by ```M-PESA 400200```',
  '1. Choose *Pay bill*',
  '2. Enter `HP-10482`',
].join('\n');

export const LINKS =
  'Drawings: https://example.com/drawings/hp-10482.pdf, or ask info@example.com. Our shop: www.example.com';
export const LOOKALIKE = 'Please confirm your account at https://раураl.com/login';
export const HOSTILE =
  '<img src=x onerror=alert(1)> <script>alert(2)</script> javascript:alert(3) {{constructor}} ${7*7}';

/** What a list offers. */
export const SHOPS = { city: 'In the city', market: 'Old Market', outside: 'Outside' };
