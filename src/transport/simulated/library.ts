import type { OwnFile, PreparedResponse, ResponseAttachment, ResponseCategory } from '../../model/index.js';
import type { MediaStore } from './media-store.js';
import type { SimulatedLibrary } from './responses.js';
import { samplePdf } from './sample-pdf.js';
import { sampleNotification } from './sample-notifications.js';

const CATEGORIES: readonly ResponseCategory[] = [
  { id: 'greetings', parent: null, name: 'Greetings' },
  { id: 'orders', parent: null, name: 'Orders' },
  { id: 'delivery', parent: 'orders', name: 'Delivery' },
  { id: 'returns', parent: 'orders', name: 'Returns' },
  { id: 'care', parent: null, name: 'Care of wood and leather' },
];

type Words = Pick<PreparedResponse, 'category' | 'name' | 'body' | 'language'> &
  Partial<Pick<PreparedResponse, 'shortcut' | 'keywords' | 'notification'>> & { readonly file?: string };

const WORDS: readonly Words[] = [
  {
    category: 'greetings',
    name: 'Hello',
    body: 'Hello <$Contact.FirstName|there$>, this is <$Agent.FirstName$>. How can I help you?',
    language: 'en',
    shortcut: 'hello',
    keywords: ['welcome', 'first'],
  },
  {
    category: 'greetings',
    name: 'Goodbye',
    body: 'Thank you for writing to us, <$Contact.FirstName|and goodbye$>. Have a good day!',
    language: 'en',
    shortcut: 'bye',
    keywords: ['end', 'thanks'],
  },
  {
    category: 'greetings',
    name: 'Hola',
    body: 'Hola <$Contact.FirstName|y gracias por escribirnos$>, soy <$Agent.FirstName$>. ¿En qué puedo ayudarle?',
    language: 'es',
    shortcut: 'hola',
    keywords: ['saludo'],
  },
  {
    category: 'greetings',
    name: 'مرحبًا',
    body: 'مرحبًا <$Contact.FirstName|بك$>، معك <$Agent.FirstName$>. كيف يمكنني مساعدتك؟',
    language: 'ar',
    shortcut: 'marhaba',
    keywords: ['تحية'],
  },
  {
    category: 'delivery',
    name: 'Delivery date',
    body: 'Your order <$Interaction.AttachedData("OrderId")$> leaves our workshop on *<$Interaction.AttachedData("ShipDate")$>*.',
    language: 'en',
    shortcut: 'date',
    keywords: ['shipping', 'when'],
  },
  {
    category: 'delivery',
    name: 'Delivery times',
    body: 'We deliver:\n* chairs within two weeks\n* tables within four\n* wardrobes within six',
    language: 'en',
    shortcut: 'times',
    keywords: ['shipping', 'duration'],
  },
  {
    category: 'returns',
    name: 'Return form',
    body: 'Here is the form for your return. Please put it into the parcel.',
    language: 'en',
    shortcut: 'return',
    keywords: ['send back', 'refund'],
    file: 'Return form.pdf',
  },
  {
    category: 'returns',
    name: 'Devoluciones',
    body: 'Le adjunto el formulario de devolución. Por favor, inclúyalo en el paquete.',
    language: 'es',
    shortcut: 'devolucion',
    keywords: ['reembolso'],
    file: 'Formulario de devolución.pdf',
  },
  {
    category: 'care',
    name: 'Oiled oak',
    body: 'Wipe it with a *damp* cloth, and oil it once a year. _No soap, please._',
    language: 'en',
    keywords: ['wood', 'cleaning', 'oil'],
    file: 'Care of oiled oak.pdf',
  },
  {
    category: 'care',
    name: 'Leather',
    body: 'Keep it out of the sun, and treat it with wax every six months.',
    language: 'en',
    keywords: ['cleaning', 'wax'],
  },
  {
    category: 'orders',
    name: 'Payment confirmation',
    body: '',
    language: 'en',
    shortcut: 'payment',
    keywords: ['bill', 'card', 'notification'],
    notification: sampleNotification('payment_confirmation'),
  },
  {
    category: 'delivery',
    name: 'Order on its way',
    body: '',
    language: 'en',
    shortcut: 'way',
    keywords: ['shipping', 'tracking', 'notification'],
    notification: sampleNotification('order_on_its_way'),
  },
  {
    category: 'delivery',
    name: 'Where our workshop is',
    body: '',
    language: 'en',
    shortcut: 'workshop',
    keywords: ['address', 'map', 'notification'],
    notification: sampleNotification('shop_address'),
  },
];

/** What is prepared in a simulated contact centre. Its files are made when somebody wants them. */
export function sampleLibrary(files: MediaStore): SimulatedLibrary {
  const responses = WORDS.map(({ file, ...words }, index): PreparedResponse => {
    const attachments = file === undefined ? [] : [document(files, file)];
    return { shortcut: null, keywords: [], ...words, id: `response-${index + 1}`, attachments };
  });
  return { categories: CATEGORIES, responses };
}

/** A file of the library, which every agent may send; null for other files. */
export function libraryFile({ responses }: SimulatedLibrary, media: string): OwnFile | null {
  const all = responses.flatMap(({ attachments }) => attachments);
  const file = all.find((one) => one.media.id === media);
  return file ? { mimeType: file.mimeType, bytes: file.bytes, width: null, height: null } : null;
}

function document(files: MediaStore, fileName: string): ResponseAttachment {
  const pdf = samplePdf(fileName);
  const mimeType = 'application/pdf';
  return {
    media: files.put(pdf, { mimeType, fileName }),
    as: 'document',
    fileName,
    mimeType,
    bytes: pdf.size,
  };
}
