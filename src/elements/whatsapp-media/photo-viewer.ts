import { html, nothing } from 'lit';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import { StreamController } from '../../context/index.js';
import { ASKING } from '../../context/media-sources.js';
import type { MediaSources, SourceState } from '../../context/media-sources.js';
import type { Localizer } from '../../i18n/index.js';
import { Dialog } from '../base/dialog.js';
import { iconOf, moreIcon } from '../base/index.js';
import type { PopoverHost } from '../base/index.js';
import { absenceOfSource, absenceView, loadingView } from './file-view.js';
import { ICON_PATHS } from './icon-paths.js';
import type { Photo } from '../whatsapp-message/photos-request.js';

export { dialogStyles } from '../base/dialog.styles.js';
export { viewerStyles } from './photo-viewer.styles.js';

/** How much larger than the dialog a picture may be. */
const ZOOMS = [1, 1.5, 2, 3, 5] as const;

interface ViewerOptions {
  readonly sources: () => MediaSources | null;
  readonly words: () => Localizer;
  readonly save: (photo: Photo) => void;
}

/** The photos of a conversation over the page, one at a time, as large as there is room, and larger. Loaded with the first that is opened. */
export class PhotoViewer {
  readonly #host: ReactiveControllerHost & PopoverHost;
  readonly #options: ViewerOptions;
  readonly #dialog: Dialog;
  readonly #source: StreamController<SourceState>;
  #photos: readonly Photo[] = [];
  #index = 0;
  #zoom = 0;
  #loaded: string | null = null;
  #broken: string | null = null;

  constructor(host: ReactiveControllerHost & PopoverHost, options: ViewerOptions) {
    this.#host = host;
    this.#options = options;
    this.#dialog = new Dialog(host, 'photo-viewer');
    this.#source = new StreamController<SourceState>(
      host,
      () => {
        const media = this.#dialog.isOpen ? this.#photo?.content.media : null;
        return media ? (options.sources()?.source$(media) ?? null) : null;
      },
      ASKING,
    );
  }

  get isOpen(): boolean {
    return this.#dialog.isOpen;
  }

  /** @param opener What gets the focus back. */
  open(photos: readonly Photo[], index: number, opener: HTMLElement | null): void {
    this.#photos = photos;
    this.#show(index);
    this.#dialog.open(opener);
  }

  render(): TemplateResult {
    const words = this.#options.words();
    const [index, count] = [this.#index + 1, this.#photos.length];
    return this.#dialog.render({
      label: count > 1 ? words.t('media.viewer-of', { index, count }) : words.t('media.viewer'),
      close: words.t('common.close'),
      content: this.#dialog.isOpen ? this.#renderInside(words) : nothing,
    });
  }

  /** Keys anywhere in the dialog. Its Escape is its own. */
  readonly onKeyDown = (event: KeyboardEvent): void => {
    if (!this.isOpen || event.defaultPrevented) return;
    // What is under the dialog must not scroll.
    event.stopPropagation();
    const forward = this.#options.words().direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const back = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const acts: Readonly<Record<string, () => void>> = {
      [forward]: () => this.#show(this.#index + 1),
      [back]: () => this.#show(this.#index - 1),
      Home: () => this.#show(0),
      End: () => this.#show(this.#photos.length - 1),
      '+': () => this.#magnify(1),
      '=': () => this.#magnify(1),
      '-': () => this.#magnify(-1),
      '0': () => this.#magnify(-ZOOMS.length),
    };
    const act = acts[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };

  get #photo(): Photo | null {
    return this.#photos[this.#index] ?? null;
  }

  #renderInside(words: Localizer): TemplateResult {
    const several = this.#photos.length > 1;
    return html`<div class="viewport" tabindex="-1">${this.#renderPicture(words)}</div>
      <div class="tools">
        ${several ? this.#renderStep(-1, words.t('media.previous')) : nothing}
        <button
          class="icon-button"
          type="button"
          aria-label=${words.t('media.zoom-out')}
          title=${words.t('media.zoom-out')}
          ?disabled=${this.#zoom === 0}
          @click=${() => this.#magnify(-1)}
        >
          ${iconOf(ICON_PATHS['zoom-out'])}
        </button>
        <button
          class="icon-button"
          type="button"
          aria-label=${words.t('media.zoom-in')}
          title=${words.t('media.zoom-in')}
          ?disabled=${this.#zoom === ZOOMS.length - 1}
          @click=${() => this.#magnify(1)}
        >
          ${iconOf(ICON_PATHS['zoom-in'])}
        </button>
        <button
          class="icon-button"
          type="button"
          aria-label=${words.t('media.save')}
          title=${words.t('media.save')}
          @click=${() => this.#photo && this.#options.save(this.#photo)}
        >
          ${iconOf(ICON_PATHS.save)}
        </button>
        ${several ? this.#renderStep(1, words.t('media.next')) : nothing}
      </div>`;
  }

  #renderStep(by: 1 | -1, label: string): TemplateResult {
    const to = this.#index + by;
    return html`<button
      class=${by < 0 ? 'icon-button back' : 'icon-button on'}
      type="button"
      aria-label=${label}
      title=${label}
      ?disabled=${to < 0 || to >= this.#photos.length}
      @click=${() => this.#show(to)}
    >
      ${moreIcon('chevron-end')}
    </button>`;
  }

  #renderPicture(words: Localizer): TemplateResult {
    const { value } = this.#source;
    const name = words.t('content.image');
    const media = this.#photo?.content.media;
    const again = (): void => {
      this.#broken = null;
      if (media) this.#options.sources()?.renew(media);
    };
    const absence = absenceOfSource(value, again, words);
    if (absence) return absenceView(absence, name, 'image');
    if (value.at !== 'here') return loadingView(words.t('media.loading', { name }));
    const { url } = value.source;
    if (url === this.#broken) {
      const remedy = { text: words.t('common.try-again'), run: again };
      return absenceView({ sentence: words.t('media.unreadable'), coming: false, remedy }, name, 'image');
    }
    return html`${this.#loaded === url ? nothing : loadingView(words.t('media.loading', { name }))}
      <img
        class="large"
        src=${url}
        alt=${this.#photo?.content.caption ?? name}
        decoding="async"
        referrerpolicy="no-referrer"
        .style=${`inline-size:${(ZOOMS[this.#zoom] ?? 1) * 100}%;block-size:${(ZOOMS[this.#zoom] ?? 1) * 100}%`}
        @load=${() => this.#take(() => (this.#loaded = url))}
        @error=${() => this.#take(() => (this.#broken = url))}
      />`;
  }

  #take(change: () => void): void {
    change();
    this.#host.requestUpdate();
  }

  #show(index: number): void {
    if (index < 0 || index >= this.#photos.length) return;
    this.#index = index;
    this.#zoom = 0;
    this.#host.requestUpdate();
  }

  #magnify(steps: number): void {
    this.#zoom = Math.max(0, Math.min(ZOOMS.length - 1, this.#zoom + steps));
    this.#host.requestUpdate();
  }
}
