import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { Connected, fromState, fromWorkspace } from '../../context/index.js';
import type { CommandOutcome } from '../../context/index.js';
import { contactLabel, EMPTY_STATE } from '../../model/index.js';
import type { Interaction, RefusalKind } from '../../model/index.js';
import {
  ClockController,
  controlStyles,
  icon,
  InteractionAcceptEvent,
  InteractionRejectEvent,
  InteractionSelectEvent,
  RovingFocus,
  rowStyles,
  WhatsAppElement,
} from '../base/index.js';
import { BarAnnouncer } from './bar-announcer.js';
import { BarNews } from './bar-news.js';
import { invitations, mostUrgent, openInteractions } from './bar-order.js';
import type { BarSort } from './bar-order.js';
import { BarShortcuts } from './bar-shortcuts.js';
import { styles } from './interaction-bar.styles.js';
import { HiddenTiles, scrollToShow } from './hidden-tiles.js';
import { renderInvitation } from './invitation.js';
import { renderTile } from './tile.js';
import type { TileContext } from './tile.js';

/**
 * The agent's open interactions, each with pendency, unread count and last message, and the invitations that ring: Accept or Reject. Arrow keys move
 * between tiles; Alt+1 to Alt+9 (Control on a Mac) go to the n-th and Alt+0 to the most urgent one from anywhere inside our elements.
 *
 * @fires {InteractionAcceptEvent} interaction-accept - Before an invitation is accepted; prevent it to veto.
 * @fires {InteractionRejectEvent} interaction-reject - Before an invitation is rejected; prevent it to veto.
 * @fires {InteractionSelectEvent} interaction-select - Before an interaction is put in front; prevent it to veto.
 * @csspart tile - Each open interaction.
 * @csspart unread - The number of unread messages.
 * @csspart invitation - Each invitation.
 * @csspart accept-button - Accepts an invitation.
 * @csspart reject-button - Rejects an invitation.
 * @cssprop [--whatsapp-interaction-bar-flow=column] - `column`, or `row` for a strip.
 * @cssprop [--whatsapp-interaction-bar-tile-size=auto] - The width of a tile in a strip.
 */
export class InteractionBar extends Connected(WhatsAppElement) {
  static override styles = [WhatsAppElement.styles, controlStyles, rowStyles, styles];

  /** `urgency`: who has waited longest comes first. `arrival`: in the order in which they came. */
  @property() sort: BarSort = 'urgency';

  /** Seconds for which a tile blinks when its contact writes. */
  @property({ attribute: 'blink-duration', type: Number }) blinkDuration = 10;

  @state() private busy: ReadonlySet<string> = new Set();

  @state() private refusal: { readonly name: string; readonly kind: RefusalKind } | null = null;

  readonly #interactions = fromState(this, ({ interactions }) => interactions, EMPTY_STATE.interactions);
  readonly #agent = fromState(this, ({ agent }) => agent, null);
  readonly #policy = fromState(this, ({ policy }) => policy, EMPTY_STATE.policy);
  readonly #selected = fromWorkspace<string | null>(this, ({ selected$ }) => selected$, null);
  readonly #unread = fromWorkspace<ReadonlyMap<string, number>>(this, ({ unread$ }) => unread$, new Map());

