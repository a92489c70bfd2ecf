import type { LateFailure } from 'whatsapp-workspace';
import type { Contact } from 'whatsapp-workspace/model';
import { ANA, BEN, LONG, MASHA, NOURA, interaction, unsent } from '../people.js';
import { shows } from '../state.js';
import type { Group, State } from '../state.js';
import { MINUTE, NOW, SECOND } from '../time.js';
import { GalleryWorkspace } from '../workspace.js';
import type { Scene } from '../workspace.js';

const agent = (
  id: string,
  title: string,
  scene: Scene,
  reasons = '',
  presses: readonly string[] = [],
): State =>
  shows('agent-status', id, title, () => ({ workspace: new GalleryWorkspace(scene), reasons }), { presses });

const BUTTON = '[aria-haspopup=menu]';

export const agentStatus: Group = {
  tag: 'agent-status',
  states: [
    agent('ready', 'Ready', {}),
    agent('not-ready', 'Not Ready', { agent: { ...ANA, status: 'not-ready' } }),
    agent(
      'menu',
      'The menu, with reasons for Not Ready',
      { agent: { ...ANA, status: 'not-ready' } },
      'Break, Lunch, Training',
      [BUTTON],
    ),
    agent(
      'reason',
      'Not Ready for a reason',
      { agent: { ...ANA, status: 'not-ready', reason: 'Lunch' } },
      'Break, Lunch, Training',
    ),
    agent('settings', 'The agent’s own settings, from the menu', {}, 'Break', [BUTTON, '.menu-item.apart']),
    agent('long-name', 'An agent with a long name', { agent: { ...ANA, name: LONG.name ?? '' } }),
    agent('arabic-name', 'An agent with an Arabic name', { agent: { ...ANA, name: 'نورة الحربي' } }),
    agent('later-status', 'A status of a later version', { agent: { ...ANA, status: 'logged-out' } }),
    agent('refused', 'Every choice is refused', { refusal: 'unavailable' }, '', [
      BUTTON,
      '[role=menuitem]:nth-child(2)',
    ]),
    shows('agent-status', 'no-workspace', 'Before a workspace is there', () => ({})),
  ],
};

const outbox = [unsent('Yes, on Friday.', { at: 'queued' }), unsent('Before ten.', { at: 'queued' })];
const connection = (id: string, title: string, scene: Scene): State =>
  shows('connection-status', id, title, () => ({ workspace: new GalleryWorkspace(scene) }));

const late = (
  contact: Contact,
  state: LateFailure['state'],
  workbin: string | null,
  code: number,
): LateFailure => ({
  message: `late-${contact.id}`,
  interaction: `interaction-${contact.id}`,
  contact,
  text: 'The chairs arrive on Friday between eight and ten; the driver calls half an hour before.',
  at: NOW - 20 * SECOND,
  error: { code, detail: 'Message undeliverable' },
  state,
  workbin,
});

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
    connection('copy', 'Reloaded offline: the desk is a copy', {
      asOf: NOW - 27 * MINUTE,
      connection: { at: 'waiting', retryAt: NOW + 8 * SECOND, attempt: 3 },
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
    connection('stopped', 'WhatsApp takes no messages', { troubles: ['payment'] }),
    connection('outage', 'WhatsApp does not answer', { troubles: ['outage'] }),
    connection('slow', 'WhatsApp takes messages slowly', { troubles: ['rate'] }),
    connection('busy', 'The contact centre is busy, two messages wait', {
      outbox: [
        unsent('Yes, on Friday.', { at: 'busy', kind: 'unavailable', sentence: 'The database restarts.' }),
        unsent('Before ten.', { at: 'queued' }),
      ],
    }),
    connection('outdated', 'A newer version has taken the storage over', { storage: 'outdated' }),
    connection('memory', 'The browser stores nothing', { storage: 'memory' }),
    connection('late', 'Messages failed after their conversations had left', {
      workbins: [{ id: 'team', name: 'Team', owner: null, count: 2 }],
      interactions: [interaction(MASHA)],
      failures: [
        late(MASHA, 'active', null, 131_026),
        late(LONG, 'parked', 'team', 131_026),
        late(NOURA, 'done', null, 131_047),
      ],
    }),
    connection('late-doubt', 'Messages were not confirmed after their conversations had left', {
      workbins: [{ id: 'team', name: 'Team', owner: null, count: 2 }],
      interactions: [interaction(MASHA)],
      failures: [
        { ...late(MASHA, 'active', null, 131_026), error: null, inDoubt: true },
        { ...late(LONG, 'done', null, 131_026), error: null, inDoubt: true },
        late(NOURA, 'done', null, 131_047),
      ],
    }),
    connection('lost', 'A conversation goes on with another agent', {
      merged: [
        interaction(MASHA, { agent: BEN.id, createdAt: NOW - 20 * MINUTE }),
        interaction(NOURA, { createdAt: NOW - MINUTE }),
      ],
    }),
    connection('memory-offline', 'Stores nothing, and offline', {
      storage: 'memory',
      connection: { at: 'waiting', retryAt: NOW + 3 * SECOND, attempt: 1 },
      outbox,
    }),
  ],
};
