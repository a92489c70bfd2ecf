import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Connected } from '../../context/index.js';
import { actionsWords } from '../../i18n/actions-words.js';
import { conversationWords } from '../../i18n/conversation-words.js';
import { exportWords } from '../../i18n/export-words.js';
import { contactLabel } from '../../model/index.js';
import type { Interaction, TranscriptItem } from '../../model/index.js';
import { asObject, coerce, controlStyles, FocusHome, WhatsAppElement } from '../base/index.js';
import { Dialog } from '../base/dialog.js';
import { dialogStyles } from '../base/dialog.styles.js';
import { localDay } from '../base/local-day.js';
import { safeName } from '../whatsapp-media/file-name.js';
import { saveFile } from '../whatsapp-media/save.js';
import { asJson, asPage, asPlainText, fillPage, PAGE_STYLES } from './exported-files.js';
import type { Conversation } from './exported-files.js';
import { ExportEndEvent } from './transcript-export.events.js';
import { transcriptExportStyles } from './transcript-export.styles.js';

const FORMATS = ['text', 'page', 'json'] as const;
type Format = (typeof FORMATS)[number];

const FILES: Readonly<Record<Format, { readonly type: string; readonly ending: string }>> = {
  text: { type: 'text/plain;charset=utf-8', ending: 'txt' },
  page: { type: 'text/html;charset=utf-8', ending: 'html' },
  json: { type: 'application/json', ending: 'json' },
};

/** How long a saved file's address stays, in milliseconds: browsers read it some time after the press. */
const KEPT = 60_000;

/** How far the conversation has been read. */
type Reading =
  { readonly at: 'idle' } | { readonly at: 'reading'; readonly count: number } | { readonly at: 'failed' };

const IDLE: Reading = { at: 'idle' };

/**
 * Saves a whole conversation, over all its sessions, as text, as a page or for programs, or prints it: asks how while it has one. Files of messages are named,
 * not part of it.
 *
 * @summary Saves or prints a whole conversation.
 * @fires {ExportEndEvent} export-end - It was saved or printed, or the agent does not want to.
 * @csspart dialog - The question.
 */
export class TranscriptExport extends Connected(WhatsAppElement) {
  static override styles = [WhatsAppElement.styles, controlStyles, dialogStyles, transcriptExportStyles];

  static override readonly words = [actionsWords, conversationWords, exportWords];

  /** Whose conversation is saved, up to this interaction; null for none. */
  @coerce(asObject('an interaction', { id: 'string', contact: 'object' }))
  @property({ attribute: false })
  interaction: Interaction | null = null;

  @state() private format: Format = 'text';
  @state() private reading: Reading = IDLE;

  readonly #dialog = new Dialog(this, 'export');
  #wasOpen = false;
  /** Ends what is being read. */
  #end: AbortController | null = null;

  constructor() {
    super();
    new FocusHome(this, () => this.renderRoot.querySelectorAll<HTMLElement>('button, input'));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('interaction')) {
      this.#stop();
      if (this.interaction && !this.#dialog.isOpen) this.#dialog.open(null);
    }
    if (this.#wasOpen && !this.#dialog.isOpen) {
      this.#stop();
      this.dispatchEvent(new ExportEndEvent());
    }
    this.#wasOpen = this.#dialog.isOpen;
  }

  protected override render(): TemplateResult {
    return html`<div dir=${this.localize.direction} lang=${this.localize.lang}>
      ${this.#dialog.render({
        label: this.localize.t('export.heading'),
        close: this.localize.t('common.close'),
        content: this.interaction ? this.#renderBody(this.interaction) : nothing,
      })}
      <iframe title=${this.localize.t('export.print')} aria-hidden="true" tabindex="-1"></iframe>
    </div>`;
  }

  #renderBody(interaction: Interaction): TemplateResult {
    const words = this.localize;
    const busy = this.reading.at === 'reading';
    return html`<div class="body">
      <fieldset>
        <legend>${words.t('export.as')}</legend>
        ${FORMATS.map(
          (format) =>
            html`<label
              ><input
                type="radio"
                name="format"
                .checked=${this.format === format}
                @change=${() => (this.format = format)}
              />${words.t(`export.${format}`)}</label
            >`,
        )}
      </fieldset>
      <p class="small muted">${words.t('export.files')}</p>
      <p class="small" role="status">${this.#progress()}</p>
      <div class="buttons">
        <button class="button" type="button" @click=${() => this.#dialog.close()}>
          ${words.t('actions.cancel')}
        </button>
        <button
          class="button"
          type="button"
          ?disabled=${busy}
          @click=${() => void this.#read(interaction, this.#print)}
        >
          ${words.t('export.print')}
        </button>
        <button
          class="button primary"
          type="button"
          ?disabled=${busy}
          @click=${() => void this.#read(interaction, this.#save)}
        >
          ${words.t('export.save')}
        </button>
      </div>
    </div>`;
  }

  #progress(): string {
    const { reading } = this;
    if (reading.at === 'reading') return this.localize.t('export.reading', { count: reading.count });
    return reading.at === 'failed' ? this.localize.t('export.failed') : '';
  }

  /** Reads the whole conversation, and goes on with it. */
  async #read(interaction: Interaction, then: (conversation: Conversation) => void): Promise<void> {
    const { workspace } = this;
    if (!workspace) return;
    this.#stop();
    const end = new AbortController();
    this.#end = end;
    this.reading = { at: 'reading', count: 0 };
    const pages: (readonly TranscriptItem[])[] = [];
    let count = 0;
    const heard = (page: readonly TranscriptItem[]): void => {
      pages.push(page);
      count += page.length;
      this.reading = { at: 'reading', count };
    };
    const finder = await workspace.finder().catch(() => null);
    if (end.signal.aborted) return;
    const outcome = await finder?.readWhole(interaction.id, heard, end.signal);
    if (end.signal.aborted) return;
    this.reading = outcome?.ok ? IDLE : { at: 'failed' };
    if (!outcome?.ok) return;
    then({ contact: interaction.contact, items: pages.reverse().flat() });
    this.#dialog.close();
  }

  #stop(): void {
    this.#end?.abort();
    this.#end = null;
    this.reading = IDLE;
  }

  readonly #save = (conversation: Conversation): void => {
    const { type, ending } = FILES[this.format];
    const url = URL.createObjectURL(new Blob([this.#written(conversation)], { type }));
    // A name is no path.
    const name = contactLabel(conversation.contact).replace(/[\\/]/g, '_');
    saveFile({ url }, safeName(`WhatsApp ${name} ${localDay(this.#now())}.${ending}`));
    setTimeout(() => URL.revokeObjectURL(url), KEPT);
  };

  #written(conversation: Conversation): string {
    const words = this.localize.localizer;
    switch (this.format) {
      case 'text':
        return asPlainText(conversation, words);
      case 'page':
        return asPage(conversation, words);
      case 'json':
        return asJson(conversation, this.#now());
    }
  }

  /** The strictest policy lets a page of its own in a frame have a sheet that is made by script. */
  readonly #print = (conversation: Conversation): void => {
    const frame = this.renderRoot.querySelector('iframe');
    const view = frame?.contentWindow as (Window & typeof globalThis) | null | undefined;
    if (!view) return;
    const page = view.document;
    page.body.replaceChildren();
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(PAGE_STYLES);
    page.adoptedStyleSheets = [sheet];
    fillPage(page, conversation, this.localize.localizer);
    view.print();
  };

  #now(): number {
    return this.workspace?.clock.now() ?? Date.now();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'transcript-export': TranscriptExport;
  }
}
