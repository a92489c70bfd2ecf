import { arabic, failures, many, usual } from '../conversations.js';
import { LONG, MASHA, inbound, item, unsent } from '../people.js';
import { shows } from '../state.js';
import type { Group, State } from '../state.js';
import { LONGEST, LONG_URL } from '../texts.js';
import { DAY, MINUTE } from '../time.js';
import { transcriptOf } from '../workspace.js';

const ID = 'interaction-contact-masha';
const SIZE = { height: 480, ground: 'panel' } as const;

type Properties = Partial<HTMLElementTagNameMap['whatsapp-transcript']>;

const transcript = (id: string, title: string, make: () => Properties): State =>
  shows(
    'whatsapp-transcript',
    id,
    title,
    () => ({ contact: MASHA.name ?? '', agent: 'ana', ...make() }),
    SIZE,
  );

export const whatsappTranscript: Group = {
  tag: 'whatsapp-transcript',
  states: [
    transcript('usual', 'A conversation', () => ({ transcript: transcriptOf(ID, usual()) })),
    transcript('arabic', 'In Arabic', () => ({ transcript: transcriptOf(ID, arabic()) })),
    transcript('outbox', 'With messages on their way', () => ({
      transcript: transcriptOf(ID, usual()),
      pending: [
        unsent('Sample 14 is confirmed.', { at: 'sending' }),
        unsent('The workshop begins on Monday.', { at: 'queued' }),
      ],
    })),
    transcript('outbox-failed', 'With a message that was refused', () => ({
      transcript: transcriptOf(ID, usual()),
      readonly: true,
      pending: [
        unsent('Sample 14 is confirmed.', {
          at: 'failed',
          cause: 'refusal',
          kind: 'not-yours',
          sentence: 'The interaction is not on your desk.',
        }),
      ],
    })),
    transcript('failures', 'Three failures in a row', () => ({ transcript: transcriptOf(ID, failures()) })),
    transcript('unread', 'Two unread messages', () => ({
      transcript: transcriptOf(ID, many(12)),
      unread: 2,
    })),
    transcript('unread-99', 'More than 99 unread messages', () => ({
      transcript: transcriptOf(ID, many(160)),
      unread: 104,
    })),
    transcript('long', 'A thousand messages', () => ({ transcript: transcriptOf(ID, many(1000), true) })),
    transcript('longest-message', '4,096 characters in one message', () => ({
      transcript: transcriptOf(ID, [item(inbound(LONGEST, MINUTE)), item(inbound(LONG_URL))]),
    })),
    transcript('long-name', 'A contact with a long name', () => ({
      transcript: transcriptOf(ID, usual()),
      contact: LONG.name ?? '',
    })),
    transcript('one', 'One message', () => ({ transcript: transcriptOf(ID, [item(inbound('Hello'))]) })),
    transcript('unknown-event', 'Something that this version cannot show', () => ({
      transcript: transcriptOf(ID, [
        ...usual(),
        { kind: 'unknown-event', id: 'unknown', at: Date.now() - MINUTE, type: 'interaction-transferred' },
      ]),
    })),
    transcript('merged', 'Two contacts who turned out to be one person', () => ({
      transcript: transcriptOf(ID, [
        ...usual(),
        {
          kind: 'merge',
          id: 'merge',
          at: Date.now() - MINUTE,
          contacts: { kept: MASHA, ended: { ...MASHA, id: 'other', name: null, phone: '34600720001' } },
        },
        item(inbound('It is me, from my new number.')),
      ]),
    })),
    transcript('empty', 'No messages yet', () => ({ transcript: transcriptOf(ID, []) })),
    transcript('loading', 'Loading', () => ({ loading: true })),
    transcript('loading-older', 'Loading older messages', () => ({
      transcript: transcriptOf(ID, many(5), true),
      loading: true,
    })),
    transcript('failed', 'Could not be loaded', () => ({ error: 'timeout' })),
    transcript('failed-offline', 'Could not be loaded: offline', () => ({ error: 'offline' })),
    transcript('failed-older', 'Older messages could not be loaded', () => ({
      transcript: transcriptOf(ID, many(5), true),
      error: 'timeout',
    })),
    transcript('old', 'Of three days ago', () => ({
      transcript: transcriptOf(ID, [
        item(inbound('Is anybody there?', 3 * DAY)),
        item(inbound('Hello?', 2 * DAY)),
      ]),
    })),
  ],
};
