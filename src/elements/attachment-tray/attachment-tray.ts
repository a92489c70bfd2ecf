import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { filesWords } from '../../i18n/files-words.js';
import type { DraftAttachment } from '../../model/index.js';
import {
  announce,
  asList,
  coerce,
  controlStyles,
  FocusHome,
  icon,
  iconOf,
  moreIcon,
  RovingFocus,
  WhatsAppElement,
} from '../base/index.js';
import { fileSize } from '../whatsapp-message/amounts.js';
import { AttachmentsChangeEvent, DismissRequestEvent } from './attachment-tray.events.js';
import { attachmentTrayStyles } from './attachment-tray.styles.js';
import { ICON_PATHS } from './icon-paths.js';
import type { IncomingFile } from './incoming-file.js';
import { kindName, refusalSentence } from './refusal-sentence.js';
import { thumbnail } from './thumbnail.js';

/** The longest caption, in UTF-16 units (WhatsApp counts 1,024 characters). */
const LONGEST_CAPTION = 1024;

/** Gives the content of a file of the draft; null when it is not there (any more). */
type FileOf = (id: string) => Promise<Blob | null>;

/**
 * The files that wait to be sent with a message, in the order in which they will go, and those that cannot be sent, with the reason. Arrow keys go from file to file,
 * with Alt they move one, Delete removes it. The one that was chosen can have a caption. On a low page it is folded to how many there are.
 *
 * @summary The files of a message that is being written.
 * @fires {AttachmentsChangeEvent} attachments-change - The agent has removed, moved or captioned a file.
 * @fires {DismissRequestEvent} dismiss-request - The agent does not want a file any more that cannot be sent, or is still being looked at.
 * @csspart tile - A file.
 * @csspart error - Why a file cannot be sent.
 */
export class AttachmentTray extends WhatsAppElement {
  static override styles = [WhatsAppElement.styles, controlStyles, attachmentTrayStyles];

  static override readonly words = [filesWords];

  /** The files of the draft. */
  @coerce(asList('files of a draft', { id: 'string', name: 'string', bytes: 'number' }))
  @property({ attribute: false })
  attachments: readonly DraftAttachment[] = [];

  /** Files that are being looked at, or cannot be sent. */
  @coerce(asList('files that were chosen', { key: 'string', name: 'string' }))
  @property({ attribute: false })
  incoming: readonly IncomingFile[] = [];

  /** Where the content of a file comes from, for small pictures; without it there are none. */
  @coerce((value) => (typeof value === 'function' ? value : null))
  @property({ attribute: false })
  fileOf: FileOf | null = null;

  @state() private chosen: string | null = null;
  @state() private unfolded = false;
  @state() private low = false;

  /** Asked by script: WebKit does not ask anew in style sheets that shadow roots share. */
  readonly #lowPage = matchMedia('(max-height: 480px)');
  readonly #roving = new RovingFocus(this, () => this.localize.direction);
  /** By file; null where there is none to show. */
  readonly #pictures = new Map<string, HTMLCanvasElement | null>();

  constructor() {
    super();
    new FocusHome(this, () => this.renderRoot.querySelectorAll<HTMLElement>('.face, .fold'));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#lowPage.addEventListener('change', this.#onHeight);
    this.#onHeight();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#lowPage.removeEventListener('change', this.#onHeight);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#roving.setKeys([...this.attachments.map(({ id }) => id), ...this.incoming.map(({ key }) => key)]);
    if (changed.has('attachments') || changed.has('fileOf')) this.#loadPictures();
    if (!this.attachments.some(({ id }) => id === this.chosen)) this.chosen = null;
  }

  override render(): TemplateResult | typeof nothing {
    const count = this.attachments.length + this.incoming.length;
    if (count === 0) return nothing;
    return html`<section
      class=${this.low && !this.unfolded ? 'tray folded' : 'tray'}
      aria-label=${this.localize.t('tray.label')}
      dir=${this.localize.direction}
      lang=${this.localize.lang}
    >
      ${this.low ? this.#renderFold(count) : nothing}
      <div class="files">
        <p class="visually-hidden" id="keys">${this.localize.t('tray.keys')}</p>
        <ul class="tiles" role="list" @focusin=${this.#roving.onFocusIn}>
          ${repeat(
            this.attachments,
            ({ id }) => id,
            (file, i) => this.#renderFile(file, i),
          )}
          ${repeat(
            this.incoming,
            ({ key }) => key,
            (file) => this.#renderIncoming(file),
          )}
        </ul>
        ${this.#renderCaption()} ${this.incoming.map((file) => this.#renderRefusal(file))}
      </div>
    </section>`;
  }

