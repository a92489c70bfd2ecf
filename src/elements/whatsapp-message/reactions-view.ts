import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import { ourReaction } from '../../model/index.js';
import type { Message, OutboxItem, Reaction } from '../../model/index.js';
import { icon } from '../base/index.js';
import { ReactRequestEvent } from '../message-actions/message-actions.events.js';
import { shownEmoji, shownName } from './names.js';
import { DiscardRequestEvent } from './whatsapp-message.events.js';
import type { WhatsAppMessage } from './whatsapp-message.js';

/** Reactions to a message, as the log has them, and one of the agent's that it does not have yet. */
interface Standing {
  readonly reactions: readonly Reaction[];
  readonly reaction: OutboxItem | null;
  /** The id of the agent who looks on. */
  readonly agent: string | null;
  /** What to call the contact. */
  readonly contact: string;
}

/** Who reacted how; nothing when all was taken back. */
export function reactionsView(standing: Standing, words: Localizer): TemplateResult | typeof nothing {
  const shown = shownReactions(standing, words);
  if (shown.length === 0) return nothing;
  return html`<ul class="reactions" part="reactions" aria-label=${words.t('message.reactions')}>
    ${shown.map(
      ({ name, emoji, failed }) =>
        html`<li title=${name}>
          ${shownEmoji(emoji)}${failed ? icon('alert-circle', 12) : nothing}<span class="visually-hidden">
            ${words.t('message.reacted', { name })}</span
          >
        </li>`,
    )}
  </ul>`;
}

interface Shown {
  readonly name: string;
  readonly emoji: string;
  readonly failed: boolean;
}

/** What is on its way stands in the place of what the log has of ours: the contact sees one of the business. */
function shownReactions(
  { reactions, reaction, agent, contact }: Standing,
  words: Localizer,
): readonly Shown[] {
  const nameOf = (by: Reaction['by']): string => {
    if (by === null) return shownName(contact);
    return by.id === agent ? words.t('message.you') : shownName(by.name);
  };
  const logged = reactions
    .filter(({ by }) => by === null || !reaction)
    .map(({ by, emoji, trouble }) => ({ name: nameOf(by), emoji, failed: trouble !== undefined }));
  const pending =
    reaction?.body.kind === 'reaction'
      ? [{ name: words.t('message.you'), emoji: reaction.body.emoji, failed: reaction.step.at === 'failed' }]
      : [];
  return [...logged, ...pending].flatMap(({ emoji, ...one }) => (emoji === null ? [] : { ...one, emoji }));
}

/** That a reaction of ours did not reach the contact, or perhaps did not, and what can be done about it. */
export function reactionTroubleView(
  message: Message,
  reaction: OutboxItem | null,
  readonly: boolean,
  host: WhatsAppMessage,
  words: Localizer,
): TemplateResult {
  const own = ourReaction(message);
  const emoji = reaction?.body.kind === 'reaction' ? reaction.body.emoji : (own?.emoji ?? null);
  const isCertain = reaction ? true : own?.trouble?.state === 'failed';
  const discard = (): void => {
    if (reaction) host.dispatchEvent(new DiscardRequestEvent(reaction.clientId));
    else host.dispatchEvent(new ReactRequestEvent(message, null));
  };
  return html`<div class="trouble below small ${isCertain ? 'certain' : ''}" part="trouble">
    <p>${words.t(isCertain ? 'message.reaction-failed' : 'message.reaction-unknown')}</p>
    ${
      readonly
        ? nothing
        : html`<div class="actions">
            <button
              class="button"
              type="button"
              @click=${() => host.dispatchEvent(new ReactRequestEvent(message, emoji))}
            >
              ${words.t('common.try-again')}
            </button>
            <button class="button quiet" type="button" @click=${discard}>
              ${words.t('message.discard')}
            </button>
          </div>`
    }
  </div>`;
}
