import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import {
  Connected,
  fromState,
  fromWorkspace,
  StreamController,
  WorkspaceInside,
} from '../../context/index.js';
import { conversationWords } from '../../i18n/conversation-words.js';
import { notificationWords } from '../../i18n/notification-words.js';
import {
  EMPTY_DRAFT,
  EMPTY_STATE,
  fillPlaceholders,
  isOnDesk,
  takesNotifications,
  TEMPLATE_LIMITS,
  templateContent,
  textLength,
} from '../../model/index.js';
import type { Draft, DraftNotification, Interaction, TemplateParameter } from '../../model/index.js';
import { writtenValues } from '../../model/notification-values.js';
import {
  announce,
  asText,
  coerce,
  controlStyles,
  FocusHome,
  iconOf,
  WhatsAppElement,
} from '../base/index.js';
import { formattedText, formatting, links } from '../whatsapp-message/formatted-text.js';
import { LoadsOnDemand } from '../whatsapp-message/on-demand.js';
import { ICON_PATHS } from './icon-paths.js';
import { NotificationCloseEvent } from './notification-editor.events.js';
import type { NotificationEnd } from './notification-editor.events.js';
import { notificationEditorStyles } from './notification-editor.styles.js';
import { notificationPreview } from './notification-preview.js';
import { firstWrongField, obstacleOf } from './obstacle.js';
import { parameterTable } from './parameter-table.js';
import { placeFields } from './place-fields.js';
import { sendNotification } from './send-notification.js';
import { loadingNote, TemplateList } from './template-list.js';
import { kindLine } from './template-row.js';

/** From this part of a limit on the characters are counted out. */
const COUNT_FROM = 0.8;

/**
 * Fills in the notification of a conversation's draft, with the message as the contact will see it above, and sends it. Where the draft has none, one is chosen
 * from the templates of the business account. What is typed is kept in the draft with each letter; Escape leaves it there.
 *
 * @summary Chooses, fills in and sends a notification.
 * @fires {MessageSendEvent} message-send - Before the notification is sent; prevent it to veto.
 * @fires {NotificationCloseEvent} notification-close - The notification was sent or dropped, or stays in the draft.
 * @cssprop [--whatsapp-max-block-size=100dvh] - How high it becomes where what it is in has no height of its own.
 * @csspart search - The search field.
 * @csspart row - Each template.
 * @csspart preview - The message as the contact will see it.
 * @csspart value - The field of each parameter.
 * @csspart send-button - Sends it.
 */
export class NotificationEditor extends Connected(WhatsAppElement) {
  static override styles = [WhatsAppElement.styles, controlStyles, notificationEditorStyles];

  static override readonly words = [notificationWords, conversationWords];

  /** The id of the interaction whose draft it is; null for the one in front. */
  @coerce(asText(null))
  @property()
  interaction: string | null = null;

  /** The agent wanted to send it: all that is wrong is said. */
  @state() private tried = false;
  /** The fields that the agent has left, by their ids. */
  @state() private visited: ReadonlySet<string> = new Set();

  readonly #features = fromState(this, ({ features }) => features, EMPTY_STATE.features);
  readonly #agent = fromState(this, ({ agent }) => agent, null);
  readonly #selected = fromWorkspace<string | null>(this, ({ selected$ }) => selected$, null);
  readonly #interaction = new StreamController<Interaction | null>(
    this,
    () => (this.#id === null ? null : this.workspace?.interaction$(this.#id)),
    null,
    () => [this.workspace, this.#id],
  );
  readonly #draft = new StreamController<Draft>(
    this,
    () => (this.#id === null ? null : this.workspace?.draft$(this.#id)),
    EMPTY_DRAFT,
    () => [this.workspace, this.#id],
  );
  readonly #list = new TemplateList(this, {
    words: () => this.localize.localizer,
    choose: (template, notifications) => {
      if (this.#id !== null) notifications.choose(this.#id, template);
    },
  });
  /** Of which notification the agent has seen what is wrong. */
  #judged: string | null = null;
  #isSending = false;
  #focusNext: string | null = null;

  constructor() {
    super();
    new WorkspaceInside(this);
    new LoadsOnDemand(this, [formatting, links]);
    new FocusHome(this, () => [
      this.renderRoot.querySelector<HTMLElement>('.field'),
      this.renderRoot.querySelector<HTMLElement>('.send'),
      this.renderRoot.querySelector<HTMLElement>('.cancel'),
    ]);
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const notification = this.#notification;
    const of = notification && `${this.#id} ${notification.title} ${notification.template.name}`;
    if (of !== this.#judged) {
      this.#judged = of;
      this.tried = false;
      this.visited = new Set();
    }
    const { workspace } = this;
    const id = this.#id;
    this.#list.use(
      workspace && id !== null && !notification && this.#obstacle === null
        ? { workspace, interaction: id }
        : null,
    );
  }

