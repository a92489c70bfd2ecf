import {
  ANA,
  BSUID_ONLY,
  EMOJI,
  LONG,
  MASHA,
  NOURA,
  NUMBER_ONLY,
  UNBROKEN,
  USERNAME_ONLY,
  interaction,
  preview,
  waiting,
} from '../people.js';
import { MASHAS, crowd, offered, open } from '../scenes.js';
import { element, shows } from '../state.js';
import type { Group, State } from '../state.js';
import { DAY, MINUTE, SECOND } from '../time.js';
import { GalleryWorkspace } from '../workspace.js';
import type { Scene } from '../workspace.js';

const bar = (id: string, title: string, make: () => Scene, presses: readonly string[] = []): State =>
  shows('interaction-bar', id, title, () => ({ workspace: new GalleryWorkspace(make()) }), {
    ground: 'panel',
    presses,
  });

/** As in a narrow desk. */
const strip = (id: string, title: string, make: () => Scene): State => ({
  id,
  title,
  ground: 'sunken',
  build: () => {
    const one = element('interaction-bar', { workspace: new GalleryWorkspace(make()) });
    one.style.setProperty('--whatsapp-interaction-bar-flow', 'row');
    // What floats below it.
    one.style.marginBlockEnd = '180px';
    return one;
  },
});

export const interactionBar: Group = {
  tag: 'interaction-bar',
  states: [
    bar('usual', 'Four conversations', () => ({
      interactions: open(),
      selected: MASHAS,
      unread: { [`interaction-${NOURA.id}`]: 2 },
    })),
    bar('invitation', 'An invitation', () => ({ interactions: [offered(MASHA, 22 * SECOND)] })),
    bar('invitation-ending', 'An invitation about to end', () => ({
      interactions: [offered(MASHA, 3 * SECOND)],
    })),
    bar('invitation-long', 'An invitation with a long name', () => ({
      interactions: [
        offered(LONG, 22 * SECOND, {
          lastMessage: preview(
            'A first message that says a great deal more than the strip is wide. '.repeat(3),
            SECOND,
          ),
        }),
      ],
    })),
    bar('invitation-arabic', 'An invitation in Arabic', () => ({
      interactions: [
        offered(NOURA, 22 * SECOND, { lastMessage: preview('مرحبًا، أين طلبي رقم 10489؟', SECOND) }),
      ],
    })),
    bar('invitations', 'Two invitations and two conversations', () => ({
      interactions: [
        offered(NUMBER_ONLY, 25 * SECOND),
        offered(USERNAME_ONLY, 9 * SECOND),
        ...open().slice(0, 2),
      ],
    })),
    bar(
      'invitation-refused',
      'Accept is refused',
      () => ({ interactions: [offered(MASHA, 22 * SECOND)], refusal: 'offer-ended' }),
      ['[data-answer]'],
    ),
    bar('unread-99', 'More than 99 unread', () => ({
      interactions: [interaction(MASHA, waiting(50 * MINUTE, 104)), interaction(NOURA, waiting(MINUTE, 99))],
      unread: { [MASHAS]: 104, [`interaction-${NOURA.id}`]: 99 },
    })),
    bar('days', 'Waiting for three days', () => ({ interactions: [interaction(MASHA, waiting(3 * DAY))] })),
    bar('names', 'Names that are hard', () => ({
      interactions: [LONG, UNBROKEN, NUMBER_ONLY, USERNAME_ONLY, BSUID_ONLY, EMOJI].map((one) =>
        interaction(one),
      ),
    })),
    bar('kinds', 'Last messages that are not text', () => ({
      interactions: [
        interaction(MASHA, { lastMessage: preview(null, MINUTE, { kind: 'audio' }) }),
        interaction(NOURA, { lastMessage: preview('plan.pdf', MINUTE, { kind: 'document' }) }),
        interaction(EMOJI, { lastMessage: null }),
      ],
    })),
    bar('crowd', 'Twenty-four conversations', () => ({ interactions: crowd(24), selected: 'crowd-4' })),
    strip('strip', 'Twenty-four conversations in a strip', () => ({
      interactions: crowd(24),
      selected: 'crowd-4',
    })),
    strip('strip-invitations', 'Three invitations over a strip', () => ({
      interactions: [
        offered(MASHA, 22 * SECOND),
        offered(NUMBER_ONLY, 25 * SECOND),
        offered(USERNAME_ONLY, 28 * SECOND),
        ...open().slice(0, 2),
      ],
    })),
    bar('one', 'One conversation', () => ({ interactions: [interaction(MASHA)], selected: MASHAS })),
    bar('empty', 'None, and Ready', () => ({})),
    bar('empty-not-ready', 'None, and Not Ready', () => ({ agent: { ...ANA, status: 'not-ready' } })),
    bar('loading', 'Before the first news', () => ({ agent: null })),
    shows('interaction-bar', 'no-workspace', 'Before a workspace is there', () => ({}), { ground: 'panel' }),
  ],
};
