import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Connected, fromState } from '../../context/index.js';
import { actionsWords } from '../../i18n/actions-words.js';
import { contactAddress, contactLabel, EMPTY_STATE, isOnDesk, serviceWindow } from '../../model/index.js';
import type { Interaction, Message } from '../../model/index.js';
import {
  asObject,
  asText,
  coerce,
  controlStyles,
  FocusHome,
  Listbox,
  listboxStyles,
  selectInteraction,
  Toasts,
  toastStyles,
  WhatsAppElement,
} from '../base/index.js';
import { Dialog } from '../base/dialog.js';
import { dialogStyles } from '../base/dialog.styles.js';
import { forwardedContent } from '../message-actions/forwarded-content.js';
import { ForwardEndEvent } from './message-forward.events.js';
import { messageForwardStyles } from './message-forward.styles.js';

/** More conversations than these are searched. */
const SEARCH_BEYOND = 8;

/**
 * Sends a message on to another open conversation of the agent: asks to which while it has a message, and says afterwards that it went, with a way there. Those
 * whose service window is closed are not there.
 *
 * @summary Asks to which conversation a message is sent on.
 * @fires {ForwardEndEvent} forward-end - The agent has sent it on, or does not want to.
 * @fires {InteractionSelectEvent} interaction-select - Before the conversation is put in front; prevent it to veto.
 * @csspart dialog - The question.
 */
export class MessageForward extends Connected(WhatsAppElement) {
  static override styles = [
    WhatsAppElement.styles,
    controlStyles,
    dialogStyles,
    listboxStyles,
    toastStyles,
    messageForwardStyles,
  ];

  static override readonly words = [actionsWords];

  /** The message to send on; null for none. */
  @coerce(asObject('a message', { content: 'object', interaction: 'string' }))
  @property({ attribute: false })
  message: Message | null = null;

  /** The conversation that it is sent on from. */
  @coerce(asText(null))
  @property()
  from: string | null = null;

  @state() private chosen: string | null = null;
  @state() private search = '';

  readonly #state = fromState(this, (now) => now, EMPTY_STATE);
  readonly #dialog = new Dialog(this, 'forward');
  readonly #list = new Listbox(this, 'conversations');
  readonly #toasts = new Toasts(this, () => this.localize.localizer);
  #wasOpen = false;

  constructor() {
    super();
    new FocusHome(this, () => this.renderRoot.querySelectorAll<HTMLElement>('button'));
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('message') && this.message) {
      this.chosen = null;
      this.search = '';
      if (!this.#dialog.isOpen) this.#dialog.open(null);
    }
    if (this.#wasOpen && !this.#dialog.isOpen) this.dispatchEvent(new ForwardEndEvent());
    this.#wasOpen = this.#dialog.isOpen;
  }

  protected override render(): TemplateResult {
    return html`<div dir=${this.localize.direction} lang=${this.localize.lang}>
      ${this.#dialog.render({
        label: this.localize.t('actions.forward'),
        close: this.localize.t('common.close'),
        content: this.message ? this.#renderBody(this.message) : nothing,
      })}
      ${this.#toasts.render()}
    </div>`;
  }

  #renderBody(message: Message): TemplateResult {
    const all = this.#targets();
    const words = this.localize;
    const cancel = html`<button class="button" type="button" @click=${() => this.#dialog.close()}>
      ${words.t('actions.cancel')}
    </button>`;
    if (all.length === 0)
      return html`<div class="body">
        <p>${words.t('actions.forward-none')}</p>
        <div class="buttons">${cancel}</div>
      </div>`;
    const shown = all.filter(({ contact }) =>
      this.#fits(`${contactLabel(contact)} ${contactAddress(contact)}`),
    );
    const target = shown.find(({ id }) => id === this.chosen) ?? null;
    return html`<div class="body">
      ${all.length > SEARCH_BEYOND ? this.#renderSearch() : nothing}
      ${
        shown.length === 0
          ? html`<p class="muted">${words.t('actions.forward-no-match')}</p>`
          : this.#list.render({
              label: words.t('actions.forward-to'),
              options: shown.map(({ id, contact }) => ({ key: id, text: contactLabel(contact) })),
              selected: this.chosen,
              choose: (id) => (this.chosen = id),
            })
      }
      <div class="buttons">
        ${cancel}
        <button
          class="button primary"
          type="button"
          ?disabled=${!target}
          @click=${() => target && this.#forward(message, target)}
        >
          ${words.t('actions.forward')}
        </button>
      </div>
    </div>`;
  }

  #renderSearch(): TemplateResult {
    const name = this.localize.t('actions.forward-search');
    return html`<input
      class="field"
      type="search"
      aria-label=${name}
      placeholder=${name}
      .value=${this.search}
      @input=${(event: Event) => (this.search = (event.target as HTMLInputElement).value)}
    />`;
  }

  #targets(): readonly Interaction[] {
    const { interactions, agent } = this.#state.value;
    const now = this.workspace?.clock.now() ?? Date.now();
    return [...interactions.values()].filter(
      (one) =>
        isOnDesk(one, agent?.id ?? '') &&
        one.id !== this.from &&
        serviceWindow(one.windowClosesAt, now) !== 'closed',
    );
  }

  #fits(name: string): boolean {
    return name.toLocaleLowerCase().includes(this.search.trim().toLocaleLowerCase());
  }

  #forward(message: Message, target: Interaction): void {
    const { workspace } = this;
    const { features, policy } = this.#state.value;
    const content = forwardedContent(message, { features, policy });
    this.#dialog.close();
    if (!workspace || !content) return;
    workspace.sendContent(target.id, content);
    this.#toasts.show({
      text: this.localize.t('actions.forwarded', { name: contactLabel(target.contact) }),
      action: {
        text: this.localize.t('actions.show'),
        run: () => selectInteraction(this, workspace, target),
      },
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'message-forward': MessageForward;
  }
}
