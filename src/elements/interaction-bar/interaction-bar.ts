import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { Connected, fromState, fromWorkspace } from '../../context/index.js';
import type { CommandOutcome } from '../../context/index.js';
import { contactLabel, EMPTY_STATE } from '../../model/index.js';
import type { Interaction } from '../../model/index.js';
import {
  adoptStyles,
  announce,
  coerce,
  asFlag,
  asNumber,
  asOneOf,
  ClockController,
  controlStyles,
  FocusHome,
  interactionRowStyles,
  LazyPart,
  InteractionAcceptEvent,
  InteractionRejectEvent,
  RovingFocus,
  WhatsAppElement,
  selectInteraction,
  CommandRequests,
  scrollToShow,
} from '../base/index.js';
import type { Refused, RowContext } from '../base/index.js';
import { BarNews } from './bar-news.js';
import { inPlace, invitations, mostUrgent, openInteractions, splitStrip } from './bar-order.js';
import type { BarSort, Split } from './bar-order.js';
import { BarShortcuts } from './bar-shortcuts.js';
import { styles } from './interaction-bar.styles.js';
import type { ManyTiles } from './many-tiles.js';
import type { Answer } from './bar-notices.js';
import { StripLayout } from './strip-layout.js';
import { renderTile } from './tile.js';

/** More tiles than these may not all be in sight, in the lowest of desks. */
const FEW = 2;
/** How many tiles are rendered before it is known which are in sight. */
const AT_FIRST = 60;

/**
 * The agent's open interactions, each with pendency, unread count and last message, and the invitations that ring: Accept or Reject. Arrow keys move
 * between tiles; Alt+1 to Alt+9 (Control on a Mac) go to the n-th and Alt+0 to the most urgent one from anywhere inside our elements. Each tile has a
 * menu behind `…` and the context-menu key. A strip shows whole tiles, the selected and the most urgent one always; the button at its end counts the
 * others and opens them.
 *
 * @fires {InteractionAcceptEvent} interaction-accept - Before an invitation is accepted; prevent it to veto.
 * @fires {InteractionRejectEvent} interaction-reject - Before an invitation is rejected; prevent it to veto.
 * @fires {InteractionSelectEvent} interaction-select - Before an interaction is put in front; prevent it to veto.
 * @fires {InteractionParkEvent} interaction-park - Before an interaction is moved to a workbin; prevent it to veto.
 * @fires {InteractionFinishEvent} interaction-finish - Before an interaction is marked done; prevent it to veto.
 * @csspart tile - Each open interaction.
 * @csspart unread - The number of unread messages.
 * @csspart invitation - Each invitation.
 * @csspart accept-button - Accepts an invitation.
 * @csspart reject-button - Rejects an invitation.
 * @csspart menu - What can be done with a tile, while it is open.
 * @cssprop [--whatsapp-max-block-size=100dvh] - How high it becomes where what it is in has no height of its own.
 * @cssprop [--whatsapp-interaction-bar-flow=column] - `column`, or `row` for a strip.
 * @cssprop [--whatsapp-interaction-bar-tile-size=144px] - How wide a tile of a strip is at least, in pixels.
 * @cssprop [--whatsapp-interaction-bar-offset=0px] - How far below the bar its invitations float.
 */
export class InteractionBar extends Connected(WhatsAppElement) {
  static override styles = [WhatsAppElement.styles, controlStyles, interactionRowStyles, styles];

  /** `urgency`: who has waited longest comes first, from when no tile is pointed at or gone through by keys. `arrival`: in the order in which they came. */
  @coerce(asOneOf(['urgency', 'arrival'], 'urgency'))
  @property()
  sort: BarSort = 'urgency';

  /** Seconds for which a tile blinks when its contact writes. */
  @coerce(asNumber(10))
  @property({ attribute: 'blink-duration', type: Number })
  blinkDuration = 10;

  /** Whether invitations float below the bar, over what is there, instead of standing above its tiles. In a strip they always do. */
  @coerce(asFlag)
  @property({ type: Boolean, reflect: true })
  floating = false;

