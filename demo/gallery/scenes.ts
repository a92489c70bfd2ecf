/** Desks that several states show. */
import type { Interaction } from 'whatsapp-workspace/model';
import { arabic, usual } from './conversations.js';
import {
  ANA,
  BSUID_ONLY,
  CONTACTS,
  DAVID,
  EMOJI,
  LONG,
  MASHA,
  NOURA,
  NUMBER_ONLY,
  OWN_WORKBIN,
  TEAM_WORKBIN,
  USERNAME_ONLY,
  interaction,
  parked,
  preview,
  waiting,
} from './people.js';
import { ARABIC, HEBREW } from './texts.js';
import { DAY, HOUR, MINUTE, NOW, SECOND } from './time.js';
import type { Scene } from './workspace.js';

export const MASHAS = 'interaction-contact-masha';

/** Rings at Ana's for so much longer. */
export function offered(contact: typeof MASHA, left: number, more: Partial<Interaction> = {}): Interaction {
  return interaction(contact, {
    id: `offered-${contact.id}`,
    state: 'offered',
    agent: null,
    offer: { agent: ANA.id, expiresAt: NOW + left },
    ...waiting(30 * SECOND - left, 1),
    lastMessage: preview('Good afternoon, where is my order?', 30 * SECOND - left),
    ...more,
  });
}

/** Four conversations of every urgency. */
export function open(): readonly Interaction[] {
  return [
    interaction(NOURA, { ...waiting(4 * MINUTE, 2), lastMessage: preview(ARABIC, 4 * MINUTE) }),
    interaction(DAVID, { ...waiting(41 * SECOND), lastMessage: preview(HEBREW, 41 * SECOND) }),
    interaction(MASHA, waiting(12 * SECOND)),
    interaction(LONG, {
      lastMessage: preview('Thank you, that is all for today.', HOUR, { direction: 'outbound' }),
    }),
  ];
}

export function workbins(): Pick<Scene, 'workbins' | 'contents'> {
  return {
    workbins: [OWN_WORKBIN, TEAM_WORKBIN],
    contents: {
      [OWN_WORKBIN.id]: {
        interactions: [
          parked(USERNAME_ONLY, 3 * DAY, waiting(3 * DAY)),
          parked(LONG, DAY + 2 * HOUR),
          parked(NUMBER_ONLY, 3 * HOUR, { lastMessage: preview(null, 3 * HOUR, { kind: 'image' }) }),
          parked(EMOJI, 20 * MINUTE, { lastMessage: preview('🎉🎉🎉', 20 * MINUTE) }),
        ],
      },
      [TEAM_WORKBIN.id]: { interactions: CONTACTS.map((contact, i) => parked(contact, (i + 1) * HOUR)) },
    },
  };
}

/** The whole desk on a usual afternoon. */
export function usualDesk(): Scene {
  const noura = `interaction-${NOURA.id}`;
  return {
    interactions: open(),
    selected: MASHAS,
    unread: { [noura]: 2, [`interaction-${DAVID.id}`]: 1 },
    transcripts: { [MASHAS]: usual(), [noura]: arabic() },
    ...workbins(),
  };
}

/** So many conversations. */
export function crowd(count: number): readonly Interaction[] {
  const contacts = [MASHA, NOURA, LONG, DAVID, NUMBER_ONLY, USERNAME_ONLY, EMOJI, BSUID_ONLY];
  return Array.from({ length: count }, (_, i) => {
    const contact = contacts[i % contacts.length] ?? MASHA;
    const pendency = i % 3 === 0 ? waiting((i + 1) * 17 * SECOND, i + 1) : {};
    return interaction(contact, { id: `crowd-${i}`, ...pendency });
  });
}
