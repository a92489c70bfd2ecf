import { html, nothing, svg } from 'lit';
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { MediaContent } from '../../model/index.js';
import { iconOf } from '../base/index.js';
import { clockTime } from '../base/clock-time.js';
import type { Absence } from './file-view.js';
import { remedyView } from './file-view.js';
import { ICON_PATHS } from './icon-paths.js';
import { player } from './player.js';
import type { Track } from './player.js';
import { inBars, waveformOf } from './waveform.js';

export { audioStyles } from './audio-line.styles.js';

const RATES = [1, 1.5, 2] as const;
/** Up to which length a key moves by a tenth of a second, in seconds. */
const SHORT = 6;

/** What is known of a recording, and what can be done with it. */
export interface AudioLineContent {
  readonly content: MediaContent;
  readonly name: string;
  /** null while the file is not here. */
  readonly track: Track | null;
  readonly absence: Absence | null;
  readonly menu: unknown;
}

/** A recording as a line: play and pause, how loud it is along its length, where it is, how fast. */
export class AudioLine implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #unlisten: (() => void) | null = null;
  #waveform: readonly number[] | null = null;
  #drawn: string | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#unlisten = player.listen(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#unlisten?.();
    this.#unlisten = null;
  }

  render(line: AudioLineContent, words: Localizer): TemplateResult {
    const { track, absence, name, content } = line;
    const failure = absence ?? this.#failure(track, words);
    if (!track || failure) {
      return html`<div class="line recording">
        <span class="mark">${iconOf(ICON_PATHS[content.voice ? 'voice' : 'audio'])}</span>
        <span class="lines"
          ><span class="name"><bdi>${name}</bdi></span
          ><span class="facts why small muted">${failure?.sentence}</span></span
        >
        ${remedyView(failure?.remedy ?? null)}${line.menu}
      </div>`;
    }
    return html`<div class="line recording" role="group" aria-label=${name}>
      ${this.#renderPlay(track, words)}
      <div class="along">
        ${this.#renderTrack(track, content, words)}${this.#renderTime(track, content, words)}
      </div>
      ${this.#renderRate(words)}${line.menu}
    </div>`;
  }

  #failure(track: Track | null, words: Localizer): Absence | null {
    const state = track && player.stateOf(track);
    if (!track || (state !== 'lost' && state !== 'unplayable')) return null;
    const remedy = { text: words.t('common.try-again'), run: () => player.play(track) };
    return {
      sentence: words.t(state === 'lost' ? 'media.failed' : 'media.unplayable'),
      coming: false,
      remedy,
    };
  }

  #renderPlay(track: Track, words: Localizer): TemplateResult {
    const state = player.stateOf(track);
    const plays = state === 'playing' || state === 'loading';
    const label = words.t(plays ? 'media.pause' : 'media.play');
    const press = (): void => (plays ? player.pause() : player.play(track));
    return html`<button
      class=${state === 'loading' ? 'icon-button play loading' : 'icon-button play'}
      type="button"
      aria-label=${label}
      title=${label}
      @click=${press}
    >
      ${iconOf(ICON_PATHS[plays ? 'pause' : 'play'])}
    </button>`;
  }

  /** From left to right in every language, as on all players. */
  #renderTrack(track: Track, content: MediaContent, words: Localizer): TemplateResult {
    const duration = durationOf(track, content);
    const position = player.positionOf(track);
    const played = duration > 0 ? Math.min(1, position / duration) * 100 : 0;
    const spoken = words.t('media.position-of', {
      position: clockTime(words, position),
      duration: clockTime(words, duration),
    });
    return html`<div class="track" dir="ltr">
      ${this.#renderBars(track, content, played)}
      <input
        type="range"
        min="0"
        max=${duration}
        step=${duration > SHORT ? 1 : 0.1}
        .value=${String(position)}
        ?disabled=${duration <= 0}
        aria-label=${words.t('media.position')}
        aria-valuetext=${spoken}
        @input=${(event: Event) => player.seek(track, Number((event.target as HTMLInputElement).value))}
      />
    </div>`;
  }

  #renderBars(track: Track, content: MediaContent, played: number): TemplateResult {
    const waveform = this.#waveformOf(track, content);
    const clip = `clip-path:inset(0 ${100 - played}% 0 0)`;
    if (!waveform) return html`<span class="bar"></span><span class="bar played" .style=${clip}></span>`;
    const path = waveform.map((loud, i) => barOf(loud, i)).join('');
    const bars = (look: string, style: string | typeof nothing) =>
      html`<svg
        class=${look}
        .style=${style}
        viewBox=${`0 0 ${waveform.length * 3} 24`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        ${svg`<path d=${path} />`}
      </svg>`;
    return html`${bars('bars', '')}${bars('bars played', clip)}`;
  }

  #renderTime(track: Track, content: MediaContent, words: Localizer): TemplateResult {
    const position = player.positionOf(track);
    const shown = position > 0 ? position : durationOf(track, content);
    return html`<span class="time small muted numbers"
      >${content.voice ? iconOf(ICON_PATHS.voice, 14) : nothing}${shown > 0 ? clockTime(words, shown) : nothing}</span
    >`;
  }

  #renderRate(words: Localizer): TemplateResult {
    const rate = words.t('media.rate', { rate: player.rate });
    const next = RATES[(RATES.findIndex((one) => one === player.rate) + 1) % RATES.length] ?? 1;
    return html`<button
      class="button quiet small rate numbers"
      type="button"
      aria-label=${words.t('media.speed', { rate })}
      title=${words.t('media.speed', { rate })}
      @click=${() => player.setRate(next)}
    >
      ${rate}
    </button>`;
  }

  /** What WhatsApp told, else what is heard, once it has been played. */
  #waveformOf(track: Track, { waveform, bytes }: MediaContent): readonly number[] | null {
    if (waveform && waveform.length > 0) return inBars(waveform);
    const decoded = player.waveformOf(track);
    if (decoded) return inBars(decoded);
    if (player.stateOf(track) === 'playing' && this.#drawn !== track.media.id) void this.#draw(track, bytes);
    return this.#drawn === track.media.id ? this.#waveform : null;
  }

  async #draw(track: Track, bytes: number | null): Promise<void> {
    this.#drawn = track.media.id;
    this.#waveform = null;
    try {
      const { url } = await track.sources.fresh(track.media);
      const waveform = await waveformOf(url, bytes);
      if (this.#drawn !== track.media.id) return;
      this.#waveform = waveform;
      this.#host.requestUpdate();
    } catch {
      // It stays a plain bar.
    }
  }
}

function durationOf(track: Track, { duration }: MediaContent): number {
  const known = player.durationOf(track) ?? duration ?? 0;
  return known > 0 && known < Infinity ? known : 0;
}

/** In a box of 3 by 24. */
function barOf(loud: number, i: number): string {
  const high = Math.max(2, (loud / 100) * 24);
  return `M${i * 3} ${12 - high / 2}h2v${high}h-2z`;
}
