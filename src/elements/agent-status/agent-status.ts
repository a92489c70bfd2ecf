import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Connected, fromState, fromWorkspace } from '../../context/index.js';
import type { Connection } from '../../context/index.js';
import type { Agent, AgentStatus as Status, Refusal } from '../../model/index.js';
import {
  adoptStyles,
  coerce,
  AgentStatusSelectEvent,
  asText,
  controlStyles,
  cutStyles,
  FocusHome,
  icon,
  LazyPart,
  Menu,
  Popover,
  popoverStyles,
  refusalText,
  renderCut,
  WhatsAppElement,
} from '../base/index.js';
import type { MenuItem } from '../base/index.js';
import { styles } from './agent-status.styles.js';
import type { SettingsDialog } from './settings-dialog.js';

/** A status that the agent has chosen, shown until the contact centre has answered. */
interface Choice {
  readonly status: Status;
  readonly reason: string | null;
  /** What the agent was when it was chosen: anything else that arrives is the answer. */
  readonly instead: Agent;
}

type Shown = Pick<Agent, 'status' | 'reason'>;

/**
 * Whether the agent takes new interactions: Ready or Not Ready, with a reason where the contact centre has any. A button that says it and opens a
 * menu, which leads to the agent's own settings too. A choice shows at once, and goes back with a sentence under the button if it is refused.
 *
 * @fires {AgentStatusSelectEvent} agent-status-select - Before the status changes; prevent it to veto.
 * @csspart name - The agent's name.
 * @csspart button - Says the status, and opens the menu.
 * @csspart menu - The menu, while it is open.
 * @csspart dialog - The agent's own settings, while they are open.
 */
export class AgentStatus extends Connected(WhatsAppElement) {
  static override styles = [WhatsAppElement.styles, controlStyles, cutStyles, popoverStyles, styles];

  /** Reasons for Not Ready, separated by commas; those of the contact centre where there are none. */
  @coerce(asText(''))
  @property()
  reasons = '';

  @state() private choice: Choice | null = null;

  @state() private refusal: Refusal['kind'] | null = null;

  readonly #agent = fromState(this, ({ agent }) => agent, null);

  readonly #centreReasons = fromState(this, ({ policy }) => policy.notReadyReasons, []);

  readonly #connection = fromWorkspace<Connection | null>(this, ({ connection$ }) => connection$, null);

  readonly #menu = new Menu(this, 'status-menu', () => this.localize.direction);

  readonly #problem = new Popover(this, 'status-problem');