  @state() private refusal: Refused | null = null;

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
  readonly #layout = new StripLayout(this);
  readonly #notices = new LazyPart(this, async () => {
    const { noticeStyles, BarNotices } = await import('./bar-notices.js');
    adoptStyles(this, noticeStyles);
    // What more than one part needs comes with the first load: a file of its own would cost more.
    return new BarNotices(this, announce, () => this.workspace?.clock);
  });
  readonly #manyTiles = new LazyPart(this, async () => {
    const { manyTilesStyles, ManyTiles: Many } = await import('./many-tiles.js');
    adoptStyles(this, manyTilesStyles);
    return new Many(this, this.#roving);
  });
  readonly #tileActions = new LazyPart(this, async () => {
    const { tileActionsStyles, TileActions } = await import('./tile-actions.js');
    adoptStyles(this, tileActionsStyles);
    return new TileActions(this, {
      direction: () => this.localize.direction,
      select: (interaction) => this.#selectTile(interaction),
      ended: (interaction, outcome) => this.#showRefusal(interaction, outcome),
    });
  });
  readonly #requests = new CommandRequests(this);
  readonly #news = new BarNews();
  #open: readonly Interaction[] = [];
  /** The place of each in the bar, from 0. */
  #places: ReadonlyMap<string, number> = new Map();
  #split: Split = { shown: [], hidden: [] };
  #invitations: readonly Interaction[] = [];
  /** Those of which it is still to be said that they have become more urgent. */
  #worse: readonly Interaction[] = [];
  #revealed = '';
  /** Whether the focus is where it is by the pointer. */
  #clicked = false;
  #many: ManyTiles | null = null;

  constructor() {
    super();
    new BarShortcuts(this, (digit) => this.#goTo(digit));
    new FocusHome(this, (lost) => this.#homes(lost));
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const interactions = this.#interactions.value;
    const agent = this.#agent.value?.id ?? null;
    const open = openInteractions(interactions, agent, this.sort);
    this.#open = this.#isInHand() ? inPlace(open, this.#places) : open;
    this.#places = new Map(this.#open.map(({ id }, place) => [id, place]));
    this.#invitations = invitations(interactions, agent);
    this.#worse = [
      ...this.#worse,
      ...this.#news.take({
        open: this.#open,
        unread: this.#unread.value,
        selected: this.#selected.value,
        thresholds: this.#policy.value,
        now: this.#time.now,
        blinkFor: this.blinkDuration * 1000,
      }),
    ];
    // Asked for before anything rings: an invitation should not wait for it.
    void this.#notices.value;
    this.#many = this.#open.length > FEW ? this.#manyTiles.value : null;
    this.#split = this.#splitTiles();
    this.#roving.setKeys(this.#keys(), this.#selected.value);
  }

  /** Whether the agent points at a tile or goes through them by keys: then none moves. */
  #isInHand(): boolean {
    const byKeys = !this.#clicked && this.shadowRoot?.activeElement?.closest('.open');
    return !!byKeys || this.renderRoot.querySelector('.open:hover') !== null;
  }

  #splitTiles(): Split {
    const open = this.#open;
    if (!this.#layout.isStrip) return { shown: open, hidden: this.#many?.outOfSight(open) ?? [] };
    const { current } = this.#roving;
    const holdsFocus = this.#split.shown.some(({ id }) => id === current) && this.shadowRoot?.activeElement;
    const wanted = [mostUrgent(open)?.id, this.#selected.value, holdsFocus ? current : null];
    return splitStrip(open, this.#layout.fitting(open.length), wanted);
  }

  /** What arrow keys go through. */
  #keys(): readonly string[] {
    const { shown, hidden } = this.#split;
    const keys = shown.map(({ id }) => id);
    if (this.#layout.isStrip && this.#many && hidden.length > 0) keys.push(this.#many.key);
    return this.#many?.isOpen ? [...keys, ...hidden.map(({ id }) => id)] : keys;
  }

  protected override render(): TemplateResult {
    const context = this.#context();
    return html`<section
      class="bar ${this.#layout.isStrip ? 'strip' : ''}"
      dir=${this.localize.direction}
      lang=${this.localize.lang}
      aria-label=${this.localize.t('bar.label')}
    >
      ${this.#renderNotices(context)}
      ${this.#agent.value ? this.#renderTiles(context) : this.#renderLoading()}
    </section>`;
  }

  /** All that is to be seen is here. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const complete = await super.getUpdateComplete();
    const loading = this.#notices.loading ?? this.#manyTiles.loading ?? this.#tileActions.loading;
    if (!loading) return complete;
    await loading;
    return this.getUpdateComplete();
  }

  protected override updated(): void {
    const notices = this.#notices.value;
    notices?.say(this.#invitations, this.#worse, this.#context());
    if (notices) this.#worse = [];
    this.#reveal();
  }

  #renderTiles(context: RowContext): TemplateResult {
    if (this.#open.length === 0) return this.#renderEmpty();
    const row = (interaction: Interaction): TemplateResult => this.#renderTile(interaction, context);
    const { shown } = this.#split;
    const kept = [this.#roving.current, this.#selected.value];
    return html`<div
      class="open"
      @keydown=${this.#onKeyDown}
      @pointerdown=${() => (this.#clicked = true)}
      @focusin=${this.#roving.onFocusIn}
      @focusout=${this.#onLeave}
      @pointerleave=${this.#onLeave}
    >
      <ul class="tiles">
        ${this.#many?.renderRows(shown, kept, row) ?? repeat(shown.slice(0, AT_FIRST), ({ id }) => id, row)}
      </ul>
      ${this.#renderMore(row, context)}
    </div>`;
  }

  #renderMore(row: (interaction: Interaction) => TemplateResult, context: RowContext): unknown {
    const { hidden } = this.#split;
    if (hidden.length === 0) return nothing;
    if (!this.#layout.isStrip) return this.#many?.renderOn(hidden, context);
    return this.#many?.renderHidden(hidden, row, context) ?? html`<div class="more"></div>`;
  }

  #renderTile(interaction: Interaction, context: RowContext): TemplateResult {
    const selected = interaction.id === this.#selected.value;
    return renderTile(
      {
        interaction,
        index: this.#places.get(interaction.id) ?? 0,
        count: this.#open.length,
        selected,
        blinking: this.#news.isBlinking(interaction.id, context.now),
        unread: this.#unread.value.get(interaction.id) ?? 0,
        tabIndex: this.#roving.tabIndex(interaction.id),
        onSelect: () => this.#selectTile(interaction),
        actions: this.#tileActions.value?.render(interaction, selected, context),
      },
      context,
    );
  }

  #renderEmpty(): TemplateResult {
    const ready = this.#agent.value?.status === 'ready';
    return html`<p class="empty">
      ${this.localize.t('bar.empty')} ${this.localize.t(ready ? 'bar.empty-ready' : 'bar.empty-not-ready')}
    </p>`;
  }

  #renderLoading(): TemplateResult {
    if (!this.workspace) return html`<p class="empty late">${this.localize.t('common.no-workspace')}</p>`;
    return html`<div class="skeletons" role="img" aria-label=${this.localize.t('common.loading')}>
      <div class="skeleton"></div>
      <div class="skeleton"></div>
    </div>`;
  }

  /** What comes and goes, and moves nothing where it floats. */
  #renderNotices(context: RowContext): TemplateResult | typeof nothing {
    const { refusal } = this;
    if (!refusal && this.#invitations.length === 0) return nothing;
    const notices = {
      refusal,
      isBusy: (id: string) => this.#requests.isPending(id),
      invitations: this.#invitations,
      timeout: this.#policy.value.offerTimeout,
      onAnswer: (interaction: Interaction, answer: Answer) => void this.#answer(interaction, answer),
      onClose: () => (this.refusal = null),
    };
    return this.#notices.value?.render(notices, context) ?? nothing;
  }

  #context(): RowContext {
    return {
      localizer: this.localize.localizer,
      clock: this.workspace?.clock ?? null,
      now: this.#time.now,
      thresholds: this.#policy.value,
    };
  }

  #select(interaction: Interaction): void {
    if (this.workspace) selectInteraction(this, this.workspace, interaction);
  }

  /** The tile of one that was hidden takes its place in the strip, and the focus with it. */
  #selectTile(interaction: Interaction): void {
    this.#select(interaction);
    if (!this.#many?.isOpen) return;
    this.#many.close();
    void this.updateComplete.then(() => this.#roving.focus(interaction.id));
  }

  /** Whether there was an interaction to go to. */
  #goTo(digit: number): boolean {
    const interaction = digit === 0 ? mostUrgent(this.#open) : this.#open[digit - 1];
    if (interaction) this.#select(interaction);
    return !!interaction;
  }

  async #answer(interaction: Interaction, answer: Answer): Promise<void> {
    const { workspace } = this;
    if (!workspace) return;
    const accept = answer === 'accept';
    const event = accept ? new InteractionAcceptEvent(interaction) : new InteractionRejectEvent(interaction);
    const outcome = await this.#requests.run(interaction.id, event, () => {
      this.refusal = null;
      return workspace[answer](interaction.id);
    });
    if (!outcome) return;
    if (accept && outcome.ok) selectInteraction(this, workspace, interaction);
    this.#showRefusal(interaction, outcome);
  }

  #showRefusal({ contact }: Interaction, outcome: CommandOutcome): void {
    if (!outcome.ok) this.refusal = { name: contactLabel(contact), kind: outcome.error.kind };
  }

  /** Brings the tile in front into sight, without scrolling the page. */
  #reveal(): void {
    // The button that says how many more there are takes room when it comes.
    const place = `${this.#selected.value} ${this.#split.hidden.length > 0} ${this.#layout.isStrip} ${!!this.#many}`;
    if (place === this.#revealed) return;
    this.#revealed = place;
    const list = this.renderRoot.querySelector<HTMLElement>('.tiles');
    const tile = list?.querySelector<HTMLElement>('[aria-current]');
    if (list && tile && !this.#layout.isStrip) scrollToShow(list, tile);
  }

  /** From an answered invitation to its tile, else to the next invitation; else to the tile that Tab leads to, or the bar. */
  #homes(lost: Element | null): readonly (HTMLElement | null)[] {
    const find = (home: string): HTMLElement | null => this.renderRoot.querySelector<HTMLElement>(home);
    const answered = lost?.closest<HTMLElement>('[data-invitation]')?.dataset['invitation'];
    const tile = this.#open.find(({ id }) => id === answered);
    const invitation = lost ? find('[data-answer]') : null;
    return [
      tile ? find(`[data-roving="${CSS.escape(tile.id)}"]`) : invitation,
      find('[data-roving][tabindex="0"]'),
      find('.bar'),
    ];
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    this.#clicked = false;
    this.#roving.onKeyDown(event);
  };

  /** The order may have changed meanwhile. */
  readonly #onLeave = ({ relatedTarget }: FocusEvent | PointerEvent): void => {
    if (!this.renderRoot.contains(relatedTarget as Node | null)) this.requestUpdate();
  };

  #nextChange(now: number): number | null {
    return this.#news.nextChange({ open: this.#open, thresholds: this.#policy.value, now });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'interaction-bar': InteractionBar;
  }
}
