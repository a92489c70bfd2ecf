import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { Connected, fromState, fromWorkspace, partOf, StreamController } from '../../context/index.js';
import type { Connection, LateFailure, StorageState } from '../../context/index.js';
import { connectionWords } from '../../i18n/connection-words.js';
import { failuresWords } from '../../i18n/failures-words.js';
import { contactLabel } from '../../model/index.js';
import type { DomainEvent, WorkspaceState } from '../../model/index.js';
import {
  adoptStyles,
  announce,
  ClockController,
  controlStyles,
  FailedSending,
  FocusHome,
  icon,
  LazyPart,
  moreIcon,
  WhatsAppElement,
} from '../base/index.js';
import { styles } from './connection-status.styles.js';
import { LostConversations } from './lost-conversations.js';
import { NO_TROUBLES, troubleSentences, troublesView } from './sending-trouble.js';
import { failedMessages, NONE_FAILED, strandedMessages, strandedView } from './stranded-messages.js';

/** One and the same each time, so that nothing is rendered while nothing fails. */
const NO_FAILURES: readonly LateFailure[] = [];

type Refused = Extract<Connection, { at: 'refused' }>;

const REFUSED = {
  unauthorized: 'connection.unauthorized',
  refused: 'connection.refused',
  invalid: 'connection.invalid',
  unsupported: 'connection.unsupported',
  'too-many': 'connection.too-many',
  offline: 'connection.unreachable',
  timeout: 'connection.unreachable',
} as const satisfies Record<Refused['kind'], string>;

/**
 * The link to the contact centre: nothing while all is well; else what has happened, what becomes of unsent messages, when the next try is, and a
 * button to try at once. Also says when WhatsApp takes no messages of the contact centre, when the browser refuses to store anything or a newer version
 * has taken the storage over, keeps the words of messages that were not sent and whose conversation has left the desk, and tells of those that WhatsApp
 * could not deliver then, with the way back to their conversations. Says why a conversation has left the desk that goes on with another agent.
 *
 * @fires {InteractionSelectEvent} interaction-select - Before the conversation of an undelivered message is put in front; prevent it to veto.
 * @fires {InteractionOpenEvent} interaction-open - Before it is taken back from its workbin, where that has been unfolded; prevent it to veto.
 * @csspart notice - Each of the lines.
 */
export class ConnectionStatus extends Connected(WhatsAppElement) {
  static override styles = [WhatsAppElement.styles, controlStyles, styles];

  static override readonly words = [connectionWords, failuresWords];

  /** Whether the link was lost, or never came up at the first try: from then until it is back. */
  @state() private lost = false;