  readonly #settings = new LazyPart(this, async () => {
    const { dialogStyles, SettingsDialog: Settings } = await import('./settings-dialog.js');
    adoptStyles(this, dialogStyles);
    return new Settings(this);
  });
  #dialog: SettingsDialog | null = null;

  constructor() {
    super();
    new FocusHome(this, () => this.renderRoot.querySelectorAll<HTMLElement>('button'));
  }

  protected override willUpdate(_changed: PropertyValues): void {
    if (this.choice && this.#agent.value !== this.choice.instead) this.choice = null;
  }

  protected override render(): TemplateResult {
    const agent = this.#agent.value;
    const shown = this.choice ?? agent;
    const label = shown
      ? this.#name(shown)
      : this.localize.t(this.workspace ? 'status.label' : 'common.no-workspace');
    return html`<div
      class="status"
      dir=${this.localize.direction}
      lang=${this.localize.lang}
      role="group"
      aria-label=${this.localize.t('status.label')}
      aria-busy=${this.choice ? 'true' : 'false'}
      @keydown=${this.#problem.onKeyDown}
    >
      <span class="name cut" part="name" title=${agent?.name ?? nothing}
        >${agent?.name ? renderCut(agent.name) : nothing}</span
      >
      ${this.#menu.render(
        {
          label,
          content: this.#renderShown(shown, label),
          // Without a link, nobody knows what the agent is to the contact centre.
          look: `button switch ${this.#connection.value?.at === 'online' ? '' : 'old'}`,
          part: 'button',
          disabled: !shown,
        },
        shown ? this.#items(shown) : [],
        this.#renderProblem(),
      )}
      ${this.#dialog?.render(this.workspace, this.localize.localizer)}
    </div>`;
  }

  #renderShown(shown: Shown | null, label: string): TemplateResult {
    if (!this.workspace) return html`<span class="late">${label}</span>`;
    if (!shown) return html`<span class="skeleton"></span>`;
    return html`${statusMark(shown.status)}
      <span class="word">${this.#word(shown.status)}</span>
      ${shown.reason === null ? nothing : html`<bdi class="reason truncate">${shown.reason}</bdi>`}
      ${icon('chevron-down', 16)}`;
  }

  #renderProblem(): TemplateResult {
    return html`<div
      id=${this.#problem.id}
      class="popover problem"
      popover="auto"
      @beforetoggle=${this.#problem.onBeforeToggle}
    >
      ${
        this.#problem.isOpen && this.refusal
          ? html`<p role="alert">
              ${icon('alert-circle', 16)} ${refusalText(this.localize.localizer, this.refusal)}
            </p>`
          : nothing
      }
    </div>`;
  }

  #items(shown: Shown): MenuItem[] {
    const reasons = this.#reasons();
    if (shown.reason !== null && !reasons.includes(shown.reason)) reasons.push(shown.reason);
    const item = (status: Status, reason: string | null): MenuItem => ({
      key: reason === null ? status : `reason ${reason}`,
      text: reason ?? this.#word(status),
      mark: reason === null ? statusMark(status) : NO_MARK,
      current: shown.status === status && shown.reason === reason,
      run: () => this.#onChoice(status, reason),
    });
    return [
      item('ready', null),
      item('not-ready', null),
      ...reasons.map((reason) => item('not-ready', reason)),
      {
        key: 'settings',
        text: this.localize.t('status.settings'),
        mark: icon('settings', 16),
        apart: true,
        run: () => void this.#openSettings(),
      },
    ];
  }

  async #openSettings(): Promise<void> {
    this.#dialog = this.#settings.value;
    await this.#settings.loading;
    this.#dialog = this.#settings.value;
    this.#dialog?.open(this.renderRoot.querySelector<HTMLElement>('[part=button]'));
  }

  /** Also of a later version, which is neither of the choices: it is shown as what it is. */
  #word(status: Agent['status']): string {
    return this.localize.localizer.tOr(`status.${status}`, status);
  }

  #name({ status, reason }: Shown): string {
    const word = this.#word(status);
    return reason === null
      ? this.localize.t('status.is', { status: word })
      : this.localize.t('status.is-because', { status: word, reason });
  }

  #reasons(): string[] {
    const own = this.reasons
      .split(',')
      .map((reason) => reason.trim())
      .filter(Boolean);
    return own.length > 0 ? own : [...this.#centreReasons.value];
  }

  #onChoice(status: Status, reason: string | null): void {
    const shown = this.choice ?? this.#agent.value;
    if (shown?.status !== status || shown.reason !== reason) void this.#choose(status, reason);
  }

  async #choose(status: Status, reason: string | null): Promise<void> {
    const { workspace } = this;
    const agent = this.#agent.value;
    if (!workspace || !agent) return;
    if (!this.dispatchEvent(new AgentStatusSelectEvent(status, reason))) return;
    const choice = { status, reason, instead: agent };
    this.choice = choice;
    this.#problem.close();
    const outcome = await workspace.setStatus(status, reason);
    if (outcome.ok || this.choice !== choice) return;
    this.choice = null;
    this.refusal = outcome.error.kind;
    this.#problem.open();
  }
}

const NO_MARK = html`<span class="mark"></span>`;

/** A shape of its own for each, so that colour is not all that tells them apart. */
function statusMark(status: Agent['status']): TemplateResult {
  if (status === 'not-ready') return html`<span class="mark">${icon('pause', 16)}</span>`;
  return html`<span class="mark"><span class="dot ${status === 'ready' ? 'ready' : ''}"></span></span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'agent-status': AgentStatus;
  }
}
