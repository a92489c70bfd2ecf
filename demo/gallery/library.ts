import type { ResponseLibrary } from 'whatsapp-workspace';
import {
  draftFile,
  draftNotification,
  fieldValues,
  fillFieldCodes,
  insertResponse,
  responseFilter,
} from 'whatsapp-workspace/model';
import type { Draft, PreparedResponse, ResponseCategory, WorkspaceState } from 'whatsapp-workspace/model';
import { ARABIC, FORMATTED } from './texts.js';

export interface Library {
  readonly categories: readonly ResponseCategory[];
  readonly responses: readonly PreparedResponse[];
  /** Ids of those that the agent likes. */
  readonly favourites?: readonly string[];
  /** Ids of those that the agent has used, the last first. */
  readonly recent?: readonly string[];
}

interface Desk {
  stateOf(): WorkspaceState;
  draftOf(interaction: string): Draft;
  save(interaction: string, draft: Draft): void;
}

/** A library on the page alone; with null, one that cannot be reached. */
export function galleryLibrary(library: Library | null, desk: Desk): ResponseLibrary {
  let favourites: readonly string[] = library?.favourites ?? [];
  let recent: readonly string[] = library?.recent ?? [];
  return {
    search: async (search) => {
      if (!library) return { ok: false, why: 'offline' };
      const wanted = { favourites, recent, all: null }[search.of ?? 'all'];
      const responses = library.responses
        .filter(responseFilter(library.categories, search))
        .filter(({ id }) => wanted?.includes(id) ?? true)
        .toSorted((a, b) => (search.of === 'recent' ? recent.indexOf(a.id) - recent.indexOf(b.id) : 0))
        .map((one) => ({ ...one, favourite: favourites.includes(one.id) }));
      return { ok: true, responses, next: null };
    },
    setFavourite: async (id, favourite) => {
      favourites = favourite ? [...favourites, id] : favourites.filter((one) => one !== id);
      return { ok: true };
    },
    categories: async () =>
      library ? { ok: true, categories: library.categories } : { ok: false, why: 'offline' },
    insert: (interaction, { id, name, body, language, attachments, notification }, range) => {
      const { agent, interactions } = desk.stateOf();
      const known = interactions.get(interaction);
      if (!known) return null;
      const filled = fillFieldCodes(body, fieldValues({ interaction: known, agent, language }));
      const files = attachments.map((file, i) => draftFile(file, `${file.media.id}-${Date.now()}-${i}`));
      const { draft, end } = insertResponse(desk.draftOf(interaction), filled, files, range);
      const filledIn = notification && draftNotification(name, notification, { interaction: known, agent });
      desk.save(interaction, filledIn ? { ...draft, notification: filledIn } : draft);
      recent = [id, ...recent.filter((one) => one !== id)];
      return end;
    },
  };
}

const response = (
  id: string,
  category: string,
  name: string,
  body: string,
  more: Partial<PreparedResponse> = {},
): PreparedResponse => ({
  id,
  category,
  name,
  body,
  language: 'en',
  shortcut: null,
  keywords: [],
  attachments: [],
  ...more,
});

const pdf = (fileName: string, bytes: number): PreparedResponse['attachments'][number] => ({
  media: { id: fileName },
  as: 'document',
  fileName,
  mimeType: 'application/pdf',
  bytes,
});

const CATEGORIES: readonly ResponseCategory[] = [
  { id: 'greetings', parent: null, name: 'Greetings' },
  { id: 'orders', parent: null, name: 'Orders' },
  { id: 'delivery', parent: 'orders', name: 'Delivery' },
  { id: 'abroad', parent: 'delivery', name: 'Delivery abroad' },
  { id: 'returns', parent: 'orders', name: 'Returns' },
  { id: 'care', parent: null, name: 'Care of wood and leather' },
];

export const LIBRARY: Library = {
  categories: CATEGORIES,
  favourites: ['leather', 'hello'],
  responses: [
    response(
      'hello',
      'greetings',
      'Hello',
      'Hello <$Contact.FirstName|there$>, this is <$Agent.FirstName$>. How can I help you?',
      {
        shortcut: 'hello',
      },
    ),
    response(
      'bye',
      'greetings',
      'Goodbye',
      'Thank you for writing to us, <$Contact.FirstName|and goodbye$>. Have a good day!',
      {
        shortcut: 'bye',
      },
    ),
    response(
      'date',
      'delivery',
      'Delivery date',
      'Your order <$Interaction.AttachedData("OrderId")$> leaves our workshop on *<$Interaction.AttachedData("ShipDate")$>*.',
      {
        shortcut: 'date',
      },
    ),
    response(
      'times',
      'delivery',
      'Delivery times',
      'We deliver:\n* chairs within two weeks\n* tables within four\n* wardrobes within six\n\nThe workshop is at www.handsome.example',
      {
        shortcut: 'times',
      },
    ),
    response(
      'return',
      'returns',
      'Return form',
      'Here is the form for your return. Please put it into the parcel.',
      {
        shortcut: 'return',
        attachments: [pdf('Return form.pdf', 240_000), pdf('How to pack a chair.pdf', 1_840_000)],
      },
    ),
    response(
      'devolucion',
      'returns',
      'Devoluciones',
      'Le adjunto el formulario de devolución. Por favor, inclúyalo en el paquete.',
      {
        language: 'es',
        shortcut: 'devolucion',
        attachments: [pdf('Formulario de devolución.pdf', 260_000)],
      },
    ),
    response(
      'oak',
      'care',
      'Oiled oak',
      'Wipe it with a *damp* cloth, and oil it once a year. _No soap, please._',
      {
        keywords: ['wood'],
        attachments: [pdf('Care of oiled oak.pdf', 320_000)],
      },
    ),
    response('leather', 'care', 'Leather', 'Keep it out of the sun, and treat it with wax every six months.'),
    response(
      'marhaba',
      'greetings',
      'مرحبًا',
      'مرحبًا <$Contact.FirstName|بك$>، معك <$Agent.FirstName$>. كيف يمكنني مساعدتك؟',
      {
        language: 'ar',
        shortcut: 'مرحبا',
      },
    ),
  ],
};

/** What lists find hard: names and shortcuts without end, other directions, a long text, many files, an empty text. */
export const HARD: Library = {
  categories: [
    ...CATEGORIES,
    {
      id: 'long',
      parent: 'abroad',
      name: 'What our customers outside of the European Union have to pay at the border',
    },
  ],
  responses: [
    response(
      'long',
      'long',
      'What our customers outside of the European Union have to pay at the border, and when',
      FORMATTED,
      {
        shortcut: 'customs-outside-of-the-european-union-and-when',
        attachments: Array.from({ length: 12 }, (_, i) =>
          pdf(`Declaration of everything that is in the parcel, page ${i + 1}.pdf`, 1_000_000 * (i + 1)),
        ),
      },
    ),
    response(
      'unbroken',
      'care',
      'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunte',
      'x'.repeat(600),
      { language: 'de' },
    ),
    response('arabic', 'greetings', ARABIC, ARABIC, { language: 'ar', shortcut: 'مرحبا' }),
    response('empty', 'care', 'Only a file', '', { language: null, attachments: [pdf('Care.pdf', 12_000)] }),
    response('emoji', 'care', '🌻🌻🌻', '🌻'),
  ],
};

/** Ten thousand. */
export const MANY: Library = {
  categories: CATEGORIES,
  responses: Array.from({ length: 10_000 }, (_, i) =>
    response(`many-${i}`, 'care', `Response ${i + 1}`, `This is what we say for the ${i + 1}th time.`),
  ),
};
