import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Connected, fromState, fromWorkspace, StreamController } from '../../context/index.js';
import { panelWords } from '../../i18n/panel-words.js';
import { DEFAULT_SETTINGS, EMPTY_DRAFT, EMPTY_STATE } from '../../model/index.js';
import type { Draft, Interaction } from '../../model/index.js';
import {
  announce,
  asObject,
  asOneOf,
  ClockController,
  coerce,
  controlStyles,
  FocusHome,
  icon,
  iconOf,
  Tabs,
  tabStyles,
  WhatsAppElement,
} from '../base/index.js';
import type { Tab } from '../base/index.js';
import { copyText } from '../base/copy-text.js';
import { isNeeded } from '../base/later-parts.js';
import { NotificationCloseEvent } from '../notification-editor/notification-editor.events.js';
import type { NotificationEditor } from '../notification-editor/notification-editor.js';
import type { WritingPlace } from '../response-picker/writing-place.js';
import { caseFacts, contactFacts } from './facts.js';
import { ICON_PATHS } from './icon-paths.js';
import { PANEL_TABS } from './panel-tab.js';
import type { PanelLayout, PanelTab } from './panel-tab.js';
import { PanelChangeEvent } from './side-panel.events.js';
import { styles } from './side-panel.styles.js';

const MARKS: { readonly [T in PanelTab]: () => TemplateResult } = {
  responses: () => iconOf(ICON_PATHS.responses),
  case: () => iconOf(ICON_PATHS.case),
  contact: () => iconOf(ICON_PATHS.contact),
  notification: () => iconOf(ICON_PATHS.notification),
};

/**
 * What belongs to a conversation, by tabs: prepared responses, where the contact centre has them, the case, the contact, and, while one is chosen or filled in, a
 * notification. The tab in front, and whether the panel is folded where it is docked, are the agent's
 * choice and kept; what lies over the messages is open until it is closed, or another conversation is gone to.
 *
 * @fires {PanelChangeEvent} panel-change - The panel has been opened or closed.
 * @fires {NotificationCloseEvent} notification-close - A notification was sent or dropped, or stays in the draft.
 */
export class SidePanel extends Connected(WhatsAppElement) {
  static override styles = [WhatsAppElement.styles, controlStyles, tabStyles, styles];

  static override readonly words = [panelWords];

  /** What it is about. */
  @coerce(asObject('an interaction', { id: 'string', contact: 'object', session: 'object' }))
  @property({ attribute: false })
  interaction: Interaction | null = null;

  /**
   * `docked` beside the conversation, folded to a strip of tabs while it is not open; `overlay`: a strip of tabs that opens it over the end of the messages;
   * `sheet`: over all of them, nothing while it is not open.
   */
  @coerce(asOneOf(['docked', 'overlay', 'sheet'], 'docked'))
  @property({ reflect: true })
  layout: PanelLayout = 'docked';

  /** Where the agent writes; null: responses come to the end of the draft. */
  @coerce(asObject('where the agent writes', { range: 'function', inserted: 'function' }))
  @property({ attribute: false })
  place: WritingPlace | null = null;

  /** Whether it lies over the messages. */
  @state() private layer = false;

  /** Whether a notification is chosen or filled in, in front of what the agent has chosen else. */
  @state() private notifying = false;

  /** What was copied last, and whether it could be. */
  @state() private copied: { readonly text: string; readonly done: boolean } | null = null;

  readonly #tabs = new Tabs<PanelTab>(this, 'panel', () => this.localize.direction);

