import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { durationStep } from '../../i18n/index.js';
import { DEFAULT_POLICY, nextPendencyChange, pendencyLevel } from '../../model/index.js';
import type { Clock, PendencyThresholds } from '../../model/index.js';
import {
  coerce,
  asNumber,
  asObject,
  asText,
  ClockController,
  warnOnce,
  WhatsAppElement,
} from '../base/index.js';
import { styles } from './pending-indicator.styles.js';
import { SHAPES } from './shapes.js';

/** From so many milliseconds on, waits are shown in such a unit: what is left over tells nothing, and would take the room of a name or number. */
const UNITS = [86_400_000, 3_600_000];

const asDate = asText(null);

function asInstant(value: unknown, what: string): unknown {
  return typeof value === 'number' && Number.isFinite(value) ? value : asDate(value, what);
}

/**
 * How long a contact has waited for an answer: green at first, yellow from `warning` on, red and flashing from `critical` on, each with a shape and
 * words of its own. Needs nothing but `since`. Shows nothing while nobody waits.
 *
 * @csspart shape - The ring, triangle or octagon.
 * @csspart age - How long the contact has waited, in words.
 */
export class PendingIndicator extends WhatsAppElement {
  static override styles = [WhatsAppElement.styles, styles];

  /** When the contact wrote: an ISO 8601 date or milliseconds since the epoch. null or empty: nobody waits. */
  @coerce(asInstant)
  @property()
  since: string | number | null = null;

  /** Seconds of waiting from which on it is yellow. */
  @coerce(asNumber(DEFAULT_POLICY.pendingWarning / 1000))
  @property({ type: Number })
  warning = DEFAULT_POLICY.pendingWarning / 1000;

  /** Seconds of waiting from which on it is red and flashes. */
  @coerce(asNumber(DEFAULT_POLICY.pendingCritical / 1000))
  @property({ type: Number })
  critical = DEFAULT_POLICY.pendingCritical / 1000;

  /** Where time comes from; the browser's clock when there is none. */
  @coerce(asObject('a clock', { now: 'function' }))
  @property({ attribute: false })
  clock: Clock | null = null;

  readonly #time = new ClockController(
    this,
    (now) => this.#nextChange(now),
    () => this.clock,
  );

  protected override render(): TemplateResult | typeof nothing {
    const since = this.#instant();
    if (since === null) return nothing;
    const { now } = this.#time;
    const level = pendencyLevel(since, now, this.#thresholds());
    const waited = now - since;
    return html`<span
      class="pendency ${level}"
      dir=${this.localize.direction}
      lang=${this.localize.lang}
      role="img"
      aria-label=${this.localize.t(`pendency.${level}`, { time: this.localize.duration(waited) })}
    >
      ${SHAPES[level]}<span class="age" part="age"
        >${this.localize.duration(waited - (waited % (UNITS.find((unit) => waited >= unit) ?? 1)))}</span
      >
    </span>`;
  }

  #nextChange(now: number): number | null {
    const since = this.#instant();
    if (since === null) return null;
    const level = nextPendencyChange(since, now, this.#thresholds());
    return Math.min(level ?? Infinity, Math.max(now, since) + durationStep(now - since));
  }

  #instant(): number | null {
    const { since } = this;
    if (since === null || since === '') return null;
    const at = typeof since === 'number' || /^-?\d+$/.test(since) ? Number(since) : Date.parse(since);
    if (Number.isFinite(at)) return at;
    warnOnce(`<pending-indicator>: since="${since}" is neither a date nor milliseconds.`);
    return null;
  }

  #thresholds(): PendencyThresholds {
    return { pendingWarning: this.warning * 1000, pendingCritical: this.critical * 1000 };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pending-indicator': PendingIndicator;
  }
}
