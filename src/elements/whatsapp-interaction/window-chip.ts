import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { durationStep } from '../../i18n/index.js';
import type { Localizer } from '../../i18n/index.js';
import { serviceWindow } from '../../model/index.js';
import { icon } from '../base/index.js';

/** How much is left of the service window, or that it is closed. `name` is what to call the contact. */
export function windowChip(
  closesAt: number | null,
  now: number,
  name: string,
  words: Localizer,
): TemplateResult {
  const state = serviceWindow(closesAt, now);
  if (closesAt === null || state === 'closed') {
    const key = closesAt === null ? 'interaction.window-never-hint' : 'interaction.window-closed-hint';
    return chip('closed', words.t('interaction.window-closed'), words.t(key, { name }));
  }
  const left = words.t('interaction.window-left', { duration: words.duration(closesAt - now) });
  return chip(state, left, words.t('interaction.window-open-hint', { name, time: words.dateTime(closesAt) }));
}

/** When the chip next looks different; null for never. */
export function nextWindowChange(closesAt: number | null, now: number): number | null {
  if (closesAt === null || closesAt <= now) return null;
  // Counting down, the words change just after a whole unit is left.
  return now + Math.min(closesAt - now, 60_000 - durationStep(closesAt - now) + 1);
}

function chip(state: 'open' | 'closing' | 'closed', text: string, hint: string): TemplateResult {
  return html`<span class="window ${state} small numbers" part="window" title=${hint}>
    ${icon(state === 'closing' ? 'alert-triangle' : state === 'closed' ? 'no-message' : 'clock', 14)}
    <span>${text}</span><span class="visually-hidden">. ${hint}</span>
  </span>`;
}