  readonly #connection = fromWorkspace<Connection | null>(this, ({ connection$ }) => connection$, null);
  readonly #asOf = fromState(this, ({ asOf }) => asOf, null);
  readonly #storage = fromWorkspace<StorageState>(this, ({ storage$ }) => storage$, 'opening');
  readonly #unsent = partOf(
    this,
    ({ outbox$ }) => outbox$,
    (items) => items.filter(({ step }) => step.at !== 'failed' && step.at !== 'accepted').length,
    0,
  );

  /** Whether the contact centre cannot take messages now. */
  readonly #busy = partOf(
    this,
    ({ outbox$ }) => outbox$,
    (items) => items.some(({ step }) => step.at === 'busy'),
    false,
  );

  readonly #failed = partOf(this, ({ outbox$ }) => outbox$, failedMessages, NONE_FAILED);
  readonly #late = fromWorkspace<readonly LateFailure[]>(this, ({ failures$ }) => failures$, NO_FAILURES);
  /** Only looked at while there are failed messages: it changes with everything that happens. */
  readonly #state = new StreamController<WorkspaceState | null>(
    this,
    () => (this.#failed.value.length + this.#late.value.length > 0 ? this.workspace?.state$ : null),
    null,
  );

  readonly #time = new ClockController(
    this,
    (now) => this.#nextChange(now),
    () => this.workspace?.clock,
  );

  /** What is said of it may be old while the link is down, and stays until the link is back. */
  readonly #troubles = fromState(this, ({ troubles }) => troubles, NO_TROUBLES);

  readonly #agent = fromState(this, ({ agent }) => agent?.id ?? null, null);
  readonly #merged = fromWorkspace<DomainEvent<'interaction-merged'> | null>(
    this,
    ({ merged$ }) => merged$,
    null,
  );

  readonly #lost = new LostConversations();
  readonly #failedSending = new FailedSending();
  #announcedStorage: StorageState | null = null;
  #announcedStranded = 0;
  #announcedTroubles = '';
  /** Seldom needed, so loaded with the first message that was not delivered. */
  readonly #panel = new LazyPart(this, async () => {
    const { LateFailuresPanel, lateFailuresStyles } = await import('./late-failures-panel.js');
    adoptStyles(this, lateFailuresStyles);
    return new LateFailuresPanel(this);
  });
  #announced: Connection['at'] | null = null;
  /** The undelivered messages that have been announced, or were there before anybody listened; null before. */
  #told: ReadonlySet<string> | null = null;

  constructor() {
    super();
    new FocusHome(this, () => this.renderRoot.querySelectorAll<HTMLElement>('button, summary'));
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const at = this.#connection.value?.at;
    if (at === 'waiting') this.lost = true;
    if (at === 'online' || at === undefined) this.lost = false;
    const lost = this.#lost.add(this.#merged.value, this.#agent.value, this.localize.localizer);
    if (lost !== null) this.#say(lost);
  }

  protected override render(): TemplateResult {
    return html`<div class="notices" dir=${this.localize.direction} lang=${this.localize.lang}>
      ${this.#renderConnection(this.#connection.value)}
      ${troublesView(this.#troubles.value, this.localize.localizer)} ${this.#renderBusy()}
      ${this.#renderStorage()} ${this.#renderStranded()} ${this.#renderLate()}
      ${this.#lost.render(this.localize.localizer, () => this.requestUpdate())}
    </div>`;
  }

  /** All that is to be seen is here. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const complete = await super.getUpdateComplete();
    const { loading } = this.#panel;
    if (!loading) return complete;
    await loading;
    return this.getUpdateComplete();
  }

  protected override updated(): void {
    this.#announceConnection();
    this.#announceTroubles();
    this.#announceLate();
    this.#announceStorage();
    this.#announceFailed();
  }

  #announceStorage(): void {
    const state = this.#storage.value;
    if (state === this.#announcedStorage) return;
    this.#announcedStorage = state;
    if (state === 'memory' || state === 'outdated') this.#say(this.localize.t(`connection.${state}`));
  }

  #announceFailed(): void {
    const state = this.#state.value;
    const failed = this.#failed.value;
    if (!this.workspace || (failed.length > 0 && !state?.cursor)) return;
    this.#failedSending.announce(
      failed,
      ({ interaction }) => {
        const contact = state?.interactions.get(interaction)?.contact;
        return contact ? contactLabel(contact) : null;
      },
      this.localize.localizer,
    );
    const count = state ? strandedMessages(failed, state).length : 0;
    if (count > this.#announcedStranded) this.#say(this.localize.t('connection.stranded', { count }));
    this.#announcedStranded = count;
  }

  #announceTroubles(): void {
    const sentences = troubleSentences(this.#troubles.value, this.localize.localizer).join(' ');
    const before = this.#announcedTroubles;
    this.#announcedTroubles = sentences;
    if (sentences === before) return;
    this.#say(sentences === '' ? this.localize.t('connection.sends-again') : sentences);
  }

  #announceConnection(): void {
    const at = this.#connection.value?.at ?? null;
    const before = this.#announced;
    if (at === before || (at === 'connecting' && before !== null)) return;
    this.#announced = at;
    // Coming up for the first time, and trying again, go without saying.
    if (at === 'waiting') this.#say(this.#offline());
    if (at === 'refused') this.#say(this.#refusal(this.#connection.value as Refused));
    if (at === 'online' && (before === 'waiting' || before === 'refused')) {
      this.#say(this.localize.t('connection.back'));
    }
  }

  #renderConnection(connection: Connection | null): TemplateResult | typeof nothing {
    switch (connection?.at) {
      case undefined:
      case 'online':
        return nothing;
      case 'connecting':
        return this.#renderConnecting();
      case 'waiting':
        return this.#renderWaiting(connection.retryAt);
      case 'refused':
        return this.#renderRefused(connection);
    }
  }

  #renderConnecting(): TemplateResult {
    const connecting = this.localize.t('connection.connecting');
    return html`<div class="notice connecting ${this.lost ? '' : 'first'}" part="notice">
      ${moreIcon('offline')}
      <div class="words">
        ${this.lost ? html`<p>${this.#offline()}</p>` : nothing}
        <p class="next">${connecting}</p>
      </div>
    </div>`;
  }

  #renderWaiting(retryAt: number): TemplateResult {
    const time = this.localize.duration(Math.ceil((retryAt - this.#time.now) / 1000) * 1000);
    return html`<div class="notice" part="notice">
      ${moreIcon('offline')}
      <div class="words">
        <p>${this.#offline()}</p>
        <p class="next">${this.localize.t('connection.retry-in', { time })}</p>
      </div>
      ${this.#renderRetry()}
    </div>`;
  }

  #renderRefused(connection: Refused): TemplateResult {
    return html`<div class="notice refused" part="notice">
      ${icon('alert-circle')}
      <div class="words"><p>${this.#refusal(connection)}</p></div>
      ${this.#renderRetry()}
      <details class="small">
        <summary>${this.localize.t('failures.details')}</summary>
        <p dir="auto">${connection.sentence}</p>
      </details>
    </div>`;
  }

  #renderRetry(): TemplateResult {
    return html`<button class="button" type="button" @click=${() => this.workspace?.retryNow()}>
      ${this.localize.t('common.try-again')}
    </button>`;
  }

  #renderBusy(): TemplateResult | typeof nothing {
    const count = this.#unsent.value;
    if (!this.#busy.value || this.#connection.value?.at !== 'online') return nothing;
    return html`<div class="notice" part="notice">
      ${moreIcon('clock')}
      <div class="words">
        <p>
          ${this.localize.t('connection.busy')} ${this.localize.t('connection.waiting-messages', { count })}
        </p>
      </div>
    </div>`;
  }

  #renderStorage(): TemplateResult | typeof nothing {
    const state = this.#storage.value;
    if (state !== 'memory' && state !== 'outdated') return nothing;
    return html`<div class="notice memory" part="notice">
      ${moreIcon('alert-triangle')}
      <div class="words"><p>${this.localize.t(`connection.${state}`)}</p></div>
    </div>`;
  }

  #renderStranded(): TemplateResult | typeof nothing {
    const state = this.#state.value;
    if (!state) return nothing;
    return strandedView(strandedMessages(this.#failed.value, state), this.localize.localizer, (clientId) =>
      this.workspace?.discard(clientId),
    );
  }

  #renderLate(): TemplateResult | typeof nothing {
    const state = this.#state.value;
    const failures = this.#late.value;
    if (!state || failures.length === 0) return nothing;
    return this.#panel.value?.render(failures, state, this.localize.localizer) ?? nothing;
  }

  #announceLate(): void {
    const { workspace } = this;
    if (!workspace) return;
    const told = this.#told;
    const failures = this.#late.value;
    if (told?.size === failures.length && failures.every(({ message }) => told.has(message))) return;
    this.#told = new Set(failures.map(({ message }) => message));
    for (const { message, contact, inDoubt } of told ? failures : []) {
      if (told?.has(message)) continue;
      const words = inDoubt ? 'failures.announce-doubt' : 'failures.announce';
      this.#say(this.localize.t(words, { name: contactLabel(contact) }), message);
    }
  }

  #offline(): string {
    const count = this.#unsent.value;
    const asOf = this.#asOf.value;
    const offline =
      asOf === null
        ? this.localize.t('connection.offline')
        : this.localize.t('connection.as-of', { time: this.localize.moment(asOf, this.#time.now) });
    return count > 0 ? `${offline} ${this.localize.t('connection.waiting-messages', { count })}` : offline;
  }

  #refusal(connection: Refused): string {
    const sentence = this.localize.t(REFUSED[connection.kind]);
    return this.#unsent.value > 0 ? `${sentence} ${this.localize.t('connection.kept')}` : sentence;
  }

  #say(text: string, event = ''): void {
    announce(text, this.localize, event);
  }

  #nextChange(now: number): number | null {
    const connection = this.#connection.value;
    if (connection?.at !== 'waiting' || connection.retryAt <= now) return null;
    return now + ((connection.retryAt - now) % 1000 || 1000);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'connection-status': ConnectionStatus;
  }
}
