import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import { contactLabel } from '../../model/index.js';
import type { Interaction } from '../../model/index.js';
import { channelMark, renderCut, renderPendency, renderPreview } from '../base/index.js';
import type { RowContext } from '../base/index.js';

interface Invitation {
  readonly interaction: Interaction;
  /** An answer is on its way. */
  readonly busy: boolean;
  readonly onAccept: () => void;
  readonly onReject: () => void;
}

/** An interaction that rings at the agent's: who, for how long they have waited, what they wrote, and how long there is to answer. */
export function renderInvitation(invitation: Invitation, context: RowContext): TemplateResult {
  const { interaction, busy } = invitation;
  const { localizer } = context;
  const name = contactLabel(interaction.contact);
  const title = `invitation-${interaction.id}`;
  return html`<li
    class="invitation"
    data-invitation=${interaction.id}
    part="invitation"
    aria-labelledby=${title}
    aria-busy=${busy ? 'true' : 'false'}
  >
    <div class="line">
      <span class="channel">${channelMark(20)}</span>
      <span class="name cut" title=${name}>${renderCut(name, title)}</span>
      <span class="time-left"></span>
    </div>
    <div class="line">
      <p class="said small">${renderPreview(localizer, interaction.lastMessage)}</p>
      ${renderPendency(interaction, context.thresholds, context.clock)}
    </div>
    <div class="answers">
      <button
        class="button primary"
        part="accept-button"
        type="button"
        data-answer="accept"
        aria-describedby=${title}
        aria-disabled=${busy ? 'true' : nothing}
        @click=${invitation.onAccept}
      >
        ${localizer.t('bar.accept')}
      </button>
      <button
        class="button"
        part="reject-button"
        type="button"
        data-answer="reject"
        aria-describedby=${title}
        aria-disabled=${busy ? 'true' : nothing}
        @click=${invitation.onReject}
      >
        ${localizer.t('bar.reject')}
      </button>
    </div>
  </li>`;
}

/** How long there is to answer what ends at `expiresAt`, of the `timeout` that an offer rings, in milliseconds. */
export function renderTimeLeft(
  expiresAt: number,
  timeout: number,
  now: number,
  localizer: Localizer,
): TemplateResult {
  const left = Math.max(0, expiresAt - now);
  const seconds = Math.ceil(left / 1000);
  const time = localizer.duration(seconds * 1000);
  const part = Math.round(Math.min(1, left / Math.max(timeout, 1)) * 100);
  return html`<span
    class="left ${seconds <= 5 ? 'ending' : ''}"
    role="img"
    aria-label=${localizer.t('bar.time-left', { time })}
    title=${localizer.t('bar.time-left', { time })}
  >
    <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
      <circle class="track" cx="16" cy="16" r="14" />
      <circle class="rest" cx="16" cy="16" r="14" pathLength="100" stroke-dasharray="${part} 100" />
    </svg>
    <span class="numbers">${localizer.number(seconds)}</span>
  </span>`;
}
