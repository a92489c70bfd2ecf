import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Connected, fromState, StreamController } from '../../context/index.js';
import type { WorkbinView } from '../../context/index.js';
import { workbinsWords } from '../../i18n/workbins-words.js';
import { contactLabel, EMPTY_STATE } from '../../model/index.js';
import type { Interaction, Workbin } from '../../model/index.js';
import {
  asText,
  coerce,
  CommandRequests,
  controlStyles,
  FocusHome,
  InteractionOpenEvent,
  interactionRowStyles,
  moreIcon,
  NearEnd,
  refusedStyles,
  renderCut,
  renderRefused,
  RovingFocus,
  selectInteraction,
  VirtualList,
  WhatsAppElement,
  workbinName,
} from '../base/index.js';
import type { Refused } from '../base/index.js';
import { renderParked } from './parked.js';
import { styles } from './workbin-list.styles.js';

/**
 * The workbins with their counts, and what is parked in the one that is unfolded: who, for how long they have waited, the last message. *Open*, Enter or
 * a double click takes an interaction back to the desk.
 *
 * @fires {InteractionOpenEvent} interaction-open - Before a parked interaction is taken back; prevent it to veto.
 * @fires {InteractionSelectEvent} interaction-select - Before what was taken back is put in front; prevent it to veto.
 * @cssprop [--whatsapp-max-block-size=100dvh] - How high it becomes where what it is in has no height of its own.
 * @csspart heading - The line of each workbin.
 * @csspart row - Each parked interaction.
 * @csspart open-button - Takes a parked interaction back.
 */
export class WorkbinList extends Connected(WhatsAppElement) {
  static override styles = [
    WhatsAppElement.styles,
    controlStyles,
    interactionRowStyles,
    refusedStyles,
    styles,
  ];

  static override readonly words = [workbinsWords];

  /** The id of the workbin that is unfolded; empty for none, null for the agent's own. */
  @coerce(asText(null))
  @property()
  workbin: string | null = null;

  @state() private chosen: string | null = null;

  @state() private refused: Refused | null = null;

  readonly #requests = new CommandRequests(this);
  readonly #workbins = fromState(this, ({ workbins }) => workbins, EMPTY_STATE.workbins);
  readonly #agent = fromState(this, ({ agent }) => agent, null);
  readonly #policy = fromState(this, ({ policy }) => policy, EMPTY_STATE.policy);
  readonly #view = new StreamController<WorkbinView | null>(
    this,
    () => (this.#unfolded ? this.workspace?.workbin$(this.#unfolded) : null),
    null,
    () => [this.workspace, this.#unfolded],
  );

  readonly #rows = new VirtualList(this, () => this.renderRoot.querySelector('.parked'));
  readonly #roving = new RovingFocus(this, () => this.localize.direction);

  constructor() {
    super();
    new NearEnd(this, {
      marker: () => this.renderRoot.querySelector('.end'),
      reached: () => this.#loadMore(),
    });
    new FocusHome(this, () =>
      ['[data-roving][tabindex="0"]', '[aria-expanded=true]', '.heading', '.workbins'].map((home) =>
        this.renderRoot.querySelector<HTMLElement>(home),
      ),
    );
  }

  /** The workbin whose contents are shown; null for none. */
  get #unfolded(): string | null {
    const workbins = this.#workbins.value;
    const wished = this.workbin ?? this.#own(workbins);
    return wished && workbins.has(wished) ? wished : null;
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.#roving.setKeys((this.#view.value?.interactions ?? []).map(({ id }) => id));
  }

  protected override render(): TemplateResult {
    const workbins = [...this.#workbins.value.values()];
    return html`<section
      class="workbins"
      dir=${this.localize.direction}
      lang=${this.localize.lang}
      aria-label=${this.localize.t('workbins.label')}
    >
      ${workbins.map((workbin) => this.#renderWorkbin(workbin))}
      ${workbins.length === 0 ? this.#renderNone() : nothing}
    </section>`;
  }

  #renderWorkbin({ id, name, owner, count }: Workbin): TemplateResult {
    const open = id === this.#unfolded;
    const label = this.#nameOf({ id, name, owner });
    return html`<div class="workbin ${open ? 'open' : ''}">
      <button
        class="heading"
        part="heading"
        type="button"
        aria-expanded=${open ? 'true' : 'false'}
        @click=${() => this.#toggle(id)}
      >
        <span class="chevron">${moreIcon('chevron-end', 16)}</span>
        <span class="name cut" title=${label}>${renderCut(label)}</span>
        <span class="count small numbers" aria-hidden="true">${this.localize.number(count)}</span>
        <span class="visually-hidden">${this.localize.t('workbins.count', { count })}</span>
      </button>
      ${open ? this.#renderContents(this.#view.value) : nothing}
    </div>`;
  }

