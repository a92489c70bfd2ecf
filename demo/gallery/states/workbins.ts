import { ARABIC } from '../texts.js';
import {
  LONG,
  MASHA,
  NOURA,
  OWN_WORKBIN,
  TEAM_WORKBIN,
  UNBROKEN,
  parked,
  preview,
  waiting,
} from '../people.js';
import { workbins } from '../scenes.js';
import { shows } from '../state.js';
import type { Group, State } from '../state.js';
import { DAY, HOUR, MINUTE } from '../time.js';
import { GalleryWorkspace } from '../workspace.js';
import type { Scene } from '../workspace.js';

const SIZE = { height: 420, ground: 'panel' } as const;
const OWN = OWN_WORKBIN.id;

const list = (id: string, title: string, make: () => Scene, presses: readonly string[] = []): State =>
  shows('workbin-list', id, title, () => ({ workspace: new GalleryWorkspace(make()) }), { ...SIZE, presses });
const both = { workbins: [OWN_WORKBIN, TEAM_WORKBIN] };

export const workbinList: Group = {
  tag: 'workbin-list',
  states: [
    list('usual', 'My workbin and the team’s', workbins),
    list('names', 'Names that are hard', () => ({
      ...both,
      contents: {
        [OWN]: {
          interactions: [
            parked(LONG, 2 * HOUR),
            parked(UNBROKEN, HOUR),
            parked(NOURA, 30 * MINUTE, { lastMessage: preview(ARABIC, 30 * MINUTE) }),
          ],
        },
      },
    })),
    list('waiting', 'The contact has waited for three days', () => ({
      ...both,
      contents: { [OWN]: { interactions: [parked(MASHA, 3 * DAY, waiting(3 * DAY))] } },
    })),
    list('many', 'Two hundred', () => ({
      workbins: [{ ...OWN_WORKBIN, count: 10_000 }, TEAM_WORKBIN],
      contents: {
        [OWN]: {
          interactions: Array.from({ length: 200 }, (_, i) => parked(MASHA, (200 - i) * HOUR)),
          hasMore: true,
        },
      },
    })),
    list('loading-more', 'More is on its way', () => ({
      ...both,
      contents: { [OWN]: { interactions: [parked(MASHA, HOUR)], hasMore: true, loading: true } },
    })),
    list('refused', 'Opening is refused', () => ({ ...workbins(), refusal: 'taken' }), [
      '[part=open-button]',
    ]),
    list('empty', 'Nothing parked', () => ({
      workbins: [
        { ...OWN_WORKBIN, count: 0 },
        { ...TEAM_WORKBIN, count: 0 },
      ],
      contents: { [OWN]: {}, [TEAM_WORKBIN.id]: {} },
    })),
    list('loading', 'Loading', () => both),
    list('failed', 'Could not be loaded', () => ({
      ...both,
      contents: { [OWN]: { loaded: false, error: { kind: 'timeout', sentence: 'No answer within 10 s.' } } },
    })),
    list('offline', 'Could not be loaded: offline', () => ({
      ...both,
      contents: { [OWN]: { loaded: false, error: { kind: 'offline', sentence: 'There is no connection.' } } },
    })),
    list('none', 'No workbins at all', () => ({})),
    list('connecting', 'Before the first news', () => ({ agent: null })),
    shows('workbin-list', 'no-workspace', 'Before a workspace is there', () => ({}), SIZE),
  ],
};
