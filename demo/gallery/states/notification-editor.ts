import { bareNotification, EMPTY_DRAFT, NO_VALUES } from 'whatsapp-workspace/model';
import type { Draft, DraftNotification } from 'whatsapp-workspace/model';
import { usual } from '../conversations.js';
import { MASHA, interaction } from '../people.js';
import { MASHAS, usualDesk } from '../scenes.js';
import { shows } from '../state.js';
import type { Group, State } from '../state.js';
import { FILLED, PAUSED, PHOTO, PLACE, SHIPPED, TEMPLATES } from '../templates.js';
import { HOUR, NOW } from '../time.js';
import { GalleryWorkspace } from '../workspace.js';
import type { Scene } from '../workspace.js';

const SIZE = { height: 640, ground: 'panel' } as const;
const FEATURES = ['media', 'responses', 'templates', 'send-template', 'send-location'];

const draftOf = (notification: DraftNotification | null, more: Partial<Draft> = {}): Draft => ({
  ...EMPTY_DRAFT,
  notification,
  ...more,
});

const editor = (
  id: string,
  title: string,
  notification: DraftNotification | null,
  presses: readonly string[] = [],
  scene: Partial<Scene> = {},
): State => {
  const of = interaction(MASHA);
  const workspace = (): GalleryWorkspace =>
    new GalleryWorkspace({
      interactions: [of],
      selected: of.id,
      features: FEATURES,
      templates: TEMPLATES,
      drafts: { [of.id]: draftOf(notification) },
      ...scene,
    });
  return shows('notification-editor', id, title, () => ({ workspace: workspace() }), { ...SIZE, presses });
};

const beside = (
  id: string,
  title: string,
  panel: 'docked' | 'overlay' | 'sheet',
  draft: Draft,
  presses: readonly string[] = [],
  closed = false,
): State =>
  shows(
    'whatsapp-interaction',
    id,
    title,
    () => ({
      workspace: new GalleryWorkspace({
        ...usualDesk(),
        ...(closed && { interactions: [interaction(MASHA, { windowClosesAt: NOW - HOUR })] }),
        transcripts: { [MASHAS]: usual() },
        features: FEATURES,
        templates: TEMPLATES,
        drafts: { [MASHAS]: draft },
      }),
      interaction: MASHAS,
      panel,
    }),
    { ...SIZE, presses },
  );

const long = (letters: number): DraftNotification => ({
  ...FILLED,
  values: { ...NO_VALUES, body: { ...FILLED.values.body, 2: 'flowers and '.repeat(letters / 12) } },
});

const EDIT = ['.chip-buttons button:nth-child(2)'];
const CHOOSE = ['.choose'];

export const notificationEditor: Group = {
  tag: 'notification-editor',
  states: [
    editor('choose', 'Templates to choose from', null),
    editor('empty', 'No templates', null, [], { templates: [] }),
    editor('error', 'No connection', null, [], { templates: null }),
    editor('unsupported', 'The contact centre has none', null, [], { features: [] }),
    editor('alone', 'No conversation', null, [], { interactions: [], selected: undefined }),
    editor('filled', 'A payment to be confirmed', FILLED),
    editor('missing', 'Something is missing', { ...FILLED, values: NO_VALUES }, ['.send']),
    editor(
      'wrong',
      'Something is wrong',
      {
        ...FILLED,
        values: {
          ...NO_VALUES,
          body: { 1: 'Masha     Ivanova', 2: 'a\nb', 3: 'ten', 4: 'credit', 5: 'soon' },
        },
      },
      ['.send'],
    ),
    editor('near', 'Near the limit', long(780)),
    editor('over', 'Beyond the limit', long(1000)),
    editor('parts', 'With header, footer and buttons', {
      ...bareNotification(SHIPPED),
      values: { header: { 1: '2041' }, body: { first_name: 'Masha' }, buttons: { 0: '2041' } },
    }),
    editor('place', 'A place to be typed', bareNotification(PLACE), ['.send']),
    editor('place-set', 'With a place', {
      ...bareNotification(PLACE),
      place: {
        latitude: '41.40338',
        longitude: '2.17403',
        name: 'Workshop',
        address: 'Carrer de Mallorca 401',
      },
      values: { ...NO_VALUES, body: { 1: 'Friday' } },
    }),
    editor('photo', 'A photo is missing', bareNotification(PHOTO)),
    editor('paused', 'Paused meanwhile', bareNotification(PAUSED)),
    beside('chip', 'In the composer', 'sheet', draftOf(FILLED)),
    beside('chip-unfilled', 'In the composer, beside a text', 'sheet', {
      ...draftOf({ ...FILLED, values: NO_VALUES }),
      text: 'I am sending you the confirmation.',
    }),
    beside('docked', 'Beside a conversation', 'docked', draftOf(FILLED), EDIT),
    beside('overlay', 'Over the end of the messages', 'overlay', draftOf(FILLED), EDIT),
    beside('sheet', 'As a sheet', 'sheet', draftOf(FILLED), EDIT),
    beside(
      'closed',
      'The window is closed',
      'docked',
      { ...draftOf(null), text: 'About your chair' },
      [],
      true,
    ),
    beside('closed-choose', 'Chosen while the window is closed', 'docked', draftOf(null), CHOOSE, true),
    beside('closed-chip', 'To be sent while the window is closed', 'sheet', draftOf(FILLED), [], true),
  ],
};
