import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { composeWords } from '../../i18n/compose-words.js';
import { UNCHANGED } from '../../model/index.js';
import type { Content, Message, OutboundContent } from '../../model/index.js';
import {
  announce,
  asObject,
  asOneOf,
  coerce,
  controlStyles,
  FocusHome,
  WhatsAppElement,
} from '../base/index.js';
import { contactFields } from './contact-fields.js';
import { faultsOf } from './faults.js';
import type { Faults } from './faults.js';
import type { FormContext } from './fields.js';
import { COMPOSED_KINDS, contentOf, emptyForm, limitOf } from './forms.js';
import type { ComposedKind, Form } from './forms.js';
import { locationFields } from './location-fields.js';
import { ContentSendEvent, EditorCloseEvent, FormChangeEvent } from './message-editor.events.js';
import { messageEditorStyles } from './message-editor.styles.js';
import { buttonsFields, listFields } from './question-fields.js';

/** How long the browser may take to say where the agent is, in milliseconds. */
const PATIENCE = 15_000;

/**
 * The form of a message that is not just written: a location, a contact card, a question with buttons or with a list. Above it stands the message as the transcript
 * will show it. What WhatsApp would not take is said at the field, and is not sent.
 *
 * @summary Composes a location, a contact card, reply buttons or a list.
 * @fires {ContentSendEvent} content-send - The agent wants the message sent; prevent it to keep it.
 * @fires {FormChangeEvent} form-change - The agent has changed what stands in the fields.
 * @fires {EditorCloseEvent} editor-close - The message was sent, or is not wanted.
 * @csspart preview - What the contact will see.
 */
export class MessageEditor extends WhatsAppElement {
  static override styles = [WhatsAppElement.styles, controlStyles, messageEditorStyles];

  static override readonly words = [composeWords];

  /** What is composed: `location`, `contacts`, `buttons` or `list`. */
  @coerce(asOneOf(COMPOSED_KINDS, 'location'))
  @property()
  kind: ComposedKind = 'location';

  /** What stands in the fields; null for an empty form. It stays when the editor is taken away and given again. */
  @coerce(asObject('what stands in a form', { kind: 'string' }))
  @property({ attribute: false })
  form: Form | null = null;

  /** The agent wanted to send it: what is still needed is said too. */
  @state() private tried = false;
  @state() private lost = false;

  #focusNext: string | null = null;

  constructor() {
    super();
    new FocusHome(this, () => this.renderRoot.querySelectorAll<HTMLElement>('.field, .send'));
  }

  protected override updated(_changed: PropertyValues): void {
    const field = this.#focusNext;
    this.#focusNext = null;
    if (field !== null) this.#focusField(field);
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot?.querySelector<HTMLElement>('.field')?.focus(options);
  }

  override render(): TemplateResult {
    const form = this.#form;
    const faults = faultsOf(form, this.localize.localizer);
    return html`<form
      class="editor"
      novalidate
      dir=${this.localize.direction}
      lang=${this.localize.lang}
      @submit=${this.#onSubmit}
    >
      ${this.#renderPreview(form)}
      <div class="fields">${this.#renderFields(form, faults)}</div>
      <div class="buttons">
        <button class="button" type="button" @click=${this.#onCancel}>
          ${this.localize.t('compose.cancel')}
        </button>
        <button class="button primary send" type="submit">${this.localize.t('compose.send')}</button>
      </div>
    </form>`;
  }

  #renderPreview(form: Form): TemplateResult {
    const content = contentOf(form);
    return html`<div
      class="preview"
      part="preview"
      role="group"
      aria-label=${this.localize.t('compose.preview')}
    >
      ${
        content
          ? html`<whatsapp-message .message=${previewOf(content)} .agent=${PREVIEW}></whatsapp-message>`
          : html`<p class="small muted">
              ${this.localize.t(form.kind === 'location' ? 'compose.preview-location' : 'compose.preview-contacts')}
            </p>`
      }
    </div>`;
  }

  #renderFields(form: Form, faults: Faults): TemplateResult {
    switch (form.kind) {
      case 'location':
        return html`${locationFields(form, this.#context(form, faults), 'geolocation' in navigator ? this.#findHere : null)}
        ${this.lost ? html`<p class="small fault" role="alert">${this.localize.t('compose.here-failed')}</p>` : nothing}`;
      case 'contacts':
        return contactFields(form, this.#context(form, faults));
      case 'buttons':
        return buttonsFields(form, this.#context(form, faults));
      case 'list':
        return listFields(form, this.#context(form, faults));
    }
  }

  #context<F extends Form>(form: F, faults: Faults): FormContext<F> {
    return {
      words: this.localize.localizer,
      change: (next) => this.#change(next),
      faultOf: (field) => {
        const fault = faults.get(field);
        return fault && (this.tried || !fault.needed) ? fault.sentence : null;
      },
      limitOf: (field) => limitOf(form, field),
      focusNext: (field) => (this.#focusNext = field),
    };
  }

  get #form(): Form {
    const empty = emptyForm(this.kind);
    return this.form?.kind === this.kind ? { ...empty, ...this.form } : empty;
  }

  #change(form: Form): void {
    this.lost = false;
    this.form = form;
    this.dispatchEvent(new FormChangeEvent(form));
  }

  #focusField(id: string): void {
    const field = this.renderRoot.querySelector<HTMLElement>(`#${CSS.escape(id)}`);
    field?.focus();
    field?.scrollIntoView({ block: 'center', behavior: 'instant' });
  }

  /** The browser asks the agent whether it may say. */
  readonly #findHere = (): void => {
    const found = ({ coords }: GeolocationPosition): void => {
      const form = this.#form;
      if (form.kind !== 'location') return;
      const [latitude, longitude] = [coords.latitude, coords.longitude].map((degrees) => degrees.toFixed(6));
      this.#change({ ...form, link: '', latitude: latitude ?? '', longitude: longitude ?? '' });
    };
    navigator.geolocation.getCurrentPosition(found, () => (this.lost = true), { timeout: PATIENCE });
  };

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    const form = this.#form;
    const [first] = faultsOf(form, this.localize.localizer);
    this.tried = true;
    if (first) {
      const [field, { sentence }] = first;
      announce(sentence, this.localize);
      this.#focusNext = field;
      this.requestUpdate();
      return;
    }
    const content = contentOf(form);
    if (content && this.dispatchEvent(new ContentSendEvent(content))) this.#close(true);
  };

  readonly #onCancel = (): void => this.#close(false);

  #close(sent: boolean): void {
    this.form = null;
    this.tried = false;
    this.dispatchEvent(new EditorCloseEvent(sent));
  }
}

/** Who is said to have written what is only a preview. */
const PREVIEW = 'preview';

function previewOf(content: OutboundContent): Message {
  return {
    ...UNCHANGED,
    id: PREVIEW,
    clientId: null,
    interaction: PREVIEW,
    session: PREVIEW,
    direction: 'outbound',
    at: Date.now(),
    author: { id: PREVIEW, name: '' },
    content: shown(content),
    context: null,
    delivery: null,
  };
}

function shown(content: OutboundContent): Content {
  if (content.kind === 'location') return { ...content, url: null };
  return content.kind === 'contacts' || content.kind === 'interactive' ? content : { kind: 'text', text: '' };
}

declare global {
  interface HTMLElementTagNameMap {
    'message-editor': MessageEditor;
  }
}
