import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { composeWords } from '../../i18n/compose-words.js';
import { takesNotifications } from '../../model/index.js';
import {
  coerce,
  controlStyles,
  FocusHome,
  iconOf,
  Menu,
  popoverStyles,
  WhatsAppElement,
} from '../base/index.js';
import type { MenuItem } from '../base/index.js';
import { Dialog } from '../base/dialog.js';
import { dialogStyles } from '../base/dialog.styles.js';
import { isNeeded } from '../base/later-parts.js';
import { COMPOSED_KINDS } from '../message-editor/forms.js';
import type { ComposedKind, Form } from '../message-editor/forms.js';
import type { FormChangeEvent } from '../message-editor/message-editor.events.js';
import type { MessageEditor } from '../message-editor/message-editor.js';
import { NotificationRequestEvent } from './composer-menu.events.js';
import { ICON_PATHS } from './icon-paths.js';

/** What a contact centre must be able to do for each. */
const FEATURES: { readonly [K in ComposedKind]: string } = {
  location: 'send-location',
  contacts: 'send-contacts',
  buttons: 'send-interactive',
  list: 'send-interactive',
};

/**
 * The button with a plus beside a text box, and what opens from it: the forms of what is sent beside words and files. Offers what the contact centre takes, and is
 * nothing where that is nothing. A form that is left with Escape is there again the next time; *Cancel* empties it.
 *
 * @summary What can be sent beside words and files.
 * @fires {ContentSendEvent} content-send - The agent wants what was composed sent; prevent it to keep it.
 * @fires {NotificationRequestEvent} notification-request - The agent wants to choose a notification.
 * @csspart menu - The menu, while it is open.
 * @csspart dialog - The form, while it is open.
 */
export class ComposerMenu extends WhatsAppElement {
  static override styles = [
    WhatsAppElement.styles,
    controlStyles,
    popoverStyles,
    dialogStyles,
    // What stays in sight stays below the head of the dialog.
    css`
      message-editor {
        --_head-room: 48px;
      }
    `,
  ];

  static override readonly words = [composeWords];

  /** What the contact centre can do, as its welcome says: `send-location`, `send-contacts`, `send-interactive`; `templates` and `send-template`. */
  @coerce((value) => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []))
  @property({ attribute: false })
  features: readonly string[] = [];

  @state() private kind: ComposedKind = 'location';

  readonly #menu = new Menu(this, 'kinds', () => this.localize.direction);
  readonly #dialog = new Dialog(this, 'editor');
  readonly #forms = new Map<ComposedKind, Form>();

  constructor() {
    super();
    new FocusHome(this, () => [this.#button]);
  }

  override render(): TemplateResult | typeof nothing {
    const kinds = COMPOSED_KINDS.filter((kind) => this.features.includes(FEATURES[kind]));
    const items = kinds.map((kind) => this.#item(kind));
    if (takesNotifications(this.features)) items.push(this.#notification());
    if (items.length === 0) return nothing;
    const button = {
      label: this.localize.t('compose.more'),
      content: iconOf(ICON_PATHS.add, 20),
      look: 'icon-button',
    };
    return html`<div
      dir=${this.localize.direction}
      lang=${this.localize.lang}
      @pointerover=${this.#onUse}
      @focusin=${this.#onUse}
    >
      ${this.#menu.render(button, items)} ${this.#renderDialog()}
    </div>`;
  }

  /** It is chosen and filled in elsewhere. */
  #notification(): MenuItem {
    return {
      key: 'notification',
      text: this.localize.t('compose.notification'),
      mark: iconOf(ICON_PATHS.notification, 16),
      run: () => this.dispatchEvent(new NotificationRequestEvent()),
    };
  }

  #item(kind: ComposedKind): MenuItem {
    return {
      key: kind,
      text: this.localize.t(`compose.${kind}`),
      mark: iconOf(ICON_PATHS[kind], 16),
      run: () => this.#open(kind),
    };
  }

  #renderDialog(): TemplateResult {
    const { kind } = this;
    return this.#dialog.render({
      label: this.localize.t(`compose.${kind}`),
      close: this.localize.t('common.close'),
      content: html`<message-editor
        .kind=${kind}
        .form=${this.#forms.get(kind) ?? null}
        @editor-close=${this.#onClose}
        @form-change=${this.#onForm}
      ></message-editor>`,
    });
  }

  #open(kind: ComposedKind): void {
    this.kind = kind;
    this.#dialog.open(this.#button);
    void this.#focusEditor();
  }

  /** It may still be on its way. */
  async #focusEditor(): Promise<void> {
    await customElements.whenDefined('message-editor');
    const editor = this.renderRoot.querySelector<MessageEditor>('message-editor');
    await editor?.updateComplete;
    editor?.focus();
  }

  get #button(): HTMLElement | null {
    return this.renderRoot.querySelector('button');
  }

  /** The editor comes with the first look at the menu. */
  readonly #onUse = (): void => isNeeded('editor');

  /** What was typed is kept for the next time. */
  readonly #onForm = ({ detail }: FormChangeEvent): void => void this.#forms.set(this.kind, detail.form);

  readonly #onClose = (): void => {
    this.#forms.delete(this.kind);
    this.#dialog.close();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'composer-menu': ComposerMenu;
  }
}
