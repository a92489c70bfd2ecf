import { mediaContent } from '../../model/index.js';
import type { Content, OutboundMedia, Upload } from '../../model/index.js';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';

import type { Localizer } from '../../i18n/index.js';
import { icon } from '../base/index.js';
import { fileSize } from './amounts.js';

/** How far the file of a message has come, and how to break that off, below its bubble. Where another tab uploads it, or it waits, only the latter. */
export function uploadView(upload: Upload | null, words: Localizer, cancel: () => void): TemplateResult {
  const name = words.t('message.upload-cancel');
  const amounts = upload && { taken: fileSize(words, upload.taken), size: fileSize(words, upload.of) };
  return html`<div class="upload small muted">
    ${
      upload && amounts
        ? html`<progress
              max=${upload.of}
              .value=${upload.taken}
              aria-label=${words.t('message.upload', amounts)}
            ></progress>
            <span class="numbers" aria-hidden="true">${words.t('message.upload', amounts)}</span>`
        : nothing
    }
    <button class="icon-button" type="button" aria-label=${name} title=${name} @click=${cancel}>
      ${icon('close', 14)}
    </button>
  </div>`;
}

/** What the log does not have yet of a file, as it would show it. */
export function unsentFile({ as, media, fileName, caption }: OutboundMedia): Content {
  const known = { media, fileName, caption, status: 'stored', voice: as === 'voice' } as const;
  return mediaContent(as === 'voice' ? 'audio' : as, known);
}
