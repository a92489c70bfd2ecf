import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Localizer } from '../../i18n/index.js';
import { contactAddress, contactLabel } from '../../model/index.js';
import type { DomainEvent } from '../../model/index.js';
import { icon } from '../base/index.js';

type Merge = DomainEvent<'interaction-merged'>;

/** How many are shown at most; the oldest go first. */
const SHOWN = 5;

/** Conversations that have left the desk because another agent talks with the same person; each until the agent has read why. */
export class LostConversations {
  #lost: readonly Merge[] = [];
  #added: string | null = null;

  /** @returns What is to be said, if that conversation is one of them and is new. */
  add(merge: Merge | null, agent: string | null, words: Localizer): string | null {
    if (!merge || agent === null || merge.id === this.#added) return null;
    this.#added = merge.id;
    const { interaction, into } = merge.body;
    const isLost = interaction.formerAgent === agent && into.agent !== null && into.agent !== agent;
    if (!isLost) return null;
    this.#lost = [...this.#lost, merge].slice(-SHOWN);
    return sentence(merge, words);
  }

  /** @param onChange When one is to be shown no more. */
  render(words: Localizer, onChange: () => void): TemplateResult {
    const close = (id: string): void => {
      this.#lost = this.#lost.filter((one) => one.id !== id);
      onChange();
    };
    return html`${repeat(
      this.#lost,
      ({ id }) => id,
      (merge) =>
        html`<div class="notice" part="notice">
          ${icon('alert-circle')}
          <div class="words"><p>${sentence(merge, words)}</p></div>
          <button
            class="icon-button"
            type="button"
            title=${words.t('common.close')}
            aria-label=${words.t('connection.close-lost', { name: nameOf(merge) })}
            @click=${() => close(merge.id)}
          >
            ${icon('close')}
          </button>
        </div>`,
    )}`;
  }
}

function sentence(merge: Merge, words: Localizer): string {
  const { contacts, into } = merge.body;
  const address = contactAddress(contacts?.kept ?? into.contact);
  return words.t('connection.lost', { name: nameOf(merge), address });
}

function nameOf({ body: { contacts, interaction } }: Merge): string {
  return contactLabel(contacts?.ended ?? interaction.contact);
}