  readonly #settings = fromWorkspace(this, ({ settings$ }) => settings$, DEFAULT_SETTINGS);
  readonly #features = fromState(this, ({ features }) => features, EMPTY_STATE.features);
  readonly #draft = new StreamController<Draft>(
    this,
    () => (this.interaction ? this.workspace?.draft$(this.interaction.id) : null),
    EMPTY_DRAFT,
    () => [this.workspace, this.interaction?.id],
  );
  readonly #time = new ClockController(
    this,
    (now) => {
      const closesAt = this.interaction?.windowClosesAt ?? 0;
      // Days are called by names that end with them.
      const midnight = new Date(now).setHours(24, 0, 0, 0);
      return closesAt > now ? Math.min(closesAt, midnight) : midnight;
    },
    () => this.workspace?.clock,
  );
  #opener: HTMLElement | null = null;
  #takesFocus = false;
  #wasOpen = false;
  #wasEdited = false;

  constructor() {
    super();
    new FocusHome(this, () =>
      this.renderRoot.querySelectorAll<HTMLElement>(
        'response-picker, notification-editor, .body, .tab[tabindex="0"]',
      ),
    );
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('interaction') && changed.get('interaction')?.id !== this.interaction?.id) {
      this.copied = null;
      this.layer = false;
      this.notifying = false;
      this.#wasEdited = false;
    }
    const isEdited = this.#draft.value.notification !== null;
    // Sent or dropped, here or elsewhere.
    if (this.#wasEdited && !isEdited && this.notifying) this.#endNotification();
    this.#wasEdited = isEdited;
    if (this.layout === 'docked') this.layer = false;
  }

  protected override updated(): void {
    const { open } = this;
    if (open !== this.#wasOpen) {
      this.#wasOpen = open;
      this.toggleAttribute('open', open);
      this.dispatchEvent(new PanelChangeEvent(open));
    }
    // Folding and unfolding puts other tabs in the place of these.
    if (this.#takesFocus) this.#tabs.focus(this.#tab);
    this.#takesFocus = false;
  }

  /** Whether more of it is to be seen than its tabs. */
  get open(): boolean {
    return this.layout === 'docked' ? !this.#settings.value.panelFolded : this.layer;
  }

  /** Opens it at a tab, by default at the one that was in front last, and takes the focus there. Closed, it goes back to where it is now. */
  show(tab: PanelTab = this.#tab): void {
    const { activeElement } = this.getRootNode() as Document | ShadowRoot;
    this.#opener = activeElement instanceof HTMLElement ? activeElement : null;
    this.#takesFocus = true;
    this.#choose(tab, true);
    // It may be open already.
    this.requestUpdate();
    if (tab === 'responses') void this.#focusSearch();
    if (tab === 'notification') void this.#focusEditor();
  }

  /** The editor of the notification, once it is there and in front. */
  async editor(): Promise<NotificationEditor | null> {
    await customElements.whenDefined('notification-editor');
    await this.updateComplete;
    const editor = this.renderRoot.querySelector('notification-editor');
    await editor?.updateComplete;
    return editor;
  }

  /** Closes it where it lies over the messages, else opens it. */
  toggle(): void {
    if (!this.close()) this.show();
  }

  /** Closes it where it lies over the messages. Returns whether it did. */
  close(): boolean {
    if (!this.layer) return false;
    const hadFocus = this.#hasFocus;
    const opener = this.#opener;
    this.layer = false;
    this.#opener = null;
    if (hadFocus && opener?.isConnected) opener.focus();
    // The strip's tab that opened it.
    else this.#takesFocus = hadFocus;
    return true;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { interaction, layout, open } = this;
    if (!interaction) return nothing;
    const hasStrip = layout === 'overlay' || (layout === 'docked' && !open);
    return html`<div
      class="side"
      role="group"
      dir=${this.localize.direction}
      lang=${this.localize.lang}
      aria-label=${this.localize.t('panel.label')}
    >
      ${hasStrip ? html`<div class="strip">${this.#renderTabs(true)}</div>` : nothing}
      ${open ? this.#renderPanel(interaction) : nothing}
    </div>`;
  }

  #renderTabs(upright: boolean): TemplateResult {
    return this.#tabs.render({
      label: this.localize.t('panel.label'),
      tabs: this.#offered.map((key): Tab<PanelTab> => ({
        key,
        text: this.localize.t(`panel.${key}`),
        mark: MARKS[key](),
      })),
      selected: this.open ? this.#tab : null,
      upright,
      // What is open over the messages is closed by the tab that opened it.
      choose: (tab) => this.#choose(tab, !(upright && this.open && tab === this.#tab)),
    });
  }

  #renderPanel(interaction: Interaction): TemplateResult {
    const { layout } = this;
    const tab = this.#tab;
    const look = layout === 'docked' ? '' : layout === 'overlay' ? 'layer end' : 'layer';
    return html`<div class="panel ${look}">
      <div class="head">
        ${
          layout === 'overlay'
            ? html`<span class="title">${this.localize.t(`panel.${tab}`)}</span>`
            : this.#renderTabs(false)
        }
        ${this.#renderClose()}
      </div>
      ${this.#renderBody(tab, interaction)}
    </div>`;
  }

  #renderBody(tab: PanelTab, interaction: Interaction): TemplateResult {
    const isWhole = tab === 'responses' || tab === 'notification';
    return html`<div
      class=${isWhole ? 'body whole' : 'body'}
      role="tabpanel"
      id=${this.#tabs.panelId}
      tabindex=${isWhole ? nothing : 0}
      aria-labelledby=${this.#tabs.tabId(tab)}
    >
      ${
        tab === 'responses'
          ? this.#renderResponses(interaction)
          : tab === 'notification'
            ? this.#renderNotification(interaction)
            : this.#renderFacts(interaction)
      }
    </div>`;
  }

  #renderNotification({ id }: Interaction): TemplateResult {
    isNeeded('notification');
    return html`<notification-editor
      .workspace=${this.workspace}
      .interaction=${id}
      @notification-close=${this.#onNotificationClose}
    ></notification-editor>`;
  }

  #renderResponses({ id }: Interaction): TemplateResult {
    isNeeded('responses');
    return html`<response-picker
      .workspace=${this.workspace}
      .interaction=${id}
      .place=${this.place}
    ></response-picker>`;
  }

  #renderClose(): TemplateResult {
    const isDocked = this.layout === 'docked';
    const name = this.localize.t(isDocked ? 'panel.fold' : 'panel.close');
    return html`<button
      class="icon-button fold"
      type="button"
      aria-label=${name}
      title=${name}
      @click=${() => this.#choose(this.#tab, false)}
    >
      ${isDocked ? iconOf(ICON_PATHS['panel-close']) : icon('close')}
    </button>`;
  }

  #renderFacts(interaction: Interaction): TemplateResult {
    const words = this.localize.localizer;
    const context = {
      words,
      clock: this.workspace?.clock ?? null,
      now: this.#time.now,
      copyButton: this.#renderCopy,
    };
    return this.#tab === 'case'
      ? caseFacts(interaction, context)
      : contactFacts(interaction.contact, context);
  }

  readonly #renderCopy = (text: string, what: string, value: unknown): TemplateResult => {
    const name = this.localize.t('panel.copy', { what });
    const isCopied = this.copied?.text === text && this.copied.done;
    const failed = this.copied?.text === text && !this.copied.done;
    return html`<dd class="copied">
        <span>${value}</span>
        <button
          class="icon-button"
          type="button"
          aria-label=${name}
          title=${name}
          @click=${() => void this.#copy(text, what)}
        >
          ${isCopied ? icon('check', 16) : iconOf(ICON_PATHS.copy, 16)}
        </button>
      </dd>
      ${failed ? html`<dd class="small">${this.localize.t('panel.copy-failed')}</dd>` : nothing}`;
  };

  async #copy(text: string, what: string): Promise<void> {
    const { localizer } = this.localize;
    const done = await copyText(text);
    this.copied = { text, done };
    const said = done ? localizer.t('panel.copied', { what }) : localizer.t('panel.copy-failed');
    announce(said, this.localize);
  }

  #choose(tab: PanelTab, open: boolean): void {
    // The tab that is gone to when there is no notification any more stays the agent's choice.
    const choice = tab === 'notification' ? {} : { panelTab: tab };
    if (this.layout !== 'docked') {
      if (!open) return void this.close();
      this.layer = true;
      this.notifying = tab === 'notification';
      this.workspace?.changeSettings(choice);
      return;
    }
    this.notifying = tab === 'notification';
    this.#takesFocus ||= this.#hasFocus;
    this.workspace?.changeSettings({ ...choice, panelFolded: !open });
  }

  get #tab(): PanelTab {
    if (this.notifying) return 'notification';
    const { panelTab } = this.#settings.value;
    return this.#offered.find((tab) => tab === panelTab && tab !== 'notification') ?? 'case';
  }

  get #offered(): readonly PanelTab[] {
    const isOffered = {
      responses: this.#features.value.includes('responses'),
      case: true,
      contact: true,
      notification: this.notifying || this.#draft.value.notification !== null,
    };
    return PANEL_TABS.filter((tab) => isOffered[tab]);
  }

  /** Goes back to the tab that was in front before; what lies over the messages is closed. */
  #endNotification(): void {
    this.notifying = false;
    this.close();
  }

  readonly #onNotificationClose = ({ detail }: NotificationCloseEvent): void => {
    // What is left to be gone on with stays in front where it is beside the conversation.
    if (detail.end !== 'left' || !this.#draft.value.notification) this.#endNotification();
    else this.close();
    this.dispatchEvent(new NotificationCloseEvent(detail.end));
  };

  /** The focus may be elsewhere by then. */
  async #focusEditor(): Promise<void> {
    const editor = await this.editor();
    if (this.#hasFocus) editor?.focus();
  }

  /** What finds responses comes when its tab is first opened; the focus may be elsewhere by then. */
  async #focusSearch(): Promise<void> {
    await customElements.whenDefined('response-picker');
    await this.updateComplete;
    const picker = this.renderRoot.querySelector('response-picker');
    await picker?.updateComplete;
    if (this.#hasFocus) picker?.focus();
  }

  get #hasFocus(): boolean {
    return this.shadowRoot?.activeElement != null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'side-panel': SidePanel;
  }
}
