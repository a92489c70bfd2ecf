import { html, nothing, render } from 'lit';
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Clock, Interaction } from '../../model/index.js';
import { ClockController, renderRefused } from '../base/index.js';
import type { Refused, RowContext } from '../base/index.js';
import { BarAnnouncer } from './bar-announcer.js';
import type { Announce } from './bar-announcer.js';
import { renderInvitation, renderTimeLeft } from './invitation.js';

export { noticeStyles } from './bar-notices.styles.js';

/** Less high than this, in pixels, a desk has its workbins covered by an invitation below its bar, and in the strip its composer by one below the tabs. */
const LOW = 560;

export type Answer = 'accept' | 'reject';

interface Notices {
  readonly refusal: Refused | null;
  /** What rings, first to end first. */
  readonly invitations: readonly Interaction[];
  /** How long an offer rings, in milliseconds. */
  readonly timeout: number;
  /** Ids of those whose answer is on its way. */
  readonly isBusy: (interaction: string) => boolean;
  readonly onAnswer: (interaction: Interaction, answer: Answer) => void;
  readonly onClose: () => void;
}

type Host = ReactiveControllerHost & HTMLElement;

/** What rings, and why an answer had no effect. The time that is left has a clock of its own, so that each second renders nothing else. */
export class BarNotices implements ReactiveController {
  readonly #host: Host;
  readonly #clock: ClockController;
  readonly #announcer: BarAnnouncer;
  #shown: { readonly notices: Notices; readonly context: RowContext } | null = null;

  constructor(host: Host, announce: Announce, clock: () => Clock | null | undefined) {
    this.#host = host;
    this.#announcer = new BarAnnouncer(announce);
    const ticks: ReactiveControllerHost = {
      addController: (controller) => host.addController(controller),
      removeController: (controller) => host.removeController(controller),
      requestUpdate: () => this.#tick(),
      updateComplete: Promise.resolve(true),
    };
    this.#clock = new ClockController(ticks, (now) => this.#nextTick(now), clock);
    host.addController(this);
  }

  hostUpdated(): void {
    // For what has to end above it.
    this.#host.toggleAttribute('ringing', this.#place !== null);
    this.#renderTimeLeft();
    this.#measure();
  }

  render(notices: Notices, context: RowContext): TemplateResult {
    this.#shown = { notices, context };
    return html`<div class="notices">
      ${notices.refusal ? renderRefused(notices.refusal, context.localizer, notices.onClose) : nothing}
      ${renderInvitations(notices, context)}
    </div>`;
  }

  /** Tells those who do not see it what has come, once. */
  readonly say: BarAnnouncer['say'] = (...news) => this.#announcer.say(...news);

  /** When the first invitation ends; null where nothing rings. */
  get #end(): number | null {
    return this.#shown?.notices.invitations[0]?.offer?.expiresAt ?? null;
  }

  #tick(): void {
    if (!this.#shown) return;
    this.#renderTimeLeft();
    this.#measure();
    this.#clock.hostUpdated();
  }

  /** On a low desk what floats has another place: its styles have it. */
  #measure(): void {
    const root = this.#host.getRootNode();
    if (!this.#place || !this.#host.hasAttribute('notices') || !(root instanceof ShadowRoot)) return;
    const isLow = root.host.getBoundingClientRect().height < LOW;
    const isStrip = this.#host.shadowRoot?.querySelector('.strip');
    this.#host.setAttribute('low', isLow ? (isStrip ? 'top' : 'beside') : '');
  }

  #nextTick(now: number): number | null {
    const end = this.#end;
    return end !== null && end > now && this.#place ? now + 1000 : null;
  }

  get #place(): HTMLElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLElement>('.time-left') ?? null;
  }

  #renderTimeLeft(): void {
    const place = this.#place;
    if (!place || !this.#shown) return;
    const { notices, context } = this.#shown;
    render(renderTimeLeft(this.#end ?? 0, notices.timeout, this.#clock.now, context.localizer), place);
  }
}

/** The one that ends first; the others are counted. */
function renderInvitations(
  { invitations: [first, ...others], isBusy, onAnswer }: Notices,
  context: RowContext,
): unknown {
  if (!first) return nothing;
  const { localizer } = context;
  const invitation = {
    interaction: first,
    busy: isBusy(first.id),
    onAccept: () => onAnswer(first, 'accept'),
    onReject: () => onAnswer(first, 'reject'),
  };
  return html`<ul class="invitations" aria-label=${localizer.t('bar.invitations')}>
      ${keyed(first.id, renderInvitation(invitation, context))}
    </ul>
    ${
      others.length > 0
        ? html`<p class="others small">${localizer.t('bar.more-waiting', { count: others.length })}</p>`
        : nothing
    }`;
}
