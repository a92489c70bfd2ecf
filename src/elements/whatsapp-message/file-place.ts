import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { MediaContent } from '../../model/index.js';
import { isNeeded } from '../base/later-parts.js';
import { formattedText } from './formatted-text.js';
import type { ViewContext } from './message-content.js';

/** How wide a picture is where there is room, in pixels, and how high it may be. */
const WIDTH = 320;
const LEAST_HEIGHT = 120;
const MOST_HEIGHT = 400;
/** Of pictures of which nothing is known. */
const USUAL_RATIO = 4 / 3;

/** The place of a file in its message, as large as it will be; what is in it comes later. The caption stands below, the time in it or over a bare picture. */
export function filePlace(content: MediaContent, { words, tail, at }: ViewContext): TemplateResult {
  const { kind, caption } = content;
  const framed = kind === 'image' || kind === 'video';
  const bare = !caption && (framed || kind === 'sticker');
  isNeeded('file');
  return html`<div class="media ${kind}" part="card">
      <whatsapp-media
        .content=${content}
        .at=${at}
        .style=${framed ? `aspect-ratio:${ratioOf(content)}` : ''}
      ></whatsapp-media>
      ${bare && tail.shown !== nothing ? html`<div class="over">${tail.shown}</div>` : nothing}
    </div>
    ${
      caption
        ? html`<div class="content">${formattedText(caption, words, tail)}</div>`
        : bare
          ? nothing
          : html`<div class="tail-line">${tail.shown}</div>`
    }`;
}

/** Width by height of the place of a picture: its own, within bounds, or the usual one. */
export function ratioOf({ width, height }: MediaContent): number {
  const own = width !== null && height !== null ? width / height : NaN;
  const ratio = own > 0 && own < Infinity ? own : USUAL_RATIO;
  return Math.min(WIDTH / LEAST_HEIGHT, Math.max(WIDTH / MOST_HEIGHT, ratio));
}