  protected override updated(): void {
    const field = this.#focusNext;
    this.#focusNext = null;
    if (field !== null) this.#focusField(field);
  }

  /** Puts the focus into the search field; where a notification is filled in, into the first field that is to be mended, else the first one. */
  override focus(options?: FocusOptions): void {
    const notification = this.#notification;
    const wrong = notification && firstWrongField(notification);
    const field =
      (wrong && this.renderRoot?.querySelector<HTMLElement>(`#${CSS.escape(wrong)}`)) ||
      this.renderRoot?.querySelector<HTMLElement>('.field, .send');
    field?.focus(options);
  }

  /** Says all that is wrong at its fields, and puts the focus into the first of them. */
  judge(): void {
    this.tried = true;
    const notification = this.#notification;
    this.#focusNext = notification && firstWrongField(notification);
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    return html`<section
      class="notification"
      dir=${this.localize.direction}
      lang=${this.localize.lang}
      aria-label=${this.localize.t('notification.label')}
      @keydown=${this.#onKeyDown}
    >
      ${this.#renderContent()}
    </section>`;
  }

  #renderContent(): TemplateResult {
    if (!this.workspace) return html`<p class="empty late">${this.localize.t('common.no-workspace')}</p>`;
    if (!this.#agent.value) return loadingNote(this.localize.localizer);
    const obstacle = this.#obstacle;
    if (obstacle !== null) return html`<p class="empty">${this.localize.t(`notification.${obstacle}`)}</p>`;
    const notification = this.#notification;
    if (notification) return this.#renderEditor(notification);
    return html`${this.#list.render()}
      <div class="buttons">${this.#renderCancel()}</div>`;
  }

