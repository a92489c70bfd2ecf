import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';

/** Some of the responses, by what they are to the agent: those that may answer what the contact wrote last, the favourites, and those used last. */
export type ResponseGroup = 'suggested' | 'favourites' | 'recent';

interface Groups {
  readonly groups: readonly ResponseGroup[];
  readonly chosen: ResponseGroup | null;
  readonly words: Localizer;
  /** A group was pressed. */
  readonly choose: (group: ResponseGroup) => void;
}

/** Leads to a group, and with a second press back to all. */
export function pickerGroups({ groups, chosen, words, choose }: Groups): TemplateResult {
  return html`<div class="groups" role="group" aria-label=${words.t('responses.groups')}>
    ${groups.map(
      (group) =>
        html`<button
          class="chip small"
          type="button"
          aria-pressed=${String(group === chosen)}
          @click=${() => choose(group)}
        >
          ${words.t(`responses.${group}`)}
        </button>`,
    )}
  </div>`;
}
