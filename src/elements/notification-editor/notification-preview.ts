import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type {
  DraftNotification,
  LocationContent,
  MediaContent,
  Template,
  TemplateButton,
} from '../../model/index.js';
import { writtenValues } from '../../model/notification-values.js';
import { headerOf } from '../../model/outbound-notification.js';
import { templateContent } from '../../model/template-content.js';
import { moreIcon, iconOf } from '../base/index.js';
import { isNeeded } from '../base/later-parts.js';
import { ratioOf } from '../whatsapp-message/file-place.js';
import { formattedText } from '../whatsapp-message/formatted-text.js';
import { shownName } from '../whatsapp-message/names.js';
import { ICON_PATHS } from './icon-paths.js';

/** A notification as the contact's phone shows it, as far as it is filled in. */
export function notificationPreview(notification: DraftNotification, words: Localizer): TemplateResult {
  const { template } = notification;
  const content = templateContent(template, writtenValues(notification), headerOf(notification));
  const { header, body, footer, above } = content;
  return html`<div
    class="bubble"
    part="preview"
    role="group"
    tabindex="0"
    aria-label=${words.t('notification.preview')}
  >
    ${above ? aboveView(above) : headerPlace(template, words)}
    ${header === null ? nothing : html`<p class="strong" dir="auto">${shownName(header)}</p>`}
    ${body === '' ? nothing : html`<div>${formattedText(body, words, { shown: nothing, room: nothing })}</div>`}
    ${footer === null ? nothing : html`<p class="small muted" dir="auto">${shownName(footer)}</p>`}
    ${
      template.buttons.length === 0
        ? nothing
        : html`<ul class="choices" role="list">
            ${template.buttons.map((button) => buttonView(button, words))}
          </ul>`
    }
  </div>`;
}

function aboveView(above: MediaContent | LocationContent): TemplateResult {
  if (above.kind === 'location') return placeView(above);
  isNeeded('file');
  const framed = above.kind !== 'document';
  return html`<div class="file ${above.kind}">
    <whatsapp-media
      .content=${above}
      .at=${0}
      .style=${framed ? `aspect-ratio:${ratioOf(above)}` : ''}
    ></whatsapp-media>
  </div>`;
}

function placeView({ name, address, latitude, longitude }: LocationContent): TemplateResult {
  return html`<div class="map">${iconOf(ICON_PATHS.location, 24)}</div>
    ${name ? html`<p class="strong" dir="auto">${shownName(name)}</p>` : nothing}
    ${address ? html`<p class="small muted" dir="auto">${shownName(address)}</p>` : nothing}
    ${
      name || address
        ? nothing
        : html`<p class="small muted numbers" dir="ltr">${latitude.toFixed(5)}, ${longitude.toFixed(5)}</p>`
    }`;
}

/** What will be above the text, while it is not known. */
function headerPlace({ header }: Template, words: Localizer): TemplateResult | typeof nothing {
  if (header === null || header.kind === 'text') return nothing;
  if (header.kind === 'location')
    return html`<div class="map muted">
      ${iconOf(ICON_PATHS.location, 24)}<span class="small">${words.t('notification.place-unset')}</span>
    </div>`;
  const mark = header.as === 'document' ? 'file' : header.as;
  return html`<div class="map muted">
    ${iconOf(ICON_PATHS[mark], 24)}<span class="small">${words.t(`notification.header-${header.as}`)}</span>
  </div>`;
}

function buttonView({ kind, text }: TemplateButton, words: Localizer): TemplateResult {
  const label = text || words.tOr(`notification.button-${kind}`, kind);
  return html`<li class="choice-button">${buttonIcon(kind)} <bdi>${shownName(label)}</bdi></li>`;
}

function buttonIcon(kind: string): TemplateResult {
  if (kind === 'url') return iconOf(ICON_PATHS.link, 14);
  if (kind === 'phone' || kind === 'voice-call') return iconOf(ICON_PATHS.call, 14);
  if (kind === 'copy-code' || kind === 'one-time-code') return iconOf(ICON_PATHS.code, 14);
  if (kind === 'flow') return iconOf(ICON_PATHS.form, 14);
  return kind === 'contact-info' ? iconOf(ICON_PATHS.person, 14) : moreIcon('reply', 14);
}