  #renderEditor(notification: DraftNotification): TemplateResult {
    const words = this.localize.localizer;
    const { template, title } = notification;
    const obstacle = obstacleOf(notification, words);
    return html`<div class="scroll">
        <div class="preview">
          ${notificationPreview(notification, words)} ${this.#renderLengths(notification)}
        </div>
        <div class="fields" @focusout=${this.#onLeave}>
          <div class="title">
            ${iconOf(ICON_PATHS.notification, 16)}<bdi class="strong">${title}</bdi>
            <span class="small muted">${this.#kind(notification)}</span>
          </div>
          ${this.#renderBody(notification)}
          ${
            template.header?.kind === 'location' && notification.header === null
              ? placeFields(notification.place, {
                  words,
                  isJudged: this.#isJudged,
                  change: (place) => this.#change({ ...notification, place }),
                })
              : nothing
          }
          ${parameterTable(notification, {
            words,
            isJudged: this.#isJudged,
            change: (parameter, value) => this.#change(withValue(notification, parameter, value)),
          })}
        </div>
      </div>
      ${obstacle === null ? nothing : html`<p class="obstacle small" id="obstacle" dir="auto">${obstacle}</p>`}
      <div class="buttons">${this.#renderCancel()} ${this.#renderSend(obstacle !== null)}</div>`;
  }

  /** Which template it is, in a line. */
  #kind({ template, title }: DraftNotification): TemplateResult {
    const kind = kindLine(template, this.localize.localizer);
    return title === template.name ? html`${kind}` : html`<bdi>${template.name}</bdi> · ${kind}`;
  }

  /** The text with the numbers of its parameters: where a value goes to can no longer be seen above, once it is filled in. */
  #renderBody({ template }: DraftNotification): TemplateResult | typeof nothing {
    if (template.body === '') return nothing;
    const text = fillPlaceholders(template.body, {});
    return html`<details>
      <summary class="small muted">${this.localize.t('notification.body')}</summary>
      <div class="small source">
        ${formattedText(text, this.localize.localizer, { shown: nothing, room: nothing })}
      </div>
    </details>`;
  }

  /** How long header and body are, where that is near what WhatsApp takes. */
  #renderLengths(notification: DraftNotification): TemplateResult | typeof nothing {
    const { template } = notification;
    const { header, body } = templateContent(template, writtenValues(notification));
    const lengths = [
      { used: textLength(header ?? ''), limit: TEMPLATE_LIMITS.header },
      { used: textLength(body), limit: TEMPLATE_LIMITS.body },
    ].filter(({ used, limit }) => used >= limit * COUNT_FROM);
    if (lengths.length === 0) return nothing;
    return html`${lengths.map(
      ({ used, limit }) =>
        html`<p class="count small numbers ${used > limit ? 'fault' : 'muted'}">
          ${this.localize.t('notification.length', { used, limit })}
        </p>`,
    )}`;
  }

  #renderCancel(): TemplateResult {
    return html`<button class="button cancel" type="button" @click=${this.#onCancel}>
      ${this.localize.t('notification.cancel')}
    </button>`;
  }

  #renderSend(blocked: boolean): TemplateResult {
    return html`<button
      class="button primary send"
      part="send-button"
      type="button"
      aria-disabled=${String(blocked)}
      aria-describedby=${blocked ? 'obstacle' : nothing}
      @click=${() => void this.#send()}
    >
      ${this.localize.t('notification.send')}
    </button>`;
  }

  get #id(): string | null {
    return this.interaction ?? this.#selected.value;
  }

  get #notification(): DraftNotification | null {
    return this.#draft.value.notification;
  }

  /** Why there is nothing to choose and nothing to send; null when there is. */
  get #obstacle(): 'unsupported' | 'no-conversation' | 'elsewhere' | null {
    if (!takesNotifications(this.#features.value)) return 'unsupported';
    if (this.#id === null) return 'no-conversation';
    const interaction = this.#interaction.value;
    return interaction && isOnDesk(interaction, this.#agent.value?.id ?? '') ? null : 'elsewhere';
  }

  readonly #isJudged = (field: string): boolean => this.tried || this.visited.has(field);

  #change(notification: DraftNotification | null): void {
    const id = this.#id;
    if (id !== null) this.workspace?.saveDraft(id, { ...this.#draft.value, notification });
  }

  #close(end: NotificationEnd): void {
    this.dispatchEvent(new NotificationCloseEvent(end));
  }

  async #send(): Promise<void> {
    const { workspace } = this;
    const notification = this.#notification;
    const interaction = this.#interaction.value;
    if (!workspace || !notification || !interaction || this.#isSending) return;
    const obstacle = obstacleOf(notification, this.localize.localizer);
    if (obstacle !== null) {
      announce(obstacle, this.localize);
      return this.judge();
    }
    this.#isSending = true;
    const isSent = await sendNotification(this, workspace, interaction, notification);
    this.#isSending = false;
    if (isSent) this.#close('sent');
  }

  #focusField(id: string): void {
    const field = this.renderRoot.querySelector<HTMLElement>(`#${CSS.escape(id)}`);
    field?.focus();
    field?.scrollIntoView({ block: 'center', behavior: 'instant' });
  }

  readonly #onCancel = (): void => {
    if (this.#notification) {
      this.#change(null);
      announce(this.localize.t('notification.cancelled'), this.localize);
    }
    this.#close('cancelled');
  };

  readonly #onLeave = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement) this.visited = new Set([...this.visited, target.id]);
  };

  /** Enter goes on to the next field, and sends nothing; Escape leaves all as it is. */
  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      this.#close('left');
    } else if (event.key === 'Enter' && this.#notification && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      const fields = [...this.renderRoot.querySelectorAll<HTMLInputElement>('.fields .field')];
      fields[fields.indexOf(event.target) + 1]?.focus();
    }
  };
}

function withValue(
  notification: DraftNotification,
  { part, key }: TemplateParameter,
  value: string,
): DraftNotification {
  const { values } = notification;
  return { ...notification, values: { ...values, [part]: { ...values[part], [key]: value } } };
}

declare global {
  interface HTMLElementTagNameMap {
    'notification-editor': NotificationEditor;
  }
}
