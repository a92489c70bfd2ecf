import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Clock } from '../../model/index.js';
import { asNumber, asObject, ClockController, coerce, WhatsAppElement } from '../base/index.js';

const SECOND = 1000;

/**
 * How long something has lasted, as a stopwatch shows it: `00:04:52`. By itself, so that each second renders nothing else.
 *
 * @csspart time - What it shows.
 */
export class ElapsedTime extends WhatsAppElement {
  static override styles = [
    WhatsAppElement.styles,
    css`
      :host {
        display: inline-flex;
      }
    `,
  ];

  /** When it began, in milliseconds since the epoch; 0 for not yet. */
  @coerce(asNumber(0))
  @property({ type: Number })
  since = 0;

  /** Where time comes from; the browser's clock when there is none. */
  @coerce(asObject('a clock', { now: 'function' }))
  @property({ attribute: false })
  clock: Clock | null = null;

  readonly #time = new ClockController(
    this,
    (now) => (this.since === 0 ? null : now + SECOND - ((now - this.since) % SECOND)),
    () => this.clock,
  );

  protected override render(): TemplateResult | typeof nothing {
    if (this.since === 0) return nothing;
    return html`<span class="numbers" part="time" dir=${this.localize.direction} lang=${this.localize.lang}
      >${this.localize.elapsed(this.#time.now - this.since)}</span
    >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'elapsed-time': ElapsedTime;
  }
}
