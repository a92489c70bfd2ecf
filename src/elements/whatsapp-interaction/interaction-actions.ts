import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import { TEAM_WORKBIN } from '../../model/index.js';
import type { Workbin } from '../../model/index.js';
import { icon } from '../base/index.js';
import type { IconName } from '../base/index.js';
import type { ActionMenu, MenuItem } from './action-menu.js';

interface Actions {
  readonly words: Localizer;
  readonly menu: ActionMenu;
  readonly agent: string | null;
  readonly workbins: readonly Workbin[];
  /** Whether one of them is under way. */
  readonly busy: boolean;
  readonly park: (workbin: string) => void;
  readonly finish: () => void;
}

/** What can be done with an interaction: as buttons, and for narrow places as one menu. */
export function interactionActions(actions: Actions): TemplateResult {
  const { words, menu, busy, finish } = actions;
  const done = words.t('interaction.done');
  const targets = actions.workbins.map((workbin) => parkItem(workbin, actions));
  const all: MenuItem[] = [
    ...targets.map((item) => ({ ...item, text: words.t('interaction.park-to', { workbin: item.text }) })),
    { key: 'done', text: done, icon: 'done', run: finish },
  ];
  return html`<div
    class="actions"
    role="group"
    aria-label=${words.t('interaction.actions')}
    aria-busy=${String(busy)}
  >
    <div class="wide">
      ${parkView(words.t('interaction.park'), targets, menu)} ${button(done, 'done', finish)}
    </div>
    <div class="narrow">${menu.render('more', words.t('interaction.more'), icon('more'), all)}</div>
  </div>`;
}

function parkView(
  name: string,
  targets: readonly MenuItem[],
  menu: ActionMenu,
): TemplateResult | typeof nothing {
  const [only] = targets;
  if (!only) return nothing;
  return targets.length > 1
    ? menu.render('park', name, content(name, 'archive'), targets)
    : button(name, 'archive', only.run);
}

function parkItem({ id, name, owner }: Workbin, { words, agent, park }: Actions): MenuItem {
  const own = owner !== null && owner === agent;
  const text = own ? words.t('workbins.own') : id === TEAM_WORKBIN ? words.t('workbins.team') : name;
  return { key: id, text, icon: owner === null ? 'inbox' : 'archive', run: () => park(id) };
}

function button(name: string, sign: IconName, run: () => void): TemplateResult {
  return html`<button class="button quiet" type="button" aria-label=${name} title=${name} @click=${run}>
    ${content(name, sign)}
  </button>`;
}

function content(name: string, sign: IconName): TemplateResult {
  return html`${icon(sign)}<span class="word" aria-hidden="true">${name}</span>`;
}
