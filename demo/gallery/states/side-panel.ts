import { usual } from '../conversations.js';
import { BSUID_ONLY, LONG, MASHA, NOURA, NUMBER_ONLY, interaction, waiting } from '../people.js';
import { MASHAS, usualDesk } from '../scenes.js';
import { element, shows } from '../state.js';
import type { Group, State } from '../state.js';
import { DAY, MINUTE, NOW } from '../time.js';
import { GalleryWorkspace } from '../workspace.js';
import type { Scene } from '../workspace.js';

const SIZE = { height: 640, ground: 'panel' } as const;

type Settings = NonNullable<Scene['settings']>;

const panel = (id: string, title: string, settings: Settings, of = interaction(MASHA)): State =>
  shows(
    'side-panel',
    id,
    title,
    () => ({ workspace: new GalleryWorkspace({ interactions: [of], settings }), interaction: of }),
    SIZE,
  );

/** A conversation with its panel; `presses` opens it where it is not beside the messages. */
const beside = (
  id: string,
  title: string,
  layout: 'overlay' | 'sheet',
  presses: readonly string[] = [],
): State =>
  shows(
    'whatsapp-interaction',
    id,
    title,
    () => ({
      workspace: new GalleryWorkspace({ ...usualDesk(), settings: { panelTab: 'contact' } }),
      interaction: MASHAS,
      panel: layout,
    }),
    { ...SIZE, presses },
  );

/** All panels of the desk next to each other, for designers. */
function together(): readonly HTMLElement[] {
  const workspace = new GalleryWorkspace({ ...usualDesk(), transcripts: { [MASHAS]: usual() } });
  const contact = new GalleryWorkspace({ ...usualDesk(), settings: { panelTab: 'contact' } });
  const folded = new GalleryWorkspace({ ...usualDesk(), settings: { panelFolded: true } });
  const of = interaction(MASHA, waiting(4 * MINUTE, 2));
  const desk = { workspace } as const;
  return [
    element('agent-status', desk),
    element('interaction-bar', desk),
    element('workbin-list', desk),
    element('whatsapp-interaction', { ...desk, interaction: MASHAS }),
    element('side-panel', { ...desk, interaction: of }),
    element('side-panel', { workspace: contact, interaction: of }),
    element('side-panel', { workspace: folded, interaction: of }),
  ];
}

export const sidePanel: Group = {
  tag: 'side-panel',
  states: [
    { id: 'together', title: 'All panels together', height: 640, ground: 'together', build: together },
    panel('case', 'The case', {}),
    panel(
      'case-outbound',
      'The case of an outbound session',
      {},
      interaction(LONG, {
        session: { id: 's', direction: 'outbound', startedAt: NOW - MINUTE },
        createdAt: NOW - 3 * DAY,
        windowClosesAt: null,
      }),
    ),
    panel(
      'case-done',
      'The case of a conversation that is done',
      {},
      interaction(MASHA, { state: 'done', agent: null }),
    ),
    panel('contact', 'The contact', { panelTab: 'contact' }),
    panel('contact-long', 'A contact with a long name', { panelTab: 'contact' }, interaction(LONG)),
    panel('contact-arabic', 'A contact with an Arabic name', { panelTab: 'contact' }, interaction(NOURA)),
    panel('contact-number', 'Known by the number alone', { panelTab: 'contact' }, interaction(NUMBER_ONLY)),
    panel('contact-id', 'Known by the WhatsApp id alone', { panelTab: 'contact' }, interaction(BSUID_ONLY)),
    panel('folded', 'Folded to its tabs', { panelFolded: true }),
    beside('overlay', 'The strip of tabs beside a conversation', 'overlay'),
    beside('sheet', 'A sheet over the messages', 'sheet', ['.wide [aria-expanded]']),
  ],
};
