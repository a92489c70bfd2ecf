import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Connected, StreamController } from '../../context/index.js';
import { conversationWords } from '../../i18n/conversation-words.js';
import { mediaWords } from '../../i18n/media-words.js';
import type { MediaContent } from '../../model/index.js';
import {
  adoptStyles,
  asFlag,
  asNumber,
  asObject,
  coerce,
  controlStyles,
  FocusHome,
  iconOf,
  LazyPart,
  Menu,
  moreIcon,
  popoverStyles,
  WhatsAppElement,
} from '../base/index.js';
import type { MenuItem } from '../base/index.js';
import { documentView, nameOf } from './document-view.js';
import { isPdf, savedName } from './file-name.js';
import { absenceOf, absenceOfSource, absenceView, loadingView } from './file-view.js';
import type { Absence } from './file-view.js';
import { ICON_PATHS } from './icon-paths.js';
import { ASKING, mediaSources } from '../../context/media-sources.js';
import type { MediaSources, SourceState } from '../../context/media-sources.js';
import { pictureView } from './picture-view.js';
import type { PhotoViewer } from './photo-viewer.js';
import { openFile, saveFile } from './save.js';
import { PhotosRequestEvent } from '../whatsapp-message/photos-request.js';
import type { Photo } from '../whatsapp-message/photos-request.js';
import { mediaStyles } from './whatsapp-media.styles.js';

/** A picture of more pixels is not decoded unasked: it would take gigabytes. */
const MOST_PIXELS = 100_000_000;

/**
 * The file of a message: a photo, a sticker or a video, a recording or a document as a line. It fills the place that it is given, which is the same before the file is there and when it
 * never comes. Files are only ever shown by `img`, `video`, `audio` and links, and only from addresses that the contact centre gave.
 *
 * @summary A file of a message.
 * @csspart button - The button of what can be done with the file.
 * @csspart menu - The menu of what can be done with the file.
 */
export class WhatsAppMedia extends Connected(WhatsAppElement) {
  static override styles = [WhatsAppElement.styles, controlStyles, popoverStyles, mediaStyles];

  static override readonly words = [conversationWords, mediaWords];

  /** What the message says of the file. */
  @coerce(asObject('the content of a message with a file', { kind: 'string', status: 'string' }))
  @property({ attribute: false })
  content: MediaContent | null = null;

  /** When the message came, in milliseconds since the epoch: files without a name are named by it. */
  @coerce(asNumber(0))
  @property({ type: Number })
  at = 0;

  /** A video has been started here: the browser's own controls lie over it. */
  @coerce(asFlag)
  @property({ type: Boolean, reflect: true })
  started = false;

  /** The address that a picture has been shown from, */
  @state() private shown: string | null = null;
  /** and one that none could be shown from. */
  @state() private broken: string | null = null;
  /** The agent wants a picture that is too large to be shown unasked. */
  @state() private wanted = false;
  /** Something that was asked for could not be done. */
  @state() private failed = false;