  readonly #time = new ClockController(
    this,
    (now) => this.#nextChange(now),
    () => this.workspace?.clock,
  );
  readonly #roving = new RovingFocus(this, () => this.localize.direction);
  readonly #hidden = new HiddenTiles(this, () => this.renderRoot.querySelector('.tiles'));
  readonly #news = new BarNews();
  readonly #announcer = new BarAnnouncer();
  #open: readonly Interaction[] = [];
  #invitations: readonly Interaction[] = [];
  #worse: readonly Interaction[] = [];
  #revealed = '';
  /** The invitation that has the focus, for when it goes. */
  #focused: string | null = null;

  constructor() {
    super();
    new BarShortcuts(this, (digit) => this.#goTo(digit));
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.#focused = this.#focusedInvitation();
    const interactions = this.#interactions.value;
    const agent = this.#agent.value?.id ?? null;
    this.#open = openInteractions(interactions, agent, this.sort);
    this.#invitations = invitations(interactions, agent);
    this.#worse = this.#news.take({
      open: this.#open,
      unread: this.#unread.value,
      selected: this.#selected.value,
      thresholds: this.#policy.value,
      now: this.#time.now,
      blinkFor: Math.max(0, this.blinkDuration || 0) * 1000,
    });
    this.#roving.setKeys(
      this.#open.map(({ id }) => id),
      this.#selected.value,
    );
  }

  protected override render(): TemplateResult {
    const context = this.#context();
    return html`<section
      class="bar"
      dir=${this.localize.direction}
      aria-label=${this.localize.t('bar.label')}
    >
      ${this.#renderRefusal()} ${this.#renderInvitations(context)}
      ${this.#agent.value ? this.#renderTiles(context) : this.#renderLoading()}
    </section>`;
  }

  protected override updated(): void {
    this.#announcer.say(this.#invitations, this.#worse, this.#context());
    this.#worse = [];
    this.#reveal();
    this.#keepFocusAfterAnswer();
  }

  #renderTiles(context: TileContext): TemplateResult {
    if (this.#open.length === 0) return this.#renderEmpty();
    return html`<div class="open">
      <ul class="tiles" @keydown=${this.#roving.onKeyDown} @focusin=${this.#roving.onFocusIn}>
        ${repeat(
          this.#open,
          ({ id }) => id,
          (interaction, index) =>
            renderTile(
              {
                interaction,
                index,
                selected: interaction.id === this.#selected.value,
                blinking: this.#news.isBlinking(interaction.id, context.now),
                unread: this.#unread.value.get(interaction.id) ?? 0,
                tabIndex: this.#roving.tabIndex(interaction.id),
                onSelect: () => this.#select(interaction),
              },
              context,
            ),
        )}
      </ul>
      ${this.#renderMore()}
    </div>`;
  }

  #renderMore(): TemplateResult | typeof nothing {
    const { count } = this.#hidden;
    if (count === 0) return nothing;
    // Not a stop of the Tab key: arrow keys bring each tile into sight.
    return html`<button
      class="more"
      type="button"
      tabindex="-1"
      aria-hidden="true"
      @click=${() => this.#hidden.scrollOn()}
    >
      ${this.localize.t('bar.more', { count })}
    </button>`;
  }

  #renderEmpty(): TemplateResult {
    const ready = this.#agent.value?.status === 'ready';
    return html`<p class="empty">
      ${this.localize.t('bar.empty')} ${this.localize.t(ready ? 'bar.empty-ready' : 'bar.empty-not-ready')}
    </p>`;
  }

  #renderLoading(): TemplateResult {
    return html`<div class="skeletons" role="img" aria-label=${this.localize.t('common.loading')}>
      <div class="skeleton"></div>
      <div class="skeleton"></div>
    </div>`;
  }

  #renderInvitations(context: TileContext): TemplateResult | typeof nothing {
    if (this.#invitations.length === 0) return nothing;
    return html`<ul class="invitations" aria-label=${this.localize.t('bar.invitations')}>
      ${repeat(
        this.#invitations,
        ({ id }) => id,
        (interaction) =>
          renderInvitation(
            {
              interaction,
              timeout: this.#policy.value.offerTimeout,
              busy: this.busy.has(interaction.id),
              onAccept: () => void this.#answer(interaction, 'accept'),
              onReject: () => void this.#answer(interaction, 'reject'),
            },
            context,
          ),
      )}
    </ul>`;
  }

  #renderRefusal(): TemplateResult | typeof nothing {
    const { refusal } = this;
    if (!refusal) return nothing;
    const close = this.localize.t('common.close');
    return html`<div class="problem" role="alert">
      ${icon('alert-circle')}
      <p>
        <bdi class="truncate" title=${refusal.name}>${refusal.name}</bdi>:
        ${this.localize.t(`refusal.${refusal.kind}`)}
      </p>
      <button
        class="icon-button"
        type="button"
        aria-label=${close}
        title=${close}
        @click=${() => (this.refusal = null)}
      >
        ${icon('close')}
      </button>
    </div>`;
  }

  #context(): TileContext {
    return {
      localizer: this.localize.localizer,
      clock: this.workspace?.clock ?? null,
      now: this.#time.now,
      thresholds: this.#policy.value,
    };
  }

  #select(interaction: Interaction): void {
    if (!this.workspace || !this.dispatchEvent(new InteractionSelectEvent(interaction))) return;
    this.workspace.select(interaction.id);
  }

  /** Whether there was an interaction to go to. */
  #goTo(digit: number): boolean {
    const interaction = digit === 0 ? mostUrgent(this.#open) : this.#open[digit - 1];
    if (interaction) this.#select(interaction);
    return !!interaction;
  }

  async #answer(interaction: Interaction, answer: 'accept' | 'reject'): Promise<void> {
    const { workspace } = this;
    if (!workspace || this.busy.has(interaction.id)) return;
    const accept = answer === 'accept';
    const event = accept ? new InteractionAcceptEvent(interaction) : new InteractionRejectEvent(interaction);
    if (!this.dispatchEvent(event)) return;
    this.refusal = null;
    this.busy = new Set([...this.busy, interaction.id]);
    const outcome = await workspace[answer](interaction.id);
    this.busy = new Set([...this.busy].filter((id) => id !== interaction.id));
    if (accept && outcome.ok) workspace.select(interaction.id);
    this.#showRefusal(interaction, outcome);
  }

  #showRefusal({ contact }: Interaction, outcome: CommandOutcome): void {
    if (!outcome.ok) this.refusal = { name: contactLabel(contact), kind: outcome.error.kind };
  }

  /** Brings the tile in front into sight, without scrolling the page. */
  #reveal(): void {
    // The button that says how many more there are takes room when it comes.
    const place = `${this.#selected.value} ${this.#hidden.count > 0}`;
    if (place === this.#revealed) return;
    this.#revealed = place;
    const list = this.renderRoot.querySelector<HTMLElement>('.tiles');
    const tile = list?.querySelector<HTMLElement>('[aria-current]');
    if (list && tile) scrollToShow(list, tile);
  }

  #focusedInvitation(): string | null {
    const card = this.shadowRoot?.activeElement?.closest<HTMLElement>('[data-invitation]');
    return card?.dataset['invitation'] ?? null;
  }

  /** The focus goes from an answered invitation to its tile, else to the next invitation, else to the tiles; never to nowhere. */
  #keepFocusAfterAnswer(): void {
    const before = this.#focused;
    if (before === null || this.shadowRoot?.activeElement) return;
    const next = this.renderRoot.querySelector<HTMLElement>('[data-answer]');
    const [first] = this.#open;
    if (next && !this.#open.some(({ id }) => id === before)) {
      next.focus();
      return;
    }
    const tile = this.#open.find(({ id }) => id === before) ?? first;
    if (tile) queueMicrotask(() => this.#roving.focus(tile.id));
  }

  #nextChange(now: number): number | null {
    if (this.#invitations.some(({ offer }) => offer && offer.expiresAt > now)) return now + 1000;
    return this.#news.nextChange({ open: this.#open, thresholds: this.#policy.value, now });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'interaction-bar': InteractionBar;
  }
}
