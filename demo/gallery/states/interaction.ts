import { textDraft } from 'whatsapp-workspace/model';
import type { Interaction } from 'whatsapp-workspace/model';
import { arabic, failures, many, usual } from '../conversations.js';
import {
  ANA,
  BSUID_ONLY,
  LONG,
  MASHA,
  NOURA,
  NUMBER_ONLY,
  interaction,
  sessionStart,
  unsent,
  waiting,
} from '../people.js';
import { MASHAS, workbins } from '../scenes.js';
import { shows } from '../state.js';
import type { Group, State } from '../state.js';
import { LONGEST } from '../texts.js';
import { DAY, HOUR, MINUTE, NOW, SECOND } from '../time.js';
import { GalleryWorkspace } from '../workspace.js';
import type { Scene } from '../workspace.js';

const SIZE = { height: 640, ground: 'panel' } as const;

/** A conversation with one contact; `more` about the interaction, and about the rest of the desk. */
const conversation = (
  id: string,
  title: string,
  make: () => { of?: Interaction; scene?: Scene },
  presses: readonly string[] = [],
): State =>
  shows(
    'whatsapp-interaction',
    id,
    title,
    () => {
      const { of = interaction(MASHA), scene = {} } = make();
      const transcripts = { [of.id]: usual(), ...scene.transcripts };
      const workspace = new GalleryWorkspace({
        ...workbins(),
        interactions: [of],
        selected: of.id,
        ...scene,
        transcripts,
      });
      return { workspace, interaction: of.id };
    },
    { ...SIZE, presses },
  );

const offline: Scene = { connection: { at: 'waiting', retryAt: NOW + 9 * SECOND, attempt: 3 } };

export const whatsappInteraction: Group = {
  tag: 'whatsapp-interaction',
  states: [
    conversation('usual', 'A conversation', () => ({})),
    conversation('waiting', 'The contact waits: green', () => ({
      of: interaction(MASHA, waiting(12 * SECOND)),
    })),
    conversation('warning', 'The contact waits: yellow', () => ({
      of: interaction(MASHA, waiting(41 * SECOND)),
    })),
    conversation('critical', 'The contact waits: red', () => ({
      of: interaction(MASHA, waiting(4 * MINUTE, 3)),
    })),
    conversation('days', 'The contact has waited for three days', () => ({
      of: interaction(MASHA, {
        ...waiting(3 * DAY),
        windowClosesAt: NOW - 2 * DAY,
        createdAt: NOW - 3 * DAY,
      }),
    })),
    conversation('long-name', 'A name of 60 characters', () => ({
      of: interaction(LONG, { id: MASHAS, ...waiting(4 * MINUTE) }),
    })),
    conversation('arabic', 'A contact who writes Arabic', () => ({
      of: interaction(NOURA, { id: MASHAS }),
      scene: { transcripts: { [MASHAS]: arabic() } },
    })),
    conversation('number-only', 'Known by the number alone', () => ({
      of: interaction(NUMBER_ONLY, { id: MASHAS }),
    })),
    conversation('bsuid-only', 'Known by the WhatsApp id alone', () => ({
      of: interaction(BSUID_ONLY, { id: MASHAS }),
    })),
    conversation('outbound', 'An outbound session', () => ({
      of: interaction(MASHA, {
        session: { id: 's', direction: 'outbound', startedAt: NOW - MINUTE },
        windowClosesAt: null,
      }),
      scene: { transcripts: { [MASHAS]: [sessionStart(MINUTE, 'outbound')] } },
    })),
    conversation('window-closing', 'The service window closes soon', () => ({
      of: interaction(MASHA, { ...waiting(22.7 * HOUR), windowClosesAt: NOW + 78 * MINUTE }),
    })),
    conversation('window-closed', 'The service window is closed', () => ({
      of: interaction(MASHA, { windowClosesAt: NOW - HOUR }),
      scene: { drafts: { [MASHAS]: 'About the chairs: the workshop' } },
    })),
    conversation('draft', 'With a draft', () => ({
      scene: { drafts: { [MASHAS]: 'Sample 14 it is.\n\nThe workshop begins on Monday, and the chairs' } },
    })),
    conversation('over-limit', 'A draft that is too long', () => ({
      scene: { drafts: { [MASHAS]: `${LONGEST} And more.` } },
    })),
    conversation('sending', 'Messages on their way', () => ({
      scene: {
        outbox: [
          unsent('Sample 14 is confirmed.', { at: 'sending' }),
          unsent('We begin on Monday.', { at: 'queued' }),
        ],
      },
    })),
    conversation('failures', 'Three failures in a row', () => ({
      scene: { transcripts: { [MASHAS]: failures() } },
    })),
    conversation('outbox-failed', 'A message that was refused', () => ({
      scene: {
        outbox: [
          unsent('Sample 14 is confirmed.', {
            at: 'failed',
            cause: 'refusal',
            kind: 'text-too-long',
            sentence: 'The message has 4,100 characters.',
          }),
        ],
      },
    })),
    conversation('offline', 'Offline', () => ({
      scene: { ...offline, outbox: [unsent('Sample 14 is confirmed.', { at: 'queued' })] },
    })),
    conversation('offline-empty', 'Offline before the messages came', () => ({
      scene: {
        ...offline,
        transcripts: { [MASHAS]: { error: { kind: 'offline', sentence: 'There is no connection.' } } },
      },
    })),
    conversation('reply', 'A message is being answered', () => {
      const transcript = usual();
      const replyTo = transcript.at(-1)?.id ?? null;
      return {
        scene: {
          features: ['media', 'send-text', 'send-media', 'send-reaction', 'forward-media'],
          transcripts: { [MASHAS]: transcript },
          drafts: { [MASHAS]: { ...textDraft('Yes: sample 14 it is.'), replyTo } },
        },
      };
    }),
    ...(['search', 'date', 'export'] as const).map((tool) =>
      conversation(
        tool,
        { search: 'Search in conversation', date: 'Go to date', export: 'Save or print' }[tool],
        () => ({ scene: { features: ['transcript-parts', 'transcript-search'] } }),
        ['.wide [aria-haspopup]', `.wide [data-roving='${tool}']`],
      ),
    ),
    conversation('unread', 'Unread messages', () => ({
      scene: { transcripts: { [MASHAS]: many(40) }, unread: { [MASHAS]: 3 } },
    })),
    conversation('loading', 'Loading', () => ({ scene: { transcripts: { [MASHAS]: { loading: true } } } })),
    conversation('failed', 'The messages could not be loaded', () => ({
      scene: {
        transcripts: { [MASHAS]: { error: { kind: 'timeout', sentence: 'No answer within 10 s.' } } },
      },
    })),
    conversation('empty', 'No messages yet', () => ({ scene: { transcripts: { [MASHAS]: [] } } })),
    conversation('refused', 'Mark Done is refused', () => ({ scene: { refusal: 'conflict' } }), [
      '.wide > .button:last-child',
    ]),
    conversation('done', 'Done', () => ({
      of: interaction(MASHA, { state: 'done', agent: null, formerAgent: ANA.id }),
    })),
    conversation('missing', 'Not on this desk any more', () => ({ scene: { interactions: [] } })),
    shows(
      'whatsapp-interaction',
      'none',
      'No conversation is chosen',
      () => ({ workspace: new GalleryWorkspace({}) }),
      SIZE,
    ),
    shows('whatsapp-interaction', 'no-workspace', 'Before a workspace is there', () => ({}), SIZE),
  ],
};
