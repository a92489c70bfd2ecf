import { failures } from '../conversations.js';
import { ANA, MASHA, NUMBER_ONLY, interaction, unsent } from '../people.js';
import { MASHAS, crowd, offered, open, usualDesk, workbins } from '../scenes.js';
import { shows } from '../state.js';
import type { Group, State } from '../state.js';
import { HOUR, NOW, SECOND } from '../time.js';
import { GalleryWorkspace } from '../workspace.js';
import type { Scene } from '../workspace.js';

const SIZE = { height: 720, ground: 'panel' } as const;

const desk = (id: string, title: string, make: () => Scene): State =>
  shows('whatsapp-desk', id, title, () => ({ workspace: new GalleryWorkspace(make()) }), SIZE);

export const whatsappDesk: Group = {
  tag: 'whatsapp-desk',
  states: [
    desk('usual', 'A usual afternoon', usualDesk),
    desk('invitation', 'An invitation comes in', () => ({
      ...usualDesk(),
      interactions: [offered(NUMBER_ONLY, 24 * SECOND), ...open()],
    })),
    desk('nothing-selected', 'No conversation is chosen', () => ({ ...usualDesk(), selected: undefined })),
    desk('empty', 'The first minute of the day', () => ({ ...workbins() })),
    desk('not-ready', 'Not Ready', () => ({
      ...workbins(),
      agent: { ...ANA, status: 'not-ready', reason: 'Lunch' },
    })),
    desk('offline', 'Offline with two messages waiting', () => ({
      ...usualDesk(),
      connection: { at: 'waiting', retryAt: NOW + 12 * SECOND, attempt: 4 },
      outbox: [
        unsent('Sample 14 is confirmed.', { at: 'queued' }),
        unsent('We begin on Monday.', { at: 'queued' }),
      ],
    })),
    desk('signed-out', 'The sign-in has ended', () => ({
      ...usualDesk(),
      connection: { at: 'refused', kind: 'unauthorized', sentence: 'The token has expired.' },
    })),
    desk('connecting', 'Connecting for the first time', () => ({
      agent: null,
      connection: { at: 'connecting', attempt: 0 },
    })),
    desk('crowd', 'Twenty-four conversations', () => ({
      ...usualDesk(),
      interactions: [interaction(MASHA), ...crowd(23)],
    })),
    desk('failures', 'Three failures in a row', () => ({
      ...usualDesk(),
      transcripts: { [MASHAS]: failures() },
    })),
    desk('window-closed', 'The service window is closed', () => ({
      ...usualDesk(),
      interactions: [interaction(MASHA, { windowClosesAt: NOW - HOUR }), ...open().slice(0, 2)],
    })),
    shows('whatsapp-desk', 'no-workspace', 'Before a workspace is there', () => ({}), SIZE),
  ],
};
