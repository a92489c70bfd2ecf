import { ANA, LONG, unsent } from '../people.js';
import { shows } from '../state.js';
import type { Group, State } from '../state.js';
import { NOW, SECOND } from '../time.js';
import { GalleryWorkspace } from '../workspace.js';
import type { Scene } from '../workspace.js';

const agent = (id: string, title: string, scene: Scene, reasons = ''): State =>
  shows('agent-status', id, title, () => ({ workspace: new GalleryWorkspace(scene), reasons }));

export const agentStatus: Group = {
  tag: 'agent-status',
  states: [
    agent('ready', 'Ready', {}),
    agent('not-ready', 'Not Ready', { agent: { ...ANA, status: 'not-ready' } }),
    agent(
      'reasons',
      'Not Ready, with reasons to choose from',
      { agent: { ...ANA, status: 'not-ready' } },
      'Break, Lunch, Training',
    ),
    agent(
      'reason',
      'Not Ready for a reason',
      { agent: { ...ANA, status: 'not-ready', reason: 'Lunch' } },
      'Break, Lunch, Training',
    ),
    agent('long-name', 'An agent with a long name', { agent: { ...ANA, name: LONG.name ?? '' } }),
    agent('arabic-name', 'An agent with an Arabic name', { agent: { ...ANA, name: 'نورة الحربي' } }),
    agent('refused', 'Every choice is refused (choose one)', { refusal: 'unavailable' }),
    shows('agent-status', 'no-workspace', 'Before a workspace is there', () => ({})),
  ],
};

const outbox = [unsent('Yes, on Friday.', 'queued'), unsent('Before ten.', 'queued')];
const connection = (id: string, title: string, scene: Scene): State =>
  shows('connection-status', id, title, () => ({ workspace: new GalleryWorkspace(scene) }));

export const connectionStatus: Group = {
  tag: 'connection-status',
  states: [
    connection('online', 'Online: nothing is shown', {}),
    connection('connecting', 'Connecting for the first time', {
      connection: { at: 'connecting', attempt: 0 },
    }),
    connection('waiting', 'Offline, next try in 8 seconds', {
      connection: { at: 'waiting', retryAt: NOW + 8 * SECOND, attempt: 3 },
    }),
    connection('waiting-outbox', 'Offline, two messages wait', {
      connection: { at: 'waiting', retryAt: NOW + 14 * SECOND, attempt: 5 },
      outbox,
    }),
    connection('unauthorized', 'The sign-in has ended', {
      connection: { at: 'refused', kind: 'unauthorized', sentence: 'The token expired at 14:30:00.' },
      outbox,
    }),
    connection('refused', 'The page may not connect', {
      connection: {
        at: 'refused',
        kind: 'refused',
        sentence: 'The origin https://crm.example is not in ALLOWED_ORIGINS.',
      },
    }),
    connection('invalid', 'Versions that do not fit', {
      connection: { at: 'refused', kind: 'invalid', sentence: 'The first frame was not a welcome.' },
    }),
    connection('unsupported', 'An adapter that cannot do what is needed', {
      connection: { at: 'refused', kind: 'unsupported', sentence: 'This adapter has no transcripts.' },
    }),
    connection('memory', 'The browser stores nothing', { storage: 'memory' }),
    connection('memory-offline', 'Stores nothing, and offline', {
      storage: 'memory',
      connection: { at: 'waiting', retryAt: NOW + 3 * SECOND, attempt: 1 },
      outbox,
    }),
  ],
};
