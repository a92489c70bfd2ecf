import { html, nothing } from 'lit';
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { MediaContent } from '../../model/index.js';
import { iconOf } from '../base/index.js';
import { clockTime } from '../base/clock-time.js';
import { ICON_PATHS } from './icon-paths.js';
import { player } from './player.js';

export { videoStyles } from './video-view.styles.js';

type Host = ReactiveControllerHost & HTMLElement;

/** A video in its place: its first picture with how long it is, then the browser's own controls. Loaded with the first video. */
export class VideoView implements ReactiveController {
  readonly #host: Host;
  readonly #onBroken: (url: string) => void;
  readonly #onStart: () => void;
  #started = false;
  #duration: number | null = null;
  /** Where to go on with another address, in seconds. */
  #resumeAt = 0;

  constructor(host: Host, told: { readonly broken: (url: string) => void; readonly started: () => void }) {
    this.#host = host;
    this.#onBroken = told.broken;
    this.#onStart = told.started;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#video?.pause();
  }

  /** Another video. */
  forget(): void {
    this.#started = false;
    this.#duration = null;
    this.#resumeAt = 0;
  }

  render(url: string, content: MediaContent, words: Localizer): TemplateResult {
    const duration = this.#duration ?? content.duration;
    // The first picture shows only where something was looked for.
    return html`<video
        class="picture"
        src=${this.#started ? url : `${url}#t=0.001`}
        preload="metadata"
        playsinline
        controlslist="nodownload"
        ?controls=${this.#started}
        aria-label=${words.t('content.video')}
        @loadedmetadata=${this.#onMetadata}
        @play=${this.#onPlay}
        @error=${() => this.#onError(url)}
      ></video>
      ${
        this.#started
          ? nothing
          : html`<button
                class="start"
                type="button"
                aria-label=${words.t('media.play')}
                title=${words.t('media.play')}
                @click=${this.#play}
              >
                <span class="disc">${iconOf(ICON_PATHS.play, 24)}</span>
              </button>
              ${duration !== null && duration > 0 && duration < Infinity ? html`<span class="length numbers">${clockTime(words, duration)}</span>` : nothing}`
      }`;
  }

  get #video(): HTMLVideoElement | null {
    return this.#host.shadowRoot?.querySelector('video') ?? null;
  }

  readonly #play = (): void => {
    void this.#start();
  };

  async #start(): Promise<void> {
    const video = this.#video;
    if (!video) return;
    video.focus();
    try {
      await video.play();
    } catch {
      // What is wrong with the file tells itself; a browser that wants another press gets one.
    }
  }

  readonly #onPlay = (event: Event): void => {
    player.giveWay(event.target as HTMLVideoElement);
    if (this.#started) return;
    this.#started = true;
    this.#resumeAt = 0;
    this.#onStart();
    this.#host.requestUpdate();
  };

  readonly #onMetadata = (event: Event): void => {
    const video = event.target as HTMLVideoElement;
    this.#duration = video.duration;
    if (this.#resumeAt > 0) {
      video.currentTime = this.#resumeAt;
      this.#resumeAt = 0;
      void this.#start();
    }
    this.#host.requestUpdate();
  };

  #onError(url: string): void {
    const video = this.#video;
    if (this.#started && video) this.#resumeAt = video.currentTime;
    this.#onBroken(url);
  }
}
