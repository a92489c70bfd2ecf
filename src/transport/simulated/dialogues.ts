/** Who writes to the simulated contact centre, a small furniture maker, and what they say. Words only: persona.ts says what they mean. */
import { mediaContent } from '../../model/index.js';
import { persona } from './persona.js';
import type { Persona } from './persona.js';

const photo = (caption: string | null) => mediaContent('image', { mimeType: 'image/jpeg', caption });
const paper = (fileName: string) => mediaContent('document', { mimeType: 'application/pdf', fileName });
const voiceNote = mediaContent('audio', { mimeType: 'audio/ogg; codecs=opus', voice: true });

const LONG_BRIEF = `Good morning. I promised you the brief for the tasting room, so here it is in one piece; please tell me if it is too much for a message.

*The room.* 11.40 m by 6.20 m, stone floor, one long window to the east. The ceiling is low (2.55 m), so nothing on the walls above shoulder height.

*What we need*
1. One counter, 4.80 m, oak, with a shelf on the staff side. The top must take wine and lemon every day; I would rather have it oiled and looked after than lacquered and scratched.
2. Fourteen high chairs. Ms Papadopoulos sat on the Watamu at your showroom and would like that back, but with a foot rail at 32 cm.
3. Two wall benches, 2.10 m each, *without* visible screws, because children will pick at them.
4. Six small tables that two people can carry. They go out to the terrace in the morning and in again at night.

*When.* We open on the 14th. The floor is ready a week before, not earlier: the stonemason has said so three times and I believe him now.

*What worries me.* The lane is narrow. Your large van will not get round the corner at the chapel; the driver of the last delivery (a very patient man) carried 22 boxes 180 metres in the rain. Could you send two trips with the small one? We pay for the second.

*What I do not need.* Cushions, samples of leather, or another drawing of the counter from above. The last one was clear.

I am at the building site until four and read this every hour or so. Thank you, and please greet the workshop.`;