  readonly #source = new StreamController<SourceState>(
    this,
    () => (this.#media && this.#isSeen ? (this.#sources?.source$(this.#media) ?? null) : null),
    ASKING,
  );
  readonly #audio = new LazyPart(this, async () => {
    const { AudioLine: Line, audioStyles } = await import('./audio-line.js');
    adoptStyles(this, audioStyles);
    return new Line(this);
  });
  readonly #video = new LazyPart(this, async () => {
    const { VideoView: View, videoStyles } = await import('./video-view.js');
    adoptStyles(this, videoStyles);
    return new View(this, {
      broken: (url) => this.#onBroken(url),
      started: () => (this.started = true),
    });
  });
  readonly #viewer = new LazyPart(this, async () => {
    const { PhotoViewer: Viewer, dialogStyles, viewerStyles } = await import('./photo-viewer.js');
    adoptStyles(this, dialogStyles);
    adoptStyles(this, viewerStyles);
    return new Viewer(this, {
      sources: () => this.#sources,
      words: () => this.localize.localizer,
      save: (photo) => void this.#save(photo),
    });
  });
  /** Once a photo has been opened. */
  #photos: PhotoViewer | null = null;
  readonly #menu = new Menu(this, 'actions', () => this.localize.direction);
  /** Whether an address that led nowhere was asked for anew already. */
  #renewed = false;

  constructor() {
    super();
    new FocusHome(this, () => this.renderRoot.querySelectorAll<HTMLElement>('button'));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('content');
    if (!before || before.media?.id === this.content?.media?.id) return;
    this.shown = this.broken = null;
    this.wanted = this.failed = this.started = this.#renewed = false;
    if (before.kind === 'video') this.#video.value?.forget();
  }

  override render(): TemplateResult | typeof nothing {
    const { content } = this;
    if (!content) return nothing;
    return html`<div
      class="file ${content.kind}"
      dir=${this.localize.direction}
      lang=${this.localize.lang}
      @contextmenu=${this.#onContextMenu}
      @keydown=${this.#photos?.onKeyDown}
    >
      ${this.#renderKind(content)} ${this.#photos?.render()}
    </div>`;
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    const result = await super.getUpdateComplete();
    const loading = this.#audio.loading ?? this.#video.loading;
    if (!loading) return result;
    await loading;
    return super.getUpdateComplete();
  }

  #renderKind(content: MediaContent): TemplateResult | typeof nothing {
    if (this.#isSeen) return this.#renderPicture(content);
    return content.kind === 'audio' ? this.#renderAudio(content) : this.#renderDocument(content);
  }

  #renderAudio(content: MediaContent): TemplateResult | typeof nothing {
    const words = this.localize.localizer;
    const [media, sources] = [this.#media, this.#sources];
    const line = {
      content,
      name: nameOf(content, words),
      track: media && sources ? { media, sources, mimeType: content.mimeType } : null,
      absence: this.#absence(content),
      menu: this.#renderMenu(content),
    };
    return this.#audio.value?.render(line, words) ?? nothing;
  }

  #renderPicture(content: MediaContent): TemplateResult {
    const words = this.localize.localizer;
    const absence = this.#absence(content) ?? this.#absenceOfPicture(content);
    const name = words.t(`content.${content.kind}`);
    const { value } = this.#source;
    const mark = content.kind === 'sticker' || content.kind === 'video' ? content.kind : 'image';
    if (absence) return html`${absenceView(absence, name, mark)}${this.#renderMenu(content)}`;
    if (value.at !== 'here') return loadingView(words.t('media.loading', { name }));
    const { url } = value.source;
    if (content.kind === 'video') {
      const video = this.#video.value?.render(url, content, words);
      return html`${video ?? loadingView(words.t('media.loading', { name }))}${this.#renderMenu(content)}`;
    }
    const picture = {
      url,
      name,
      loaded: this.shown === url,
      onLoad: () => (this.shown = url),
      onError: () => this.#onBroken(url),
      open: content.kind === 'image' ? (event: Event) => void this.#openPhotos(event) : null,
    };
    return html`${pictureView(picture, words)}${this.#renderMenu(content)}`;
  }

  #renderDocument(content: MediaContent): TemplateResult {
    const use = (): void => void (isPdf(content) ? this.#open() : this.#save());
    const absence = this.#absence(content);
    return documentView({ content, absence, use, menu: this.#renderMenu(content) }, this.localize.localizer);
  }

  #renderMenu(content: MediaContent): TemplateResult | typeof nothing {
    if (!this.#media || !this.workspace) return nothing;
    const label = this.localize.t('media.actions', { name: nameOf(content, this.localize.localizer) });
    const button = { label, content: moreIcon('more', 16), look: 'button quiet more', part: 'button' };
    return this.#menu.render(button, this.#actions(content));
  }

  #actions(content: MediaContent): readonly MenuItem[] {
    const save = {
      key: 'save',
      text: this.localize.t('media.save'),
      mark: iconOf(ICON_PATHS.save, 16),
      run: () => void this.#save(),
    };
    if (!isPdf(content)) return [save];
    const open = {
      key: 'open',
      text: this.localize.t('media.open'),
      mark: iconOf(ICON_PATHS.open, 16),
      run: () => void this.#open(),
    };
    return [open, save];
  }

  /** Why the file is not there, or could not be had when it was asked for. */
  #absence(content: MediaContent): Absence | null {
    const words = this.localize.localizer;
    const known = absenceOf(content, this.workspace !== null, words);
    if (known || !this.failed) return known;
    return absenceOfSource({ at: 'failed', why: 'lost' }, () => (this.failed = false), words);
  }

  #absenceOfPicture({ width, height }: MediaContent): Absence | null {
    const words = this.localize.localizer;
    if (!this.wanted && width && height && width * height > MOST_PIXELS) {
      const show = { text: words.t('media.show'), run: () => (this.wanted = true) };
      return { sentence: words.t('media.large', { width, height }), coming: false, remedy: show };
    }
    const { value } = this.#source;
    if (value.at !== 'here' || value.source.url !== this.broken)
      return absenceOfSource(value, () => this.#again(), words);
    const remedy = { text: words.t('common.try-again'), run: () => this.#again() };
    return { sentence: words.t('media.unreadable'), coming: false, remedy };
  }

  /** Whether it is looked at in its place. */
  get #isSeen(): boolean {
    const kind = this.content?.kind;
    return kind === 'image' || kind === 'sticker' || kind === 'video';
  }

  get #media(): MediaContent['media'] {
    const { content } = this;
    return content?.status === 'stored' ? content.media : null;
  }

  get #sources(): MediaSources | null {
    return this.workspace && mediaSources(this.workspace);
  }

  #again(): void {
    this.broken = null;
    if (this.#media) this.#sources?.renew(this.#media);
  }

  /** The address may have ended meanwhile. */
  #onBroken(url: string): void {
    this.broken = url;
    if (this.#renewed || !this.#media) return;
    this.#renewed = true;
    this.#sources?.renew(this.#media);
  }

  async #openPhotos(event: Event): Promise<void> {
    const { content, at } = this;
    // A rendering on the way takes the target from the event.
    const opener = event.currentTarget as HTMLElement;
    const request = new PhotosRequestEvent();
    this.dispatchEvent(request);
    const found = request.photos.findIndex((photo) => photo.content === content);
    this.#photos = this.#viewer.value;
    await this.#viewer.loading;
    this.#photos = this.#viewer.value;
    if (!content) return;
    if (found < 0) this.#photos?.open([{ content, at }], 0, opener);
    else this.#photos?.open(request.photos, found, opener);
  }

  async #save(photo?: Photo): Promise<void> {
    const { content = this.content, at = this.at } = photo ?? {};
    if (content) await this.#withSource(content.media, (source) => saveFile(source, savedName(content, at)));
  }

  async #open(): Promise<void> {
    await this.#withSource(this.#media, openFile);
  }

  async #withSource(
    media: MediaContent['media'],
    use: (source: Awaited<ReturnType<MediaSources['fresh']>>) => void,
  ): Promise<void> {
    if (!media) return;
    try {
      const source = await this.#sources?.fresh(media);
      if (source) use(source);
    } catch {
      this.failed = true;
    }
  }

  readonly #onContextMenu = (event: Event): void => {
    const button = this.renderRoot.querySelector<HTMLElement>('.more');
    if (!button) return;
    event.preventDefault();
    if (!this.#menu.isOpen) button.click();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'whatsapp-media': WhatsAppMedia;
  }
}
