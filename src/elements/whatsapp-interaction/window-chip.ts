import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import { serviceWindow, WINDOW_CLOSING } from '../../model/index.js';
import { moreIcon } from '../base/index.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

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
  const left = closesAt - now;
  // Whole hours do while there are many; the last two count by the minute.
  const duration =
    state === 'open' ? words.t('time.hours', { count: Math.floor(left / HOUR) }) : words.duration(left);
  const hint = words.t('interaction.window-open-hint', { name, time: words.dateTime(closesAt) });
  return chip(state, words.t('interaction.window-left', { duration }), hint);
}

/** When the chip next looks different; null for never. */
export function nextWindowChange(closesAt: number | null, now: number): number | null {
  if (closesAt === null || closesAt <= now) return null;
  const left = closesAt - now;
  // Counting down, the words change just after a whole unit is left.
  const unit = left < MINUTE ? SECOND : left < WINDOW_CLOSING ? MINUTE : HOUR;
  return now + Math.min(left, (left % unit) + 1);
}

function chip(state: 'open' | 'closing' | 'closed', text: string, hint: string): TemplateResult {
  return html`<span class="window ${state} numbers" part="window" title=${hint}>
    ${moreIcon(state === 'closed' ? 'lock' : 'clock', 12)}
    <span>${text}</span><span class="visually-hidden">. ${hint}</span>
  </span>`;
}
