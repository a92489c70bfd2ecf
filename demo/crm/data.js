// The books of a small furniture maker. Days are counted back from today, so that the page is never out of date.

const DAY = 86_400_000;
const today = Date.now();

/** @param {number} days */
const ago = (days) => today - days * DAY;

/**
 * @typedef {'new' | 'in-production' | 'shipped' | 'delivered' | 'returned' | 'cancelled'} OrderStatus
 * @typedef {{ number: string, at: number, items: string, status: OrderStatus, total: number }} Order
 * @typedef {{ text: string, at: number, by: string }} Note
 * @typedef {{ text: string, done: boolean }} Task
 * @typedef {{
 *   id: string, name: string, company: string, city: string, phone: string, email: string, bsuid: string,
 *   tier: 'trade' | 'retail' | 'new', since: number, orders: Order[], notes: Note[], tasks: Task[],
 * }} Customer
 */

/**
 * @param {Partial<Customer> & { id: string, name: string }} fields
 * @returns {Customer}
 */
export function customer(fields) {
  return {
    company: '',
    city: '',
    phone: '',
    email: '',
    bsuid: '',
    tier: 'retail',
    since: today,
    orders: [],
    notes: [],
    tasks: [],
    ...fields,
  };
}

/** @returns {Order} */
const order = (number, days, items, status, total) => ({ number, at: ago(days), items, status, total });
const note = (days, by, text) => ({ at: ago(days), by, text });
const task = (text, done = false) => ({ text, done });

