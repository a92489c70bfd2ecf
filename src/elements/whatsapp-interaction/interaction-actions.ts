import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { Workbin } from '../../model/index.js';
import { icon, moreIcon, workbinName } from '../base/index.js';
import type { Menu, MenuItem } from '../base/index.js';

/** One for each place in which there may be a menu. */
interface Menus {
  readonly park: Menu;
  readonly more: Menu;
  readonly tools: Menu;
}

interface Actions {
  readonly words: Localizer;
  readonly menus: Menus;
  readonly agent: string | null;
  readonly workbins: readonly Workbin[];
  /** Whether one of them is under way. */
  readonly busy: boolean;
  /** Whether this agent may act on it. */
  readonly isMine: boolean;
  /** What the contact centre can do. */
  readonly features: readonly string[];
  readonly search: (what: 'words' | 'date') => void;
  readonly saveAll: () => void;
  /** Whether the side panel is open; null where it is not opened from here. */
  readonly panelIsOpen: boolean | null;
  readonly togglePanel: () => void;
  readonly park: (workbin: string) => void;
  readonly finish: () => void;
}

/**
 * What can be done with an interaction: as buttons, of which one alone has its name beside its sign, and for narrow places as one menu. Somebody else's can be
 * searched and saved.
 */
export function interactionActions(actions: Actions): TemplateResult {
  const { words, menus, busy, isMine, finish } = actions;
  const done = words.t('interaction.done');
  const targets = actions.workbins
    .filter(({ closed }) => !closed)
    .map((workbin) => parkItem(workbin, actions));
  const tools = toolItems(actions);
  const panel = words.t('interaction.panel');
  const more = { label: words.t('interaction.more'), content: moreIcon('more'), look: 'icon-button' };
  const all: MenuItem[] = [
    ...(actions.panelIsOpen === null
      ? []
      : [{ key: 'panel', text: panel, mark: moreIcon('panel', 16), run: actions.togglePanel }]),
    ...tools,
    ...targets.map((item, i) => ({
      ...item,
      apart: i === 0,
      text: words.t('interaction.park-to', { workbin: item.text }),
    })),
    { key: 'done', text: done, mark: moreIcon('done', 16), run: finish },
  ];
  return html`<div
    class="actions"
    role="group"
    aria-label=${words.t('interaction.actions')}
    aria-busy=${String(busy)}
  >
    <div class="wide">
      ${menus.tools.render(more, tools)}
      ${
        isMine
          ? html`${panelView(panel, actions)} ${parkView(words.t('interaction.park'), targets, menus.park)}
              <button class="button" type="button" title=${done} @click=${finish}>
                ${moreIcon('done', 16)}<span class="truncate">${done}</span>
              </button>`
          : nothing
      }
    </div>
    <div class="narrow">${menus.more.render(more, isMine ? all : tools)}</div>
  </div>`;
}

/** What finds messages, where the contact centre does, and what saves them all. */
function toolItems({ words, features, search, saveAll }: Actions): MenuItem[] {
  const save: MenuItem = {
    key: 'export',
    text: words.t('interaction.export'),
    mark: moreIcon('save', 16),
    run: saveAll,
  };
  if (!features.includes('transcript-parts')) return [save];
  const date: MenuItem = {
    key: 'date',
    text: words.t('interaction.go-to-date'),
    mark: moreIcon('calendar', 16),
    run: () => search('date'),
  };
  if (!features.includes('transcript-search')) return [date, save];
  const text = words.t('interaction.search');
  return [{ key: 'search', text, mark: moreIcon('search', 16), run: () => search('words') }, date, save];
}

function panelView(name: string, { panelIsOpen, togglePanel }: Actions): TemplateResult | typeof nothing {
  if (panelIsOpen === null) return nothing;
  return html`<button
    class="icon-button"
    type="button"
    aria-label=${name}
    title=${name}
    aria-expanded=${String(panelIsOpen)}
    @click=${togglePanel}
  >
    ${moreIcon('panel')}
  </button>`;
}

function parkView(name: string, targets: readonly MenuItem[], menu: Menu): TemplateResult | typeof nothing {
  const [only] = targets;
  if (!only) return nothing;
  return targets.length > 1
    ? menu.render({ label: name, content: icon('inbox'), look: 'icon-button' }, targets)
    : html`<button class="icon-button" type="button" aria-label=${name} title=${name} @click=${only.run}>
        ${icon('inbox')}
      </button>`;
}

function parkItem(workbin: Workbin, { words, agent, park }: Actions): MenuItem {
  return {
    key: workbin.id,
    text: workbinName(workbin, agent, words),
    mark: icon('inbox', 16),
    run: () => park(workbin.id),
  };
}
