import { HARD, LIBRARY, MANY } from '../library.js';
import type { Library } from '../library.js';
import { MASHA, NOURA, interaction } from '../people.js';
import { MASHAS, usualDesk } from '../scenes.js';
import { shows } from '../state.js';
import type { Group, State } from '../state.js';
import { FILLED } from '../templates.js';
import { GalleryWorkspace } from '../workspace.js';
import type { Scene } from '../workspace.js';

const SIZE = { height: 640, ground: 'panel' } as const;

interface Setting extends Omit<Scene, 'library'> {
  readonly library?: Library | null;
  readonly text?: string;
  readonly presses?: readonly string[];
}

const picker = (id: string, title: string, setting: Setting = {}): State => {
  const { text = '', presses = [], ...scene } = setting;
  const of = interaction(MASHA);
  const workspace = (): GalleryWorkspace =>
    new GalleryWorkspace({
      ...(scene.interactions ? {} : { interactions: [of], selected: of.id }),
      features: ['responses', 'favourite-responses'],
      library: LIBRARY,
      ...scene,
    });
  return shows('response-picker', id, title, () => ({ workspace: workspace(), text }), { ...SIZE, presses });
};

const beside = (
  id: string,
  title: string,
  panel: 'docked' | 'overlay' | 'sheet',
  more: Partial<Scene> = {},
  presses: readonly string[] = [],
): State =>
  shows(
    'whatsapp-interaction',
    id,
    title,
    () => ({
      workspace: new GalleryWorkspace({
        ...usualDesk(),
        features: ['media', 'responses', 'favourite-responses'],
        library: LIBRARY,
        settings: { panelTab: 'responses' },
        ...more,
      }),
      interaction: MASHAS,
      panel,
    }),
    { ...SIZE, presses },
  );

const TYPED = { drafts: { [MASHAS]: 'Good morning. /' } };
/** A response that is a notification alone, and one that is a text as well. */
const NOTIFYING: Library = {
  ...LIBRARY,
  responses: LIBRARY.responses.map((one, i) =>
    i === 0
      ? { ...one, name: FILLED.title, body: '', notification: FILLED }
      : i === 1
        ? { ...one, notification: FILLED }
        : one,
  ),
};
const OPEN = ['whatsapp-composer >>> [part=responses-button]'];

export const responsePicker: Group = {
  tag: 'response-picker',
  states: [
    picker('usual', 'The library'),
    picker('favourites', 'Favourites', { presses: ['.chip:nth-child(2)'] }),
    picker('no-recent', 'Nothing used yet', { presses: ['.chip:nth-child(3)'] }),
    picker('hits', 'A search with its hits', { text: 'return' }),
    picker('preview', 'What the contact will see', { presses: ['.row:nth-child(4)'] }),
    picker('files', 'With files', { presses: ['.row:nth-child(5)'] }),
    picker('notification', 'A notification', { presses: ['.row:nth-child(1)'], library: NOTIFYING }),
    picker('categories', 'The categories', { presses: ['.category button'] }),
    picker('none', 'Nothing found', { text: 'aeroplane' }),
    picker('empty', 'An empty library', { library: { categories: [], responses: [] } }),
    picker('error', 'No connection', { library: null }),
    picker('alone', 'No conversation to insert into', {
      interactions: [],
      presses: ['.row:nth-child(1)'],
    }),
    picker('unsupported', 'The contact centre has none', { features: [] }),
    picker('hard', 'Long names', { library: HARD, presses: ['.row:nth-child(1)'] }),
    picker('arabic', 'Arabic', {
      library: HARD,
      interactions: [interaction(NOURA)],
      selected: interaction(NOURA).id,
      presses: ['.row:nth-child(3)'],
    }),
    picker('many', 'Ten thousand', { library: MANY }),
    beside('docked', 'Beside a conversation', 'docked'),
    beside('overlay', 'Over the end of the messages', 'overlay', {}, OPEN),
    beside('sheet', 'As a sheet', 'sheet', {}, OPEN),
    beside('shortcut', 'A shortcut is typed', 'overlay', TYPED, ['whatsapp-composer >>> textarea']),
    beside('unfilled', 'With placeholders to fill in', 'docked', {
      drafts: {
        [MASHAS]: {
          text: 'Your order [Interaction.AttachedData("OrderId")] leaves our workshop on *[Interaction.AttachedData("ShipDate")]*.',
          attachments: [],
          notification: null,
          replyTo: null,
          unfilled: ['[Interaction.AttachedData("OrderId")]', '[Interaction.AttachedData("ShipDate")]'],
        },
      },
    }),
  ],
};
