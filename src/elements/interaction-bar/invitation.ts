import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { contactLabel } from '../../model/index.js';
import type { Interaction } from '../../model/index.js';
import { channelMark, renderPendency, renderPreview } from '../base/index.js';
import type { TileContext } from './tile.js';

interface Invitation {
  readonly interaction: Interaction;
  /** How long an offer rings, in milliseconds. */
  readonly timeout: number;
  /** An answer is on its way. */
  readonly busy: boolean;
  readonly onAccept: () => void;
  readonly onReject: () => void;
}

/** An interaction that rings at the agent's: who, for how long they have waited, what they wrote, and how long there is to answer. */
export function renderInvitation(invitation: Invitation, context: TileContext): TemplateResult {
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
      <bdi class="name truncate" id=${title} title=${name}>${name}</bdi>
      ${renderTimeLeft(invitation, context)}
    </div>
    <div class="line small">${renderPendency(interaction, context.thresholds, context.clock)}</div>
    <p class="what">${renderPreview(localizer, interaction.lastMessage)}</p>
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

function renderTimeLeft({ interaction, timeout }: Invitation, context: TileContext): TemplateResult {
  const left = Math.max(0, (interaction.offer?.expiresAt ?? 0) - context.now);
  const seconds = Math.ceil(left / 1000);
  const time = context.localizer.duration(seconds * 1000);
  const part = Math.round(Math.min(1, left / Math.max(timeout, 1)) * 100);
  return html`<span
    class="left ${seconds <= 5 ? 'ending' : ''}"
    role="img"
    aria-label=${context.localizer.t('bar.time-left', { time })}
    title=${context.localizer.t('bar.time-left', { time })}
  >
    <svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
      <circle class="track" cx="16" cy="16" r="14" />
      <circle class="rest" cx="16" cy="16" r="14" pathLength="100" stroke-dasharray="${part} 100" />
    </svg>
    <span class="numbers">${context.localizer.number(seconds)}</span>
  </span>`;
}