  #renderContents(view: WorkbinView | null): TemplateResult {
    if (view?.error && !view.loaded) return html`<div class="error">${this.#renderError()}</div>`;
    if (!view?.loaded) return this.#renderLoading();
    if (view.interactions.length === 0) {
      return html`${this.#renderRefused()}
        <p class="empty">${this.localize.t('workbins.empty')}</p>`;
    }
    return html`${this.#renderRefused()}
      <ul class="parked" @keydown=${this.#roving.onKeyDown} @focusin=${this.#roving.onFocusIn}>
        ${this.#renderRows(view.interactions)}
        ${view.loading ? html`<li>${this.#renderLoading()}</li>` : nothing}
        ${view.error ? html`<li class="error">${this.#renderError()}</li>` : nothing}
        ${
          view.hasMore && !view.loading && !view.error
            ? html`<li class="end" aria-hidden="true"></li>`
            : nothing
        }
      </ul>`;
  }

  #renderRows(interactions: readonly Interaction[]): unknown {
    const pinned = interactions.findIndex(({ id }) => id === this.#roving.current);
    return this.#rows.render(interactions, [pinned], (interaction, index) =>
      this.#renderItem(interaction, index, interactions.length),
    );
  }

  #renderItem(interaction: Interaction, index: number, count: number): TemplateResult {
    return renderParked(
      {
        interaction,
        index,
        // How many there are in all is not known before the last page.
        count: this.#view.value?.hasMore ? -1 : count,
        selected: interaction.id === this.chosen,
        busy: this.#requests.isPending(interaction.id),
        tabIndex: this.#roving.tabIndex(interaction.id),
        onSelect: () => (this.chosen = interaction.id),
        onOpen: () => void this.#open(interaction),
      },
      {
        localizer: this.localize.localizer,
        thresholds: this.#policy.value,
        clock: this.workspace?.clock ?? null,
        now: this.workspace?.clock.now() ?? Date.now(),
      },
    );
  }

  #renderError(): TemplateResult {
    return html`<p>${this.localize.t('workbins.error')}</p>
      <button class="button" type="button" @click=${() => this.#loadMore()}>
        ${this.localize.t('common.try-again')}
      </button>`;
  }

  #renderLoading(): TemplateResult {
    return html`<div class="skeletons" role="img" aria-label=${this.localize.t('common.loading')}>
      <div class="skeleton"></div>
      <div class="skeleton"></div>
    </div>`;
  }

  #renderNone(): TemplateResult {
    if (!this.workspace) return html`<p class="empty late">${this.localize.t('common.no-workspace')}</p>`;
    return this.#agent.value
      ? html`<p class="empty">${this.localize.t('workbins.none')}</p>`
      : this.#renderLoading();
  }

  #renderRefused(): TemplateResult | typeof nothing {
    const { refused } = this;
    if (!refused) return nothing;
    return renderRefused(refused, this.localize.localizer, () => (this.refused = null));
  }

  #nameOf(workbin: Pick<Workbin, 'id' | 'name' | 'owner'>): string {
    return workbinName(workbin, this.#agent.value?.id ?? null, this.localize.localizer);
  }

  #own(workbins: ReadonlyMap<string, Workbin>): string | null {
    const agent = this.#agent.value?.id;
    return [...workbins.values()].find(({ owner }) => owner !== null && owner === agent)?.id ?? null;
  }

  #toggle(id: string): void {
    this.workbin = id === this.#unfolded ? '' : id;
    this.chosen = null;
    this.refused = null;
  }

  #loadMore(): void {
    const unfolded = this.#unfolded;
    if (unfolded) this.workspace?.loadMoreOfWorkbin(unfolded);
  }

  async #open(interaction: Interaction): Promise<void> {
    const { workspace } = this;
    if (!workspace) return;
    const outcome = await this.#requests.run(interaction.id, new InteractionOpenEvent(interaction), () => {
      this.refused = null;
      return workspace.open(interaction.id);
    });
    if (!outcome) return;
    if (outcome.ok) selectInteraction(this, workspace, interaction);
    else this.refused = { name: contactLabel(interaction.contact), kind: outcome.error.kind };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'workbin-list': WorkbinList;
  }
}
