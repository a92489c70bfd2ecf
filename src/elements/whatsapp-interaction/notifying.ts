import { html, nothing } from 'lit';
import type { LitElement, TemplateResult } from 'lit';
import type { Workspace } from '../../context/index.js';
import { notificationWords } from '../../i18n/notification-words.js';
import { serviceWindow, takesNotifications } from '../../model/index.js';
import type { DraftNotification } from '../../model/index.js';
import { adoptStyles, announce, iconOf, LocalizeController } from '../base/index.js';
import { ICON_PATHS } from '../notification-editor/icon-paths.js';
import { obstacleOf } from '../notification-editor/obstacle.js';
import { sendNotification } from '../notification-editor/send-notification.js';
import type { PanelLayout } from '../side-panel/panel-tab.js';
import type { SidePanel } from '../side-panel/side-panel.js';
import type { Conversation } from './conversation.js';
import { notifyingStyles } from './notifying.styles.js';

type Host = LitElement & { readonly workspace: Workspace | null; readonly panel: PanelLayout | null };

/** Notifications in a conversation: the chip above the text, and the way to the editor beside the messages. Loaded beside it, where the contact centre has templates. */
export class Notifying {
  readonly #host: Host;
  readonly #conversation: Conversation;
  readonly #words: LocalizeController;
  #isSending = false;
  #layout: PanelLayout | null = null;

  constructor(host: Host, conversation: Conversation) {
    this.#host = host;
    this.#conversation = conversation;
    this.#words = new LocalizeController(host, [notificationWords]);
    adoptStyles(host, notifyingStyles);
    const root = host.renderRoot;
    root.addEventListener('notification-request', this.#onRequest);
    // A notice does not bubble.
    root.addEventListener('notification-close', () => void this.#onClose(), true);
  }

  /** Where the side panel is while it is needed, and there is none else. */
  get layout(): PanelLayout | null {
    return this.#layout;
  }

  /**
   * For the slots of the composer: the notification of the draft; where there is none and the service window is closed, what leads to one.
   * @param language What the agent has chosen.
   */
  render(language: string | null): TemplateResult | typeof nothing {
    const { draft, interaction, isMine, features } = this.#conversation;
    this.#words.choose(language);
    if (!interaction || !isMine) return nothing;
    const now = this.#host.workspace?.clock.now() ?? Date.now();
    const isClosed = serviceWindow(interaction.windowClosesAt, now) === 'closed';
    if (draft.notification) return this.#renderChip(draft.notification, isClosed ? 'closed' : 'reply');
    if (!isClosed || !takesNotifications(features)) return nothing;
    return html`<button class="button primary choose" slot="closed" type="button" @click=${this.#onRequest}>
      ${this.#words.t('notification.choose')}
    </button>`;
  }

  #renderChip(notification: DraftNotification, slot: string): TemplateResult {
    const { title: name } = notification;
    const words = this.#words;
    const obstacle = obstacleOf(notification, words.localizer);
    const label = words.t('notification.label');
    return html`<div
      class="chip"
      slot=${slot}
      role="group"
      aria-label=${words.t('notification.chip', { name })}
    >
      <button class="icon-button" type="button" aria-label=${label} title=${label} @click=${this.#onRequest}>
        ${iconOf(ICON_PATHS.notification, 18)}
      </button>
      <div class="chip-text">
        <bdi class="chip-name" title=${name}>${name}</bdi>
        ${
          obstacle === null
            ? nothing
            : html`<span class="small muted" id="chip-obstacle" title=${obstacle}>${obstacle}</span>`
        }
      </div>
      <div class="chip-buttons">
        <button class="button quiet" type="button" @click=${this.#onCancel}>
          ${words.t('notification.cancel')}
        </button>
        <button class="button" type="button" @click=${this.#onRequest}>
          ${words.t('notification.edit')}
        </button>
        <button
          class="button primary"
          type="button"
          aria-disabled=${String(obstacle !== null)}
          aria-describedby=${obstacle === null ? nothing : 'chip-obstacle'}
          @click=${() => void this.#send(notification, obstacle)}
        >
          ${words.t('notification.send')}
        </button>
      </div>
    </div>`;
  }

  /** What cannot be sent yet is shown where it can be mended. */
  async #send(notification: DraftNotification, obstacle: string | null): Promise<void> {
    const { workspace } = this.#host;
    const { interaction } = this.#conversation;
    if (obstacle !== null) {
      announce(obstacle, this.#words.localizer);
      return this.#open(true);
    }
    if (!workspace || !interaction || this.#isSending) return;
    this.#isSending = true;
    await sendNotification(this.#host, workspace, interaction, notification);
    this.#isSending = false;
  }

  /** @param judge Says what is wrong at its fields. */
  async #open(judge = false): Promise<void> {
    const host = this.#host;
    if (host.panel === null) {
      this.#layout = 'sheet';
      host.requestUpdate();
      await host.updateComplete;
    }
    await customElements.whenDefined('side-panel');
    const panel = host.renderRoot.querySelector<SidePanel>('side-panel');
    // It has to know where it is.
    await panel?.updateComplete;
    panel?.show('notification');
    if (judge) (await panel?.editor())?.judge();
  }

  readonly #onRequest = (event: Event): void => {
    event.stopPropagation();
    void this.#open();
  };

  readonly #onCancel = (): void => {
    const { id, draft } = this.#conversation;
    if (id === null) return;
    this.#host.workspace?.saveDraft(id, { ...draft, notification: null });
    announce(this.#words.t('notification.cancelled'), this.#words.localizer);
  };

  /** Back to where the agent writes, or to what leads to a notification where nothing else can be sent. */
  readonly #onClose = async (): Promise<void> => {
    const host = this.#host;
    this.#layout = null;
    host.requestUpdate();
    await host.updateComplete;
    await host.renderRoot.querySelector<SidePanel>('side-panel')?.updateComplete;
    const find = (what: string): HTMLElement | null => host.renderRoot.querySelector(what);
    (find('.choose') ?? find('.chip[slot="closed"] .primary') ?? find('whatsapp-composer'))?.focus();
  };
}