export const customers = [
  customer({
    id: 'ivanova',
    name: 'Masha Ivanova',
    company: 'Baobab Guesthouse',
    city: 'Nairobi',
    phone: '254 712 345 678',
    email: 'masha@baobab.example',
    tier: 'trade',
    since: ago(1240),
    orders: [
      order('HP-10482', 3, '8 × Naivasha dining chair, oak', 'in-production', 1960),
      order('HP-10391', 41, '2 × Tana table 220 cm, oiled', 'delivered', 2380),
      order('HP-10120', 170, '12 × bedside shelf', 'delivered', 1128),
    ],
    notes: [
      note(2, 'Ben Okafor', 'Opens two new rooms in March; wants the chairs before the 1st.'),
      note(40, 'Ana Silva', 'Delivery by the back gate, call ten minutes ahead.'),
    ],
    tasks: [task('Confirm chair fabric (sample 14 or 17)'), task('Send invoice for HP-10391', true)],
  }),
  customer({
    id: 'wanjiru',
    name: 'Ana Wanjiru',
    company: 'Wanjiru & Daughters Hardware',
    city: 'Nakuru',
    phone: '254 712 000 345',
    email: 'ana@wanjiru.example',
    tier: 'trade',
    since: ago(2210),
    orders: [
      order('HP-10495', 0, '40 × pine board 240 × 30', 'new', 1440),
      order('HP-10466', 9, '25 × pine board 240 × 30', 'shipped', 900),
      order('HP-10408', 33, '1 × showroom counter', 'delivered', 3150),
    ],
    notes: [note(9, 'Ana Silva', 'Pays by the end of the month, as agreed with Ruth.')],
    tasks: [task('Quote for 200 boards a quarter')],
  }),
  customer({
    id: 'layla',
    name: 'ليلى الحسيني',
    company: 'مقهى السدرة',
    city: 'دبي',
    phone: '971 500 000 468',
    email: 'layla@alsidra.example',
    tier: 'trade',
    since: ago(320),
    orders: [
      order('HP-10489', 1, '14 × Naivasha dining chair, walnut', 'new', 3990),
      order('HP-10377', 52, '6 × Lamu round table 80 cm', 'delivered', 2640),
    ],
    notes: [note(51, 'Ana Silva', 'Writes Arabic; Ben has the delivery papers.')],
    tasks: [task('Book the container to Dubai')],
  }),
  customer({
    id: 'lindqvist',
    name: 'Elin Lindqvist',
    city: 'Mombasa',
    phone: '254 733 987 654',
    email: 'elin@mail.example',
    since: ago(64),
    orders: [order('HP-10471', 7, '1 × Watamu sofa, linen', 'shipped', 1690)],
    notes: [note(6, 'Ben Okafor', 'Third floor, no lift. Two carriers booked.')],
    tasks: [],
  }),
  customer({
    id: 'wilhelmina',
    name: 'Wilhelmina Alexandra Featherstonehaugh-Cholmondeley of Upper Brailes',
    company: 'Featherstonehaugh Cholmondeley Interior Architects',
    city: 'Upper Brailes',
    phone: '44 770 090 0359',
    email: 'studio@fcia.example',
    tier: 'trade',
    since: ago(870),
    orders: [
      order(
        'HP-10478',
        5,
        '6 × Tana table 180 cm, 36 × Naivasha dining chair, oak and leather',
        'in-production',
        14820,
      ),
    ],
    notes: [],
    tasks: [task('Drawings of the extended table')],
  }),
  customer({
    id: 'achieng',
    name: 'Grace Achieng',
    city: 'Kisumu',
    phone: '254 722 555 010',
    email: 'grace@mail.example',
    since: ago(12),
    orders: [
      order('HP-10460', 12, '1 × bedside shelf', 'returned', 94),
      order('HP-10474', 6, '1 × bedside shelf, left', 'shipped', 94),
    ],
    notes: [note(8, 'Ana Silva', 'Got the wrong side; exchange at our cost.')],
    tasks: [task('Check that the return has arrived')],
  }),
  customer({
    id: 'cohen',
    name: 'דוד כהן',
    city: 'חיפה',
    phone: '972 541 234 567',
    email: 'david@cohen.example',
    since: ago(400),
    orders: [order('HP-10340', 71, '2 × Lamu stool', 'delivered', 260)],
    tasks: [],
  }),
  customer({
    id: 'pereira',
    name: 'Tomás Pereira',
    company: 'Padaria Bela Vista',
    city: 'Maputo',
    phone: '258 841 234 567',
    email: 'tomas@belavista.example',
    tier: 'trade',
    since: ago(640),
    orders: [order('HP-10433', 20, '1 × bakery counter, 3 m', 'delivered', 4210)],
    notes: [note(19, 'Ben Okafor', 'Very happy; asks for photos for our catalogue.')],
    tasks: [task('Ask for photos', true)],
  }),
  customer({
    id: 'kamau',
    name: 'Lydia Kamau',
    city: 'Thika',
    phone: '254 711 202 020',
    email: 'lydia@mail.example',
    since: ago(4),
    orders: [order('HP-10485', 2, '1 × Tana desk 140 cm', 'new', 540)],
    tasks: [task('Phone back about the drawer')],
  }),
  customer({
    id: 'haddad',
    name: 'Samir Haddad',
    company: 'Cedar Court Hotel',
    city: 'Beirut',
    phone: '961 70 123 456',
    email: 'orders@cedarcourt.example',
    tier: 'trade',
    since: ago(1500),
    orders: [
      order('HP-10450', 15, '60 × Lamu stool', 'cancelled', 7200),
      order('HP-10298', 96, '24 × bedside shelf', 'delivered', 2256),
    ],
    notes: [note(14, 'Ana Silva', 'Cancelled: budget moved to next year.')],
    tasks: [],
  }),
  customer({
    id: 'mika',
    name: 'Mika',
    city: 'Tampere',
    bsuid: 'FI.40000000000000000004',
    email: 'mika@builds.example',
    since: ago(30),
    orders: [order('HP-10455', 14, '1 × Lamu round table 60 cm', 'delivered', 310)],
    notes: [note(13, 'Ben Okafor', 'Known by a WhatsApp user name only; gave no number.')],
    tasks: [],
  }),
];
