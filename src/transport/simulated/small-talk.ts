/** What was said in earlier interactions, by language: what the contact wrote and what an agent answered. `#` stands for a number. */
type Exchange = readonly [says: string, answer: string];

const ENGLISH: readonly [Exchange, ...Exchange[]] = [
  ['Good morning, is order HP-# ready?', 'Good morning. It is being packed and leaves today.'],
  ['Do you still have the pine boards in 240?', 'Yes, # in the yard. Shall I put some aside for you?'],
  ['Put # aside please', 'Done, they have your name on them until Friday.'],
  ['What does delivery to Nakuru cost now?', 'Up to 300 kg it is included, above that # dollars a trip.'],
  [
    'The invoice says # but we agreed on less',
    'You are right, the discount is missing. The corrected one comes today.',
  ],
  ['Got it, thanks', 'You are welcome.'],
  ['Can you cut them to 118 cm?', 'Yes, one cut per board is free.'],
  ['One of the legs is shorter', 'Is the floor even there? If so, we send a new leg.'],
  [
    'Floor is even, I checked with a level',
    'Then a new leg leaves tomorrow. Please keep the old one for the driver.',
  ],
  [
    'Driver was here, nobody told him to call first',
    'I am sorry. I have put it in capitals on your delivery notes.',
  ],
  ['😂 ok', 'It should work now.'],
  ['How long does the walnut take?', 'Three weeks, four when the workshop is full.'],
  ['Is it full?', 'Half. Say yes today and you have it in three.'],
  ['Then *yes*', 'Booked. Order number HP-#.'],
  ['Which glue do you use? A customer asks', 'A water-based one, class D3. I can send the data sheet.'],
  ['Please do', 'It is in your inbox.'],
  ['Are you open on Saturday?', 'From 8 to 13, the yard until 12.'],
  ['Can I pay half now?', 'Half now and half on delivery is fine.'],
  ['Paid # now, the rest on Friday', 'Received, thank you.'],
  ['The boards smell of smoke', 'They were next to the kiln. It is gone after two days in the open air.'],
  ['Two days later: it is gone 👍', 'Good to hear.'],
  ['My carpenter wants the drawings', 'Here they are: https://harbour-and-pine.example/drawings/HP-#'],
  ['He says the holes are 2 mm off', 'Which ones? Could you ask him for a photo with a ruler?'],
  ['Never mind, he held it upside down', 'That happens to all of us.'],
  ['Do you buy old oak beams?', 'Sometimes. How long are they, and are there nails in them?'],
  ['About # years old, nails for sure', 'Then rather not, they ruin the saw.'],
  ['Can I add # more to the order?', 'Until noon tomorrow, yes. Added.'],
  ['When is the price going up?', 'On the first of next month, by five per cent.'],
  ['Then double it', 'Doubled. You get the new confirmation in a minute.'],
  ['Everything arrived, nothing broken', 'Wonderful. See you next time.'],
];

const ARABIC: readonly [Exchange, ...Exchange[]] = [
  ['صباح الخير، هل وصلت دفعتي؟', 'صباح النور، وصلت اليوم. شكرًا لك.'],
  ['كم تستغرق طاولة من ٦ مقاعد؟', 'ثلاثة أسابيع تقريبًا.'],
  ['أريد # كراسي من نفس اللون', 'متوفرة، أضفتها إلى طلبك HP-#.'],
  ['السائق لا يجد العنوان', 'أرسلي الموقع من فضلك وسأتصل به الآن.'],
  ['وصل، شكرًا 🌷', 'العفو.'],
  ['هل عندكم فرع في الرياض؟', 'ليس بعد، لكننا نوصل إليها كل خميس.'],
  ['أحتاج عرض سعر لـ # طاولة', 'يصلك العرض قبل نهاية اليوم.'],
  ['السعر مناسب، نبدأ', 'على بركة الله، رقم الطلب HP-#.'],
];

const PORTUGUESE: readonly [Exchange, ...Exchange[]] = [
  ['Boa tarde, o balcão já tem data?', 'Boa tarde! Fica pronto no dia #.'],
  ['A porta é estreita, 92 cm. Passa?', 'Passa, vem em duas partes.'],
  ['Quanto fica com montagem?', 'Mais # dólares, num dia de trabalho.'],
  ['Combinado 👌', 'Fica marcado.'],
  ['O vidro veio riscado', 'Lamento. O novo segue com a próxima carrinha.'],
  ['Já está trocado, obrigado', 'Obrigado pela paciência.'],
];

/** Falls back to English. */
export function exchangesIn(language: string): readonly [Exchange, ...Exchange[]] {
  if (language === 'ar') return ARABIC;
  return language === 'pt' ? PORTUGUESE : ENGLISH;
}
