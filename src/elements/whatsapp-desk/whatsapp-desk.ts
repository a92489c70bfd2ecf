import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Connected, fromState, fromWorkspace } from '../../context/index.js';
import { controlStyles, icon, WhatsAppElement } from '../base/index.js';
import { styles } from './whatsapp-desk.styles.js';

/**
 * The complete desk: connection, status, open interactions, workbins, and the conversation in front. Lays itself out by its own width, from 280 px on;
 * takes the height of what it is in (at least 360 px). Under 560 px the workbins open over the conversation and close with Escape.
 *
 * @csspart front - Where the conversation is.
 */
export class WhatsAppDesk extends Connected(WhatsAppElement) {
  static override styles = [WhatsAppElement.styles, controlStyles, styles];

  /** Reasons for Not Ready, separated by commas. */
  @property({ attribute: 'not-ready-reasons' }) notReadyReasons = '';

  /** Whether the workbins are open where there is no room for them beside the conversation. */
  @state() private workbinsOpen = false;

  readonly #selected = fromWorkspace<string | null>(this, ({ selected$ }) => selected$, null);
  readonly #agent = fromState(this, ({ agent }) => agent, null);
  readonly #someOpen = fromState(
    this,
    ({ interactions }) => [...interactions.values()].some(({ state }) => state === 'active'),
    false,
  );
  readonly #parked = fromState(
    this,
    ({ workbins }) => [...workbins.values()].reduce((sum, { count }) => sum + count, 0),
    0,
  );

  #shown: string | null = null;

  protected override willUpdate(_changed: PropertyValues): void {
    const selected = this.#selected.value;
    if (selected !== this.#shown) this.workbinsOpen = false;
    this.#shown = selected;
  }

  protected override render(): TemplateResult {
    const { workspace } = this;
    return html`<div
      class="desk ${this.workbinsOpen ? 'workbins-open' : ''}"
      dir=${this.localize.direction}
      @keydown=${this.#onKeyDown}
    >
      <connection-status .workspace=${workspace}></connection-status>
      <div class="rail">
        <div class="status">
          <agent-status .workspace=${workspace} reasons=${this.notReadyReasons}></agent-status>
          ${this.#renderToggle()}
        </div>
        <interaction-bar .workspace=${workspace} .density=${this.density}></interaction-bar>
        <workbin-list .workspace=${workspace} .density=${this.density}></workbin-list>
      </div>
      <div class="front" part="front">${this.#renderFront()}</div>
    </div>`;
  }

  #renderToggle(): TemplateResult {
    const name = this.localize.t('desk.workbins');
    const count = this.#parked.value;
    return html`<button
      class="icon-button toggle"
      type="button"
      title=${name}
      aria-expanded=${this.workbinsOpen ? 'true' : 'false'}
      @click=${() => (this.workbinsOpen = !this.workbinsOpen)}
    >
      ${icon('inbox')}<span class="visually-hidden">${name}</span>
      <span class="small numbers" ?hidden=${count === 0}> ${this.localize.number(count)} </span>
    </button>`;
  }

  #renderFront(): TemplateResult | typeof nothing {
    const selected = this.#selected.value;
    if (selected !== null) {
      return html`<whatsapp-interaction
        .workspace=${this.workspace}
        .interaction=${selected}
      ></whatsapp-interaction>`;
    }
    if (!this.workspace) {
      return html`<div class="empty late"><p>${this.localize.t('common.no-workspace')}</p></div>`;
    }
    if (!this.#agent.value) return nothing;
    return html`<div class="empty">
      ${icon('message', 32)}
      <p>${this.localize.t(this.#someOpen.value ? 'desk.nothing-selected' : 'desk.nothing-open')}</p>
    </div>`;
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || !this.workbinsOpen) return;
    event.preventDefault();
    this.workbinsOpen = false;
    this.renderRoot.querySelector<HTMLElement>('.toggle')?.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'whatsapp-desk': WhatsAppDesk;
  }
}
