import { html } from 'lit';
import type { nothing, TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { MediaContent } from '../../model/index.js';
import { iconOf } from '../base/index.js';
import { fileSize } from '../whatsapp-message/amounts.js';
import { isPdf, kindOfFile, safeName } from './file-name.js';
import { remedyView } from './file-view.js';
import type { Absence } from './file-view.js';
import { ICON_PATHS } from './icon-paths.js';

/** A document as a line: what it is, its name, how large it is, and what can be done with it. */
export interface DocumentLine {
  readonly content: MediaContent;
  readonly absence: Absence | null;
  /** What a press does: a PDF opens, all else is saved. */
  readonly use: () => void;
  readonly menu: TemplateResult | typeof nothing;
}

export function documentView(
  { content, absence, use, menu }: DocumentLine,
  words: Localizer,
): TemplateResult {
  const name = nameOf(content, words);
  const inside = html`<span class="mark">${iconOf(ICON_PATHS[iconOfDocument(content)])}</span>
    <span class="lines"
      ><span class="name"><bdi>${name}</bdi></span
      ><span class=${absence ? 'facts why small muted' : 'facts small muted'}
        >${absence?.sentence ?? factsOf(content, words)}</span
      ></span
    >`;
  if (absence)
    return html`<div class="line">
      <div class="body" title=${name}>${inside}</div>
      ${remedyView(absence.remedy)}${menu}
    </div>`;
  return html`<div class="line">
    <button class="body" type="button" title=${name} @click=${use}>
      ${inside}<span class="visually-hidden"
        >${words.t(isPdf(content) ? 'message.opens-tab' : 'media.save')}</span
      >
    </button>
    ${menu}
  </div>`;
}

/** What a file is called to people; untrusted, and so without what could fool them. */
export function nameOf({ fileName, kind, voice }: MediaContent, words: Localizer): string {
  const own = fileName === null ? '' : safeName(fileName);
  if (own !== '') return own;
  return kind === 'audio'
    ? words.t(voice ? 'message.kind.voice' : 'message.kind.audio')
    : words.t(`content.${kind}`);
}

/** `PDF · 240 KB`. */
function factsOf(content: MediaContent, words: Localizer): string {
  const kind = kindOfFile(content) ?? words.t('media.file');
  return content.bytes === null ? kind : `${kind} · ${fileSize(words, content.bytes)}`;
}

function iconOfDocument({ fileName, mimeType }: MediaContent): keyof typeof ICON_PATHS {
  const text = `${mimeType ?? ''} ${fileName ?? ''}`.toLowerCase();
  if (/sheet|excel|\.xlsx?$|csv/.test(text)) return 'file-sheet';
  if (/presentation|powerpoint|\.pptx?$/.test(text)) return 'file-slides';
  if (/zip|compressed|\.rar$|\.7z$/.test(text)) return 'file-archive';
  return /pdf|word|text\/|\.docx?$|\.txt$/.test(text) ? 'file-text' : 'file';
}
