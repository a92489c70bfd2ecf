import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { DraftAttachment } from '../../model/index.js';
import type { AttachmentsChangeEvent } from '../attachment-tray/attachment-tray.events.js';
import { iconOf } from '../base/index.js';
import { ICON_PATHS } from './icon-paths.js';
import type { ComposerFiles } from './whatsapp-composer.js';

/** The files above the text; nothing when there are none. */
export function trayView(
  attachments: readonly DraftAttachment[],
  attaching: ComposerFiles | null,
  change: (attachments: readonly DraftAttachment[]) => void,
): TemplateResult | typeof nothing {
  const incoming = attaching?.incoming ?? [];
  if (attachments.length + incoming.length === 0) return nothing;
  return html`<attachment-tray
    .attachments=${attachments}
    .incoming=${incoming}
    .fileOf=${attaching?.fileOf ?? null}
    @attachments-change=${(event: AttachmentsChangeEvent) => change(event.detail.attachments)}
  ></attachment-tray>`;
}

/** The button that lets files be chosen; nothing where none can be. */
export function attachView(
  attaching: ComposerFiles | null,
  words: Localizer,
  attach: (files: readonly File[]) => void,
): TemplateResult | typeof nothing {
  if (!attaching) return nothing;
  const name = words.t('composer.attach');
  return html`<button
      class="icon-button"
      part="attach-button"
      type="button"
      aria-label=${name}
      title=${name}
      @click=${({ currentTarget }: Event) => chooserBeside(currentTarget)?.click()}
    >
      ${iconOf(ICON_PATHS.attach, 18)}
    </button>
    <input
      type="file"
      multiple
      hidden
      accept=${attaching.accept}
      aria-label=${name}
      @change=${({ currentTarget: chooser }: Event) => {
        if (!(chooser instanceof HTMLInputElement)) return;
        attach([...(chooser.files ?? [])]);
        // The same file again is another choice.
        chooser.value = '';
      }}
    />`;
}

/** The button that begins a voice note, where the one is that sends while there is something to send. */
export function recordView(
  { incoming }: ComposerFiles,
  words: Localizer,
  record: () => void,
): TemplateResult {
  const name = words.t('composer.record');
  return html`<button
    class="icon-button primary send"
    part="record-button"
    type="button"
    aria-label=${name}
    title=${name}
    ?disabled=${incoming.some(({ refusal }) => refusal === null)}
    @click=${record}
  >
    ${iconOf(ICON_PATHS.voice, 18)}
  </button>`;
}

/** In the place of the text while a voice note is recorded. */
export function recorderView(attaching: ComposerFiles | null, ended: (event: Event) => void): TemplateResult {
  return html`<voice-recorder .voice=${attaching?.voice ?? null} @recording-end=${ended}></voice-recorder>`;
}

/** Takes files that are pasted; words are left to the browser. */
export function paste(
  event: ClipboardEvent,
  attaching: ComposerFiles | null,
  attach: (files: readonly File[]) => void,
): void {
  const { clipboardData } = event;
  const files = [...(clipboardData?.files ?? [])];
  // A spreadsheet's cells come as a picture as well: the words are what is meant.
  if (files.length === 0 || !attaching || clipboardData?.getData('text/plain')) return;
  event.preventDefault();
  attach(files);
}

function chooserBeside(button: EventTarget | null): HTMLInputElement | null {
  const chooser = button instanceof Element ? button.nextElementSibling : null;
  return chooser instanceof HTMLInputElement ? chooser : null;
}
