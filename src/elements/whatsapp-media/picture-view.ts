import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import { loadingView } from './file-view.js';

/** A picture in its place, which is there before it. */
export interface Picture {
  readonly url: string;
  /** What it is: `Photo`. */
  readonly name: string;
  readonly loaded: boolean;
  readonly onLoad: (event: Event) => void;
  readonly onError: (event: Event) => void;
  /** null for what does not open: a sticker. */
  readonly open: ((event: Event) => void) | null;
}

export function pictureView(picture: Picture, words: Localizer): TemplateResult {
  const { loaded, name, open } = picture;
  return html`${loaded ? nothing : loadingView(words.t('media.loading', { name }))}
  ${
    open
      ? html`<button
          class="opens"
          type="button"
          aria-label=${words.t('media.open-photo')}
          title=${words.t('media.open-photo')}
          ?hidden=${!loaded}
          @click=${open}
        >
          ${image(picture, '')}
        </button>`
      : image(picture, name)
  }`;
}

function image({ url, loaded, onLoad, onError }: Picture, alt: string): TemplateResult {
  return html`<img
    class=${loaded ? 'picture' : 'picture coming'}
    src=${url}
    alt=${alt}
    decoding="async"
    draggable="false"
    referrerpolicy="no-referrer"
    @load=${onLoad}
    @error=${onError}
  />`;
}
