import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { Connected, fromWorkspace, partOf, StreamController } from '../../context/index.js';
import type { Connection, StorageState } from '../../context/index.js';
import { announce, ClockController, controlStyles, icon, WhatsAppElement } from '../base/index.js';
import type { WorkspaceState } from '../../model/index.js';
import { styles } from './connection-status.styles.js';
import { failedMessages, NONE_FAILED, strandedMessages, strandedView } from './stranded-messages.js';

type Refused = Extract<Connection, { at: 'refused' }>;

const REFUSED = {
  unauthorized: 'connection.unauthorized',
  refused: 'connection.refused',
  invalid: 'connection.invalid',
  unsupported: 'connection.unsupported',
  offline: 'connection.unreachable',
  timeout: 'connection.unreachable',
} as const satisfies Record<Refused['kind'], string>;

/**
 * The link to the contact centre: nothing while all is well; else what has happened, what becomes of unsent messages, when the next try is, and a
 * button to try at once. Also says when the browser refuses to store anything, and keeps the words of messages that failed and whose conversation has
 * left the desk.
 *
 * @csspart notice - Each of the lines.
 */
export class ConnectionStatus extends Connected(WhatsAppElement) {
  static override styles = [WhatsAppElement.styles, controlStyles, styles];

  /** Whether the link was lost, or never came up at the first try: from then until it is back. */
  @state() private lost = false;

  readonly #connection = fromWorkspace<Connection | null>(this, ({ connection$ }) => connection$, null);
  readonly #storage = fromWorkspace<StorageState>(this, ({ storage$ }) => storage$, 'opening');
  readonly #unsent = partOf(
    this,
    ({ outbox$ }) => outbox$,
    (items) => items.filter(({ state }) => state !== 'failed').length,
    0,
  );

  readonly #failed = partOf(this, ({ outbox$ }) => outbox$, failedMessages, NONE_FAILED);
  /** Only looked at while there are failed messages: it changes with everything that happens. */
  readonly #state = new StreamController<WorkspaceState | null>(
    this,
    () => (this.#failed.value.length > 0 ? this.workspace?.state$ : null),
    null,
  );

  readonly #time = new ClockController(
    this,
    (now) => this.#nextChange(now),
    () => this.workspace?.clock,
  );

  #announced: Connection['at'] | null = null;

  protected override willUpdate(_changed: PropertyValues): void {
    const at = this.#connection.value?.at;
    if (at === 'waiting') this.lost = true;
    if (at === 'online' || at === undefined) this.lost = false;
  }

  protected override render(): TemplateResult {
    return html`<div class="notices" dir=${this.localize.direction}>
      ${this.#renderConnection(this.#connection.value)} ${this.#renderStorage()} ${this.#renderStranded()}
    </div>`;
  }

  protected override updated(): void {
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
      ${icon('offline')}
      <div class="words">
        ${this.lost ? html`<p>${this.#offline()}</p>` : nothing}
        <p class="next">${connecting}</p>
      </div>
    </div>`;
  }

  #renderWaiting(retryAt: number): TemplateResult {
    const time = this.localize.duration(Math.ceil((retryAt - this.#time.now) / 1000) * 1000);
    return html`<div class="notice" part="notice">
      ${icon('offline')}
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
        <summary>${this.localize.t('common.details')}</summary>
        <p dir="auto">${connection.sentence}</p>
      </details>
    </div>`;
  }

  #renderRetry(): TemplateResult {
    return html`<button class="button" type="button" @click=${() => this.workspace?.retryNow()}>
      ${this.localize.t('common.try-again')}
    </button>`;
  }

  #renderStorage(): TemplateResult | typeof nothing {
    if (this.#storage.value !== 'memory') return nothing;
    return html`<div class="notice memory" part="notice">
      ${icon('alert-triangle')}
      <div class="words"><p>${this.localize.t('connection.memory')}</p></div>
    </div>`;
  }

  #renderStranded(): TemplateResult | typeof nothing {
    const state = this.#state.value;
    if (!state) return nothing;
    return strandedView(strandedMessages(this.#failed.value, state), this.localize.localizer, (clientId) =>
      this.workspace?.discard(clientId),
    );
  }

  #offline(): string {
    const count = this.#unsent.value;
    const offline = this.localize.t('connection.offline');
    return count > 0 ? `${offline} ${this.localize.t('connection.waiting-messages', { count })}` : offline;
  }

  #refusal(connection: Refused): string {
    const sentence = this.localize.t(REFUSED[connection.kind]);
    return this.#unsent.value > 0 ? `${sentence} ${this.localize.t('connection.kept')}` : sentence;
  }

  #say(text: string): void {
    announce(text, { lang: this.localize.locale, dir: this.localize.direction });
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