export const PERSONAS: readonly Persona[] = [
  persona({ id: 'masha', name: 'Masha Ivanova', phone: '254712345678', bsuid: 'KE.1349120865530274' }, 'en', {
    turns: [
      {
        says: ['Hello', 'Our eight dining chairs (order HP-10482), are they still coming this week?'],
        answer: 'Hello Masha. They leave the workshop on Thursday and reach you on *Friday before noon*.',
      },
      {
        says: [
          'Friday is good 👍',
          'But not between 10 and 11, we have guests checking out then. Is after 11 possible?',
        ],
        answer: 'I have asked the driver for 11:30. He will call you when he leaves Naivasha.',
      },
      {
        says: [
          'Perfect. One more thing: the _oak_ of the last two tables was a shade darker than the chairs. Is that normal?',
          photo('Left the table, right the chair'),
        ],
        answer:
          'Oak darkens in its first year; the chairs will catch up. If they have not by June, we oil them again at no cost.',
      },
      { says: ['Good to know. Thank you, that was quick 🙏🏽'], answer: 'You are welcome.' },
    ],
    nudges: ['Are you there?', 'I am with guests from ten on, so a quick answer would help'],
    past: [18, 64],
  }),
  persona({ id: 'noura', name: 'نورة الحربي', phone: '966501234567', bsuid: 'SA.8840127735120066' }, 'ar', {
    turns: [
      {
        says: ['السلام عليكم', 'طلبت ١٤ كرسي طعام من خشب الجوز، رقم الطلب HP-10489. متى يكون جاهزًا؟'],
        answer: 'وعليكم السلام نورة. الطلب قيد التنفيذ ويُشحن يوم الأحد القادم.',
      },
      {
        says: ['ممتاز. هل يشمل السعر (3990 دولار) التوصيل إلى *جدة*؟', 'وأحتاج فاتورة باسم الشركة لو سمحت'],
        answer: 'نعم، التوصيل مشمول. أرسل الفاتورة خلال ساعة.',
      },
      {
        says: ['شكرًا جزيلًا 🌹', 'آخر سؤال: أيهما أنسب لمطعم، الزيت أم الورنيش؟'],
        answer: 'الزيت أسهل في الصيانة، والورنيش أصلح إذا كان التنظيف يوميًا بالماء.',
      },
      { says: ['إذن الورنيش. الله يعطيك العافية'], answer: 'الله يعافيك.' },
    ],
    nudges: ['هل من أحد؟', 'أنتظر ردكم قبل أن يغلق المكتب'],
    past: [46],
  }),
  persona(
    { id: 'joseph', name: 'Joseph Mwangi', phone: '254700111222', bsuid: 'KE.7710045512093387' },
    'en',
    {
      turns: [
        {
          says: [
            '25 boards arrived, 3 of them cracked at the end. HP-10466',
            photo('Board 7'),
            photo('Boards 12 and 19'),
          ],
          answer: 'Thank you for the photos, Joseph. Three new boards come with HP-10495 on Monday.',
        },
        {
          says: [
            'Monday is late, my carpenter is here tomorrow',
            'Can I collect them myself? From the yard in Naivasha?',
          ],
          answer: 'Yes, from 7:00. Ask for Wanjiku and tell her the order number.',
        },
        {
          says: [
            'Sorted. I will be there at 7',
            { kind: 'correction', text: 'Sorted. I will be there at 8' },
          ],
          answer: 'See you there.',
        },
      ],
      nudges: ['?', 'Carpenter is asking me every ten minutes'],
      past: [30, 340, 22],
    },
  ),
  persona(
    {
      id: 'wilhelmina',
      name: 'Wilhelmina Fitzgerald-O’Connell van der Westhuizen-Papadopoulos',
      phone: '27821234567',
      bsuid: 'ZA.9900412276650043',
    },
    'en',
    {
      turns: [
        {
          says: [LONG_BRIEF],
          answer: 'Thank you, that is as clear as it gets. I answer point by point this afternoon.',
        },
        {
          says: ['Take your time. The van is the only urgent point.'],
          answer: 'Two trips with the small van are noted, at no extra cost.',
        },
        { says: ['Splendid.'], answer: 'Good luck with the stonemason.' },
      ],
      nudges: ['Only so that I know: did my long message arrive?'],
      past: [40],
    },
  ),
  persona({ id: 'grace', name: 'Grace Achieng', phone: '254722555010', bsuid: 'KE.5519003278440182' }, 'en', {
    turns: [
      {
        says: [
          'Hi! The shelf came today but it is the *right* one again 😅 I need the LEFT (HP-10474)',
          photo(null),
        ],
        answer: 'Hi Grace, that is our mistake twice over, sorry. The left one goes out today by courier.',
      },
      {
        says: [
          'Thank you!! Do I have to send this one back?',
          'I live on the fourth floor and there is no lift',
        ],
        answer: 'The courier takes it along, from your door. Just put it back into its box.',
      },
      {
        says: [
          {
            kind: 'location',
            latitude: -0.0917,
            longitude: 34.768,
            name: 'Milimani Flats, block C',
            address: 'Kisumu',
            url: null,
          },
          'This is the gate. Ask for Achieng at the desk',
        ],
        answer: 'Passed on to the courier. He comes between 14:00 and 16:00.',
      },
      { says: ['🎉🎉'], answer: 'Enjoy the shelf.' },
    ],
    nudges: ['Hello?', '🥲'],
    past: [12],
  }),
  persona({ id: 'david', name: 'דוד כהן', phone: '972541234567', bsuid: 'IL.2207719045531180' }, 'he', {
    turns: [
      {
        says: ['שלום, קניתי אצלכם שני שרפרפים (HP-10340) ואחת הרגליים מתנדנדת', 'יש אחריות?'],
        answer: 'שלום דוד, בוודאי: חמש שנים. אפשר תמונה של הרגל?',
      },
      {
        says: [photo('כאן, מתחת למושב')],
        answer: 'תודה. אשלח בורג ארוך יותר ומפתח, זה פותר את זה בשתי דקות.',
      },
      { says: ['מצוין. הכתובת לא השתנתה: רחוב הנמל 12, חיפה'], answer: 'נשלח היום, יגיע עד יום ה׳.' },
      { says: ['תודה רבה, שירות מהיר 👏'], answer: 'בשמחה.' },
    ],
    nudges: ['מישהו שם?'],
    past: [],
  }),
  persona({ id: 'tomas', name: 'Tomás Pereira', phone: '258841234567', bsuid: 'MZ.4471200983316654' }, 'pt', {
    turns: [
      {
        says: [
          'Bom dia! Preciso da segunda via da fatura do balcão, HP-10433',
          'O contabilista perdeu a primeira 🙄',
        ],
        answer: 'Bom dia, Tomás. Segue dentro de minutos para o e-mail da padaria.',
      },
      {
        says: [paper('Pedido de fatura.pdf'), 'Com este NUIT, por favor'],
        answer: 'Recebido, já está corrigido.',
      },
      { says: ['Chegou. Obrigado e bom trabalho!'], answer: 'Obrigado nós.' },
    ],
    nudges: ['Alguém aí?'],
    past: [16],
  }),
  persona(
    { id: 'priya', name: 'Priya R.', bsuid: 'IN.13491208655302741918', username: 'priya.makes' },
    'en',
    {
      turns: [
        {
          says: [
            voiceNote,
            'Sorry, typing with one hand 🙈 In short: which oil for the round table? HP-10455',
          ],
          answer:
            'Hi Priya. Hard wax oil, the clear one. Thin coats, and wipe off what stays wet after ten minutes.',
        },
        {
          says: ['This one? https://harbour-and-pine.example/care/hard-wax-oil?size=250ml&finish=clear'],
          answer: 'Exactly that one.',
        },
        { says: ['Great, ordered. Namaste 🙏'], answer: 'Have fun with it.' },
      ],
      nudges: ['No rush, but the shop closes at six here'],
      past: [],
    },
  ),
  persona({ id: 'samir', name: 'Samir Haddad', phone: '96170123456', bsuid: 'LB.3309981120047721' }, 'fr', {
    turns: [
      {
        says: [
          'Bonjour, ma commande HP-10450 est annulée mais le remboursement n’est pas arrivé',
          '7 200 $, ce n’est pas rien…',
        ],
        answer: 'Bonjour Samir. Le virement est parti lundi, comptez trois jours ouvrables.',
      },
      {
        says: ['D’accord. Pouvez-vous m’envoyer la *preuve de virement* ?'],
        answer: 'Je vous l’envoie par e-mail dans l’heure.',
      },
      { says: ['Merci, bonne journée'], answer: 'Bonne journée à vous.' },
    ],
    nudges: ['Toujours pas de nouvelles ?'],
    past: [],
  }),
  persona({ id: 'hanako', name: '山田 花子', phone: '819012345678', bsuid: 'JP.6650012298137744' }, 'ja', {
    turns: [
      {
        says: ['こんにちは。ウェブサイトで見たラムの丸テーブル(60cm)は日本へ発送できますか?'],
        answer: 'こんにちは。はい、船便で約六週間です。',
      },
      { says: ['六週間ですね。分かりました😊 送料も教えてください'], answer: '東京まで 180 ドルです。' },
      { says: ['ありがとうございます。家族と相談します'], answer: 'いつでもご連絡ください。' },
    ],
    nudges: ['お返事をお待ちしております'],
    past: [],
  }),
  persona({ id: 'elin', name: 'Elin Lindqvist', phone: '254733987654', bsuid: 'KE.1209947750031628' }, 'en', {
    turns: [
      {
        says: ['Where is my sofa? 😬', '~Tuesday~ ~Wednesday~ Thursday was the last promise (HP-10471)'],
        answer: 'Hi Elin, it is on the truck and passes Voi now. You have it *before 17:00*.',
      },
      { says: ['Can the driver send me his number?'], answer: 'Sent: he is called Baraka.' },
      {
        says: [
          {
            kind: 'contacts',
            cards: [
              {
                name: 'Lars Lindqvist',
                organization: 'Lindqvist Möbel',
                phones: [{ phone: '+46 70 123 45 67', type: 'CELL', waId: '46701234567' }],
                emails: [],
              },
            ],
          },
          'My husband is at home, not me. That is his number',
        ],
        answer: 'Baraka has it.',
      },
      { says: ['❤️'], answer: 'Enjoy the sofa.' },
    ],
    nudges: ['Hello??', 'I took a day off for this'],
    past: [26],
  }),
  persona({ id: 'nameless', phone: '4915112345678', bsuid: 'DE.7765100394428810' }, 'de', {
    turns: [
      {
        says: ['Moin', 'Ist das der richtige Kanal?', { kind: 'withdrawal' }],
        answer: 'Moin! Womit können wir helfen?',
      },
      {
        says: [
          'Liefert ihr auch nach Deutschland?',
          { kind: 'unsupported', label: 'poll', detail: null, code: 131051 },
        ],
        answer: 'Ja, nach Bremen alle zwei Wochen mit der Sammellieferung.',
      },
      { says: ['👍'], answer: 'Bis bald.' },
    ],
    nudges: ['?'],
    past: [],
  }),
];
