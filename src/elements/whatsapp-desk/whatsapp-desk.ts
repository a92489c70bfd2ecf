import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Connected, fromState, fromWorkspace } from '../../context/index.js';
import type { Workspace } from '../../context/index.js';
import {
  coerce,
  asText,
  controlStyles,
  FocusHome,
  icon,
  WhatsAppElement,
  WidthRange,
} from '../base/index.js';
import type { PanelLayout } from '../side-panel/panel-tab.js';
import { styles } from './whatsapp-desk.styles.js';

/** Below it the desk is a strip with one thing at a time; above the other one there is room beside the conversation. In pixels; the styles have them too. */
const STRIP = 560;
const WIDE = 1020;

/**
 * The complete desk: connection, status, open interactions, workbins, and the conversation in front. Lays itself out by its own width, from 280 px on;
 * takes the height of what it is in (at least 360 px). Over 1,020 px the side panel stands beside the conversation, from 560 px on its tabs open it over the end
 * of the messages. Under 560 px one thing is shown at a time: workbins and side panel open over the conversation and close with Escape.
 *
 * @csspart front - Where the conversation is.
 */
export class WhatsAppDesk extends Connected(WhatsAppElement) {
  static override styles = [WhatsAppElement.styles, controlStyles, styles];

  /** Reasons for Not Ready, separated by commas. */
  @coerce(asText(''))
  @property({ attribute: 'not-ready-reasons' })
  notReadyReasons = '';

  /** Whether the workbins are open where there is no room for them beside the conversation. */
  @state() private workbinsOpen = false;

  readonly #panelLayout = new WidthRange<PanelLayout>(this, (width) =>
    width < STRIP ? 'sheet' : width <= WIDE ? 'overlay' : 'docked',
  );
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

  readonly #home = new FocusHome(this, (lost) =>
    ['.toggle', 'workbin-list', 'whatsapp-interaction', 'interaction-bar', 'workbin-list', 'agent-status']
      // What leads to the workbins is in another place at another width.
      .slice(lost?.closest('.toggle, .workbins, workbin-list') ? 0 : 2)
      .map((home) => this.renderRoot.querySelector<HTMLElement>(home)),
  );
  #shown: string | null = null;
  /** Whether the workbins have just closed over the focus. */
  #closedOverFocus = false;

  protected override willUpdate(_changed: PropertyValues): void {
    const { range } = this.#panelLayout;
    // Where there is room for them they are always open.
    if (range !== null && range !== 'sheet') this.workbinsOpen = false;
    const selected = this.#selected.value;
    if (selected !== this.#shown && this.workbinsOpen) {
      this.workbinsOpen = false;
      this.#closedOverFocus = this.shadowRoot?.activeElement?.localName === 'workbin-list';
    }
    this.#shown = selected;
  }

  protected override updated(): void {
    // Browsers notice only later that what has the focus is not shown any more, and not all of them do.
    if (this.#closedOverFocus) this.#home.take();
    this.#closedOverFocus = false;
  }

  protected override render(): TemplateResult {
    const { workspace } = this;
    return html`<div class="frame">
      <div
        class="desk ${this.workbinsOpen ? 'workbins-open' : ''} ${workspace ? '' : 'alone'}"
        dir=${this.localize.direction}
        lang=${this.localize.lang}
        @keydown=${this.#onKeyDown}
      >
        ${workspace ? this.#renderRail(workspace) : nothing}
        <div class="front" part="front">${this.#renderFront()}</div>
      </div>
    </div>`;
  }

  #renderRail(workspace: Workspace): TemplateResult {
    return html`<div class="rail">
      <div class="status">
        <agent-status .workspace=${workspace} reasons=${this.notReadyReasons}></agent-status>
        ${this.#renderToggle()}
      </div>
      <interaction-bar
        floating
        notices=${this.workbinsOpen ? 'end' : ''}
        .workspace=${workspace}
        .density=${this.density}
      ></interaction-bar>
      <workbin-list .workspace=${workspace} .density=${this.density}></workbin-list>
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

  #renderFront(): TemplateResult {
    const selected = this.#selected.value;
    if (selected !== null) {
      return html`<whatsapp-interaction
        .workspace=${this.workspace}
        .interaction=${selected}
        .panel=${this.workbinsOpen ? null : this.#panelLayout.range}
        >${this.#renderNotices()}</whatsapp-interaction
      >`;
    }
    return html`${this.#renderNotices()}${this.#renderNothing()}`;
  }

  /** Over the top of the messages, where it moves nothing. */
  #renderNotices(): TemplateResult {
    return html`<connection-status slot="notices" .workspace=${this.workspace}></connection-status>`;
  }

  #renderNothing(): TemplateResult | typeof nothing {
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
