import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Connected, fromState } from '../../context/index.js';
import type { Agent, AgentStatus as Status, RefusalKind } from '../../model/index.js';
import { AgentStatusSelectEvent, controlStyles, icon, WhatsAppElement } from '../base/index.js';
import { styles } from './agent-status.styles.js';

interface Wish {
  readonly status: Status;
  readonly reason: string | null;
  /** What the agent was when it was wished: anything else that arrives is the answer. */
  readonly instead: Agent;
}

/**
 * Whether the agent takes new interactions: Ready or Not Ready, with a reason where the contact centre has any. A choice shows at once, and goes back
 * with a sentence if it is refused.
 *
 * @fires {AgentStatusSelectEvent} agent-status-select - Before the status changes; prevent it to veto.
 * @csspart name - The agent's name.
 * @csspart switch - The two choices.
 */
export class AgentStatus extends Connected(WhatsAppElement) {
  static override styles = [WhatsAppElement.styles, controlStyles, styles];

  /** Reasons for Not Ready, separated by commas; none offers no reason. */
  @property() reasons = '';

  @state() private wish: Wish | null = null;

  @state() private refusal: RefusalKind | null = null;

  readonly #agent = fromState(this, ({ agent }) => agent, null);

  protected override willUpdate(_changed: PropertyValues): void {
    if (this.wish && this.#agent.value !== this.wish.instead) this.wish = null;
  }

  protected override render(): TemplateResult {
    const agent = this.#agent.value;
    const shown = this.wish ?? agent;
    return html`<div
      class="status"
      dir=${this.localize.direction}
      role="group"
      aria-label=${this.localize.t('status.label')}
      aria-busy=${this.wish ? 'true' : 'false'}
    >
      <bdi class="name truncate" part="name" title=${agent?.name ?? nothing}>${agent?.name ?? ''}</bdi>
      <div class="switch" part="switch">
        ${this.#renderChoice('ready', shown?.status)} ${this.#renderChoice('not-ready', shown?.status)}
      </div>
      ${shown?.status === 'not-ready' ? this.#renderReasons(shown.reason) : nothing} ${this.#renderRefusal()}
    </div>`;
  }

  #renderChoice(status: Status, shown: Status | undefined): TemplateResult {
    return html`<button
      class="choice ${status}"
      type="button"
      ?disabled=${shown === undefined}
      aria-pressed=${shown === status ? 'true' : 'false'}
      @click=${() => this.#onChoice(status)}
    >
      <span class="dot ${status}"></span>${this.localize.t(`status.${status}`)}
    </button>`;
  }

  #renderReasons(chosen: string | null): TemplateResult | typeof nothing {
    const reasons = this.#reasons();
    if (chosen !== null && !reasons.includes(chosen)) reasons.push(chosen);
    if (reasons.length === 0) return nothing;
    return html`<label class="reason">
      <span class="small muted">${this.localize.t('status.reason')}</span>
      <select class="field" @change=${this.#onReason}>
        <option value="" ?selected=${chosen === null}>${this.localize.t('status.no-reason')}</option>
        ${reasons.map(
          (reason) => html`<option value=${reason} ?selected=${reason === chosen}>${reason}</option>`,
        )}
      </select>
    </label>`;
  }

  #renderRefusal(): TemplateResult | typeof nothing {
    if (!this.refusal) return nothing;
    return html`<p class="problem small" role="alert">
      ${icon('alert-circle', 16)} ${this.localize.t(`refusal.${this.refusal}`)}
    </p>`;
  }

  #reasons(): string[] {
    const reasons = this.reasons ?? '';
    return reasons
      .split(',')
      .map((reason) => reason.trim())
      .filter(Boolean);
  }

  #onChoice(status: Status): void {
    if ((this.wish ?? this.#agent.value)?.status !== status) void this.#choose(status, null);
  }

  readonly #onReason = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    void this.#choose('not-ready', value || null);
  };

  async #choose(status: Status, reason: string | null): Promise<void> {
    const { workspace } = this;
    const agent = this.#agent.value;
    if (!workspace || !agent) return;
    if (!this.dispatchEvent(new AgentStatusSelectEvent(status, reason))) return;
    const wish = { status, reason, instead: agent };
    this.wish = wish;
    this.refusal = null;
    const outcome = await workspace.setStatus(status, reason);
    if (outcome.ok || this.wish !== wish) return;
    this.wish = null;
    this.refusal = outcome.error.kind;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'agent-status': AgentStatus;
  }
}