  #renderFold(count: number): TemplateResult {
    return html`<button
      class="button quiet fold"
      type="button"
      aria-expanded=${String(this.unfolded)}
      @click=${this.#onFold}
    >
      ${iconOf(ICON_PATHS.document, 16)} ${this.localize.t('tray.count', { count })}
      ${moreIcon(this.unfolded ? 'chevron-down' : 'chevron-end', 16)}
    </button>`;
  }

  #renderFile(file: DraftAttachment, index: number): TemplateResult {
    const { id, bytes, caption } = file;
    const name = this.#nameOf(file);
    const size = fileSize(this.localize.localizer, bytes);
    const picture = this.#pictures.get(id) ?? null;
    const place = { place: index + 1, count: this.attachments.length };
    return html`<li class="tile" part="tile">
      <button
        class=${picture ? 'face picture' : 'face'}
        type="button"
        data-roving=${id}
        tabindex=${this.#roving.tabIndex(id)}
        aria-pressed=${String(id === this.chosen)}
        aria-label=${this.localize.t('tray.file', { name, size, ...place })}
        aria-describedby="keys"
        title=${name}
        @click=${() => (this.chosen = id === this.chosen ? null : id)}
        @keydown=${(event: KeyboardEvent) => this.#onKeydown(event, id)}
      >
        ${picture ?? this.#renderKind(file, name)}
        <span class="size small numbers">${size}</span>
        ${caption === '' ? nothing : html`<span class="captioned">${icon('message', 12)}</span>`}
      </button>
      ${this.#renderRemove(id, name, () => this.#remove(id))}
    </li>`;
  }

  #renderKind({ as, mimeType }: DraftAttachment, name: string): TemplateResult {
    const path =
      as === 'document' || as === 'sticker' ? ICON_PATHS.document : ICON_PATHS[as === 'voice' ? 'audio' : as];
    return html`<span class="kind">${iconOf(path, 20)}</span>
      <span class="words"
        ><bdi class="name small">${name}</bdi><span class="visually-hidden">${kindName(mimeType)}</span></span
      >`;
  }

  #renderIncoming({ key, name: given, refusal }: IncomingFile): TemplateResult {
    const name = given || this.localize.t('tray.unnamed');
    const label = this.localize.t(refusal ? 'tray.refused' : 'tray.checking', { name });
    return html`<li class=${refusal ? 'tile refused' : 'tile'} part="tile">
      <button
        class="face"
        type="button"
        data-roving=${key}
        tabindex=${this.#roving.tabIndex(key)}
        aria-label=${label}
        aria-describedby=${refusal ? `error-${key}` : nothing}
        title=${name}
        @keydown=${(event: KeyboardEvent) => this.#onIncomingKeydown(event, key)}
      >
        ${refusal ? html`<span class="kind">${icon('alert-circle')}</span>` : html`<span class="kind ring"></span>`}
        <span class="words"><bdi class="name small">${name}</bdi></span>
      </button>
      ${this.#renderRemove(key, name, () => this.#dismiss(key))}
    </li>`;
  }

  #renderRemove(key: string, name: string, remove: () => void): TemplateResult {
    const label = this.localize.t('tray.remove', { name });
    return html`<button
      class="icon-button remove"
      type="button"
      data-beside=${key}
      aria-label=${label}
      title=${label}
      @click=${remove}
    >
      ${icon('close', 14)}
    </button>`;
  }

  #renderRefusal({ key, name, bytes, refusal }: IncomingFile): TemplateResult | typeof nothing {
    if (!refusal) return nothing;
    return html`<p class="refusal small" part="error" role="alert" id="error-${key}">
      <bdi class="strong">${name || this.localize.t('tray.unnamed')}</bdi>
      ${refusalSentence(refusal, bytes, this.localize.localizer)}
    </p>`;
  }

  #renderCaption(): TemplateResult | typeof nothing {
    const file = this.attachments.find(({ id }) => id === this.chosen);
    // WhatsApp shows none with sound.
    if (!file || file.as === 'audio' || file.as === 'voice') return nothing;
    return html`<input
      class="field caption"
      dir="auto"
      maxlength=${LONGEST_CAPTION}
      aria-label=${this.localize.t('tray.caption', { name: this.#nameOf(file) })}
      placeholder=${this.localize.t('tray.caption-hint')}
      .value=${live(file.caption)}
      @input=${(event: Event) => this.#onCaption(event, file.id)}
      @keydown=${this.#onCaptionKeydown}
    />`;
  }

  #nameOf({ name, as }: DraftAttachment): string {
    if (as === 'voice') return this.localize.t('tray.voice');
    return name || this.localize.t('tray.unnamed');
  }

  #loadPictures(): void {
    const present = new Set(this.attachments.map(({ id }) => id));
    for (const id of this.#pictures.keys()) if (!present.has(id)) this.#pictures.delete(id);
    for (const { id, as } of this.attachments)
      if (as === 'image' && !this.#pictures.has(id)) void this.#loadPicture(id);
  }

  async #loadPicture(id: string): Promise<void> {
    this.#pictures.set(id, null);
    const file = await this.fileOf?.(id);
    const picture = file ? await thumbnail(file) : null;
    if (!picture || !this.#pictures.has(id)) return;
    this.#pictures.set(id, picture);
    this.requestUpdate();
  }

  #remove(id: string): void {
    this.#change(this.attachments.filter((file) => file.id !== id));
  }

  #dismiss(key: string): void {
    this.dispatchEvent(new DismissRequestEvent(key));
  }

  #move(id: string, by: 1 | -1): void {
    const from = this.attachments.findIndex((file) => file.id === id);
    const file = this.attachments[from];
    const to = from + by;
    if (!file || to < 0 || to >= this.attachments.length) return;
    const count = this.attachments.length;
    this.#change(this.attachments.toSpliced(from, 1).toSpliced(to, 0, file));
    const moved = this.localize.t('tray.moved', { name: this.#nameOf(file), place: to + 1, count });
    announce(moved, this.localize);
  }

  #change(attachments: readonly DraftAttachment[]): void {
    this.attachments = attachments;
    this.dispatchEvent(new AttachmentsChangeEvent(attachments));
  }

  readonly #onHeight = (): void => {
    this.low = this.#lowPage.matches;
  };

  readonly #onFold = (): void => {
    this.unfolded = !this.unfolded;
  };

  #onKeydown(event: KeyboardEvent, id: string): void {
    if (isRemoval(event)) {
      event.preventDefault();
      this.#remove(id);
    } else if (event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      // Also the browser's key for the page before.
      event.preventDefault();
      const forward = this.localize.direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
      this.#move(id, event.key === forward ? 1 : -1);
    } else this.#roving.onKeyDown(event);
  }

  #onIncomingKeydown(event: KeyboardEvent, key: string): void {
    if (isRemoval(event)) {
      event.preventDefault();
      this.#dismiss(key);
    } else this.#roving.onKeyDown(event);
  }

  #onCaption(event: Event, id: string): void {
    if (!(event.target instanceof HTMLInputElement)) return;
    const caption = event.target.value;
    this.#change(this.attachments.map((file) => (file.id === id ? { ...file, caption } : file)));
  }

  /** Done with the caption: back to the file. */
  readonly #onCaptionKeydown = (event: KeyboardEvent): void => {
    if ((event.key !== 'Enter' && event.key !== 'Escape') || event.isComposing) return;
    event.preventDefault();
    const { chosen } = this;
    this.chosen = null;
    if (chosen !== null) this.#roving.focus(chosen);
  };
}

function isRemoval({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return (key === 'Delete' || key === 'Backspace') && !altKey && !ctrlKey && !metaKey;
}

declare global {
  interface HTMLElementTagNameMap {
    'attachment-tray': AttachmentTray;
  }
}
