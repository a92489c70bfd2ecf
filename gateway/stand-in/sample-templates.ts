import type { TemplateTold } from './templates.js';

const quick = (text: string) => ({ type: 'QUICK_REPLY', text });

/** The templates of the business account that is played: all kinds of headers and buttons, counted and named parameters, and every fate that WhatsApp has for them. */
export const SAMPLE_TEMPLATES: readonly Omit<TemplateTold, 'id'>[] = [
  {
    name: 'payment_confirmation',
    language: 'en_US',
    category: 'UTILITY',
    status: 'APPROVED',
    components: [
      {
        type: 'BODY',
        text: 'Hello {{1}}.\nHave you ordered {{2}}?\nIf yes, please, confirm {{3}} payment issued to your {{4}} card.\nWe will send you {{5}}.\nThanks, {{1}}.',
        example: { body_text: [['Masha Ivanova', 'flowers', '$10', 'credit', 'Wednesday, May 13, 2020']] },
      },
    ],
  },
  {
    name: 'order_on_its_way',
    language: 'en_US',
    category: 'UTILITY',
    status: 'APPROVED',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Order {{1}}', example: { header_text: ['HP-2041'] } },
      {
        type: 'BODY',
        text: 'Hello {{1}}, your order left our workshop today. It arrives on *{{2}}*, and the driver calls you ten minutes before.',
        example: { body_text: [['Ana', 'Tuesday']] },
      },
      { type: 'FOOTER', text: 'Harbour & Pine' },
      {
        type: 'BUTTONS',
        buttons: [
          {
            type: 'URL',
            text: 'Track it',
            url: 'https://harbourandpine.example/track/{{1}}',
            example: ['https://harbourandpine.example/track/HP-2041'],
          },
          quick('I am not at home'),
        ],
      },
    ],
  },
  {
    name: 'order_on_its_way',
    language: 'de',
    category: 'UTILITY',
    status: 'APPROVED',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Bestellung {{1}}', example: { header_text: ['HP-2041'] } },
      {
        type: 'BODY',
        text: 'Guten Tag {{1}}, Ihre Bestellung hat heute unsere Werkstatt verlassen. Sie kommt am *{{2}}* an.',
        example: { body_text: [['Ana', 'Dienstag']] },
      },
      { type: 'FOOTER', text: 'Harbour & Pine' },
      {
        type: 'BUTTONS',
        buttons: [
          {
            type: 'URL',
            text: 'Verfolgen',
            url: 'https://harbourandpine.example/track/{{1}}',
            example: ['https://harbourandpine.example/track/HP-2041'],
          },
          quick('Ich bin nicht da'),
        ],
      },
    ],
  },
  {
    name: 'pedido_en_camino',
    language: 'es',
    category: 'UTILITY',
    status: 'APPROVED',
    parameter_format: 'NAMED',
    components: [
      {
        type: 'BODY',
        text: 'Hola {{nombre}}, su pedido ya está en camino y llega el {{dia}}. ¡Gracias por su paciencia!',
        example: {
          body_text_named_params: [
            { param_name: 'nombre', example: 'Ana' },
            { param_name: 'dia', example: 'martes' },
          ],
        },
      },
    ],
  },
  {
    name: 'invoice',
    language: 'en_US',
    category: 'UTILITY',
    status: 'APPROVED',
    components: [
      {
        type: 'HEADER',
        format: 'DOCUMENT',
        example: { header_handle: ['https://scontent.example/invoice.pdf'] },
      },
      {
        type: 'BODY',
        text: 'Hello {{1}}, here is the invoice for your order {{2}}. Please pay {{3}} by {{4}}. Thank you!',
        example: { body_text: [['Ana', 'HP-2041', '€420.00', 'June 30']] },
      },
      { type: 'BUTTONS', buttons: [{ type: 'PHONE_NUMBER', text: 'Call us', phone_number: '+12025550100' }] },
    ],
  },
  {
    name: 'return_form',
    language: 'en_US',
    category: 'UTILITY',
    status: 'APPROVED',
    components: [
      {
        type: 'HEADER',
        format: 'DOCUMENT',
        example: { header_handle: ['https://scontent.example/form.pdf'] },
      },
      {
        type: 'BODY',
        text: 'Hello {{1}}, here is the form to return your order {{2}}. Please put it into the parcel.',
        example: { body_text: [['Ana', 'HP-2041']] },
      },
    ],
  },
  {
    name: 'order_ready',
    language: 'ar',
    category: 'UTILITY',
    status: 'APPROVED',
    components: [
      {
        type: 'BODY',
        text: 'مرحبًا {{1}}، طلبك جاهز. المبلغ المتبقي {{2}}، ويمكنك استلامه من ورشتنا.',
        example: { body_text: [['ليلى', '420 د.إ']] },
      },
    ],
  },
  {
    name: 'new_fabrics',
    language: 'en_US',
    category: 'MARKETING',
    status: 'APPROVED',
    quality_score: { score: 'YELLOW', date: 1_760_000_000 },
    components: [
      {
        type: 'HEADER',
        format: 'IMAGE',
        example: { header_handle: ['https://scontent.example/fabrics.jpg'] },
      },
      {
        type: 'BODY',
        text: 'Hello {{1}}, the new fabrics are here. With your code they cost {{2}} less until Sunday!',
        example: { body_text: [['Ana', '15 %']] },
      },
      { type: 'FOOTER', text: 'No more of these? Tap on Stop.' },
      { type: 'BUTTONS', buttons: [{ type: 'COPY_CODE', example: 'FABRIC15' }, quick('Stop')] },
    ],
  },
  {
    name: 'care_for_oak',
    language: 'en_US',
    category: 'UTILITY',
    status: 'APPROVED',
    components: [
      { type: 'HEADER', format: 'VIDEO', example: { header_handle: ['https://scontent.example/oak.mp4'] } },
      {
        type: 'BODY',
        text: 'Dear {{1}}, your table is made of oak. This is how it stays beautiful for years to come.',
        example: { body_text: [['Ana']] },
      },
      {
        type: 'BUTTONS',
        buttons: [{ type: 'URL', text: 'Read more', url: 'https://harbourandpine.example/care' }],
      },
    ],
  },
  {
    name: 'ready_to_fetch',
    language: 'en_US',
    category: 'UTILITY',
    status: 'APPROVED',
    components: [
      { type: 'HEADER', format: 'LOCATION' },
      {
        type: 'BODY',
        text: 'Hello {{1}}, your chair is repaired. You can fetch it here until {{2}}, from 8 am to 5 pm.',
        example: { body_text: [['Ana', 'Friday']] },
      },
    ],
  },
  {
    name: 'follow_up',
    language: 'en_US',
    category: 'UTILITY',
    status: 'APPROVED',
    components: [
      {
        type: 'BODY',
        text: 'Hello {{1}}, you wrote to us and we could not answer in time. May we go on here?',
        example: { body_text: [['Ana']] },
      },
      { type: 'BUTTONS', buttons: [quick('Yes, please'), quick('No, thank you')] },
    ],
  },
  {
    name: 'login_code',
    language: 'en_US',
    category: 'AUTHENTICATION',
    status: 'APPROVED',
    components: [
      {
        type: 'BODY',
        text: '*{{1}}* is your verification code. For your security, do not share this code.',
        add_security_recommendation: true,
        example: { body_text: [['123456']] },
      },
      { type: 'FOOTER', text: 'This code expires in 10 minutes.', code_expiration_minutes: 10 },
      {
        type: 'BUTTONS',
        buttons: [
          {
            type: 'URL',
            text: 'Copy code',
            url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code_expiration_minutes=10&code=otp{{1}}',
            example: [
              'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code_expiration_minutes=10&code=otp123456',
            ],
          },
        ],
      },
    ],
  },
  {
    name: 'summer_sale',
    language: 'en_US',
    category: 'MARKETING',
    status: 'PAUSED',
    quality_score: { score: 'RED', date: 1_760_000_000 },
    components: [
      {
        type: 'BODY',
        text: 'Our sale begins, {{1}}. Chairs are {{2}} off until Sunday.',
        example: { body_text: [['Ana', '25 %']] },
      },
    ],
  },
  {
    name: 'winter_care',
    language: 'en_US',
    category: 'MARKETING',
    status: 'REJECTED',
    rejected_reason: 'INVALID_FORMAT',
    components: [{ type: 'BODY', text: 'How to care for wood in winter.' }],
  },
  {
    name: 'spring_fair',
    language: 'en_US',
    category: 'MARKETING',
    status: 'PENDING',
    components: [
      {
        type: 'BODY',
        text: 'Meet us at the spring fair in {{1}}, hall {{2}}. We are there on all three days.',
        example: { body_text: [['Milan', '5']] },
      },
    ],
  },
];
