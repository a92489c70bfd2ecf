import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Clock, Interaction, PendencyThresholds } from '../../model/index.js';

/** How long the contact of an interaction has waited, by `<pending-indicator>`; nothing when nobody waits. */
export function renderPendency(
  { pendency }: Interaction,
  thresholds: PendencyThresholds,
  clock: Clock | null,
): TemplateResult | typeof nothing {
  if (!pendency) return nothing;
  return html`<pending-indicator
    .since=${pendency.since}
    .warning=${thresholds.pendingWarning / 1000}
    .critical=${thresholds.pendingCritical / 1000}
    .clock=${clock}
  ></pending-indicator>`;
}
