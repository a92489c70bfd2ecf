import { html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { voiceWords } from '../../i18n/voice-words.js';
import {
  announce,
  asObject,
  coerce,
  controlStyles,
  FocusHome,
  icon,
  iconOf,
  WhatsAppElement,
} from '../base/index.js';
import { clockTime } from '../base/clock-time.js';
import type { ComposerVoice, VoiceRecording, VoiceRefusal } from './composer-voice.js';
import { ICON_PATHS } from './icon-paths.js';
import { Listening } from './listening.js';
import { barsPath, Loudness } from './loudness.js';
import { RecordingEndEvent } from './voice-recorder.events.js';
import { voiceRecorderStyles } from './voice-recorder.styles.js';

/** WhatsApp shows longer ones as files, in seconds. */
const LONGEST = 240;
/** How often it is looked at how loud it is, in milliseconds. */
const LOOK = 100;

type At = 'asking' | 'recording' | 'paused' | 'saving' | 'broken';

/**
 * Records a voice note from the moment it is on the page: how loud, how long, pause and go on, listen, discard, send. Escape, and whatever takes it from the page (another
 * conversation, the end of the service window), keep what was said as a file of the draft; only *Discard* throws it away. At four minutes it pauses.
 *
 * @summary Records a voice note in the place of the composer's text.
 * @fires {RecordingEndEvent} recording-end - It was sent, kept or discarded, or never began.
 * @csspart discard-button - The button that throws it away.
 * @csspart pause-button - The button that pauses and goes on.
 * @csspart listen-button - The button that plays what there is, while it is paused.
 * @csspart send-button - The button that sends.
 */
export class VoiceRecorder extends WhatsAppElement {
  static override styles = [WhatsAppElement.styles, controlStyles, voiceRecorderStyles];

  static override readonly words = [voiceWords];

  /** How it is recorded, and what becomes of it. */
  @coerce(asObject('how voice notes are recorded', { record: 'function', keep: 'function' }))
  @property({ attribute: false })
  voice: ComposerVoice | null = null;

  @state() private at: At = 'asking';
  @state() private refusal: VoiceRefusal | null = null;

  readonly #loudness = new Loudness();
  readonly #listening = new Listening(() => this.requestUpdate());
  #recording: VoiceRecording | null = null;
  /** Where the recording belongs, whatever is set meanwhile. */
  #home: ComposerVoice | null = null;
  #timer = 0;
  /** Recordings that are waited for are those of the last try. */
  #tries = 0;

  constructor() {
    super();
    new FocusHome(this, () => this.renderRoot.querySelectorAll<HTMLElement>('[data-first], .send'));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('pagehide', this.#onPageHide);
    addEventListener('beforeunload', this.#onBeforeUnload);
    // It was moved.
    if (this.hasUpdated && this.at === 'asking') void this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pagehide', this.#onPageHide);
    removeEventListener('beforeunload', this.#onBeforeUnload);
    this.#tries++;
    void this.#finish(false);
  }

  protected override firstUpdated(): void {
    void this.#begin();
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('[data-first]')?.focus(options);
  }

  override render(): TemplateResult {
    return html`<div
      class="recorder"
      role="group"
      aria-label=${this.localize.t('voice.label')}
      aria-describedby="keys"
      dir=${this.localize.direction}
      lang=${this.localize.lang}
      @keydown=${this.#onKeydown}
    >
      ${this.refusal ? this.#renderRefusal(this.refusal) : this.#renderRecording()}
    </div>`;
  }

  #renderRecording(): TemplateResult {
    if (this.at === 'asking') return this.#renderSentence(this.localize.t('voice.asking'), null);
    if (this.at === 'broken') {
      return this.#renderSentence(this.localize.t('voice.broken'), () => void this.#finish(false));
    }
    const isSaving = this.at === 'saving';
    return html`<div class="line">
        ${this.#renderButton('discard', 'discard', () => this.#discard(), isSaving)}
        ${this.at === 'paused' ? this.#renderListen() : html`<span class="mark" aria-hidden="true"></span>`}
        ${this.#renderBars()}
        <span class="time small numbers" role="timer">${this.#time}</span>
        ${this.#renderPause(isSaving)}
        <button
          class="icon-button primary send"
          part="send-button"
          type="button"
          aria-label=${this.localize.t('voice.send')}
          title=${this.localize.t('voice.send')}
          ?disabled=${isSaving}
          @click=${() => void this.#finish(true)}
        >
          ${iconOf(ICON_PATHS.send, 18)}
        </button>
      </div>
      ${this.#isFull ? html`<p class="why small muted" role="status">${this.localize.t('voice.full')}</p>` : nothing}
      <p class="visually-hidden" id="keys">${this.localize.t('voice.keys')}</p>`;
  }

  #renderPause(isSaving: boolean): TemplateResult {
    return this.at === 'paused'
      ? this.#renderButton('resume', 'resume', () => this.#resume(), this.#isFull, 'pause-button', true)
      : this.#renderButton('pause', 'pause', () => this.#pause(), isSaving, 'pause-button', true);
  }

  #renderListen(): TemplateResult {
    const { isPlaying } = this.#listening;
    const press = (): void => (isPlaying ? this.#listening.pause() : void this.#listen());
    return this.#renderButton(
      isPlaying ? 'quiet' : 'listen',
      isPlaying ? 'pause' : 'play',
      press,
      false,
      'listen-button',
    );
  }

  #renderButton(
    word: 'discard' | 'pause' | 'resume' | 'listen' | 'quiet',
    mark: keyof typeof ICON_PATHS,
    press: () => void,
    disabled: boolean,
    part = `${word}-button`,
    isFirst = false,
  ): TemplateResult {
    const name = this.localize.t(`voice.${word}`);
    return html`<button
      class="icon-button"
      part=${part}
      type="button"
      aria-label=${name}
      title=${name}
      ?data-first=${isFirst}
      ?disabled=${disabled}
      @click=${press}
    >
      ${iconOf(ICON_PATHS[mark], 18)}
    </button>`;
  }

  /** From left to right in every language, as on all players; the newest at its end. */
  #renderBars(): TemplateResult {
    const bars = this.at === 'recording' ? this.#loudness.latest() : this.#loudness.whole();
    const played = this.at === 'paused' ? this.#listening.position / (this.#recording?.elapsed || 1) : 0;
    const shape = svg`<path d=${barsPath(bars)} />`;
    const clip = `clip-path:inset(0 ${100 - Math.min(1, played) * 100}% 0 0)`;
    const bar = (look: string, style: string): TemplateResult =>
      html`<svg class=${look} .style=${style} viewBox="0 0 ${bars.length * 3} 24" preserveAspectRatio="none">
        ${shape}
      </svg>`;
    return html`<span class="bars" dir="ltr" aria-hidden="true"
      >${bar('all', '')}${played > 0 ? bar('played', clip) : nothing}</span
    >`;
  }

  #renderRefusal(refusal: VoiceRefusal): TemplateResult {
    const helps = refusal !== 'unsupported' && refusal !== 'insecure';
    return this.#renderSentence(
      this.localize.t(`voice.refused.${refusal}`),
      helps ? () => void this.#begin() : null,
    );
  }

  #renderSentence(sentence: string, again: (() => void) | null): TemplateResult {
    const close = this.localize.t('common.close');
    return html`<div class="line sentence">
      ${icon(this.at === 'asking' && !this.refusal ? 'message' : 'alert-circle', 16)}
      <p role=${this.refusal ? 'alert' : 'status'}>${sentence}</p>
      ${
        again
          ? html`<button class="button small" type="button" data-first @click=${again}>
              ${this.localize.t('common.try-again')}
            </button>`
          : nothing
      }
      <button
        class="icon-button"
        type="button"
        aria-label=${close}
        title=${close}
        ?data-first=${!again}
        @click=${() => this.#discard()}
      >
        ${icon('close')}
      </button>
    </div>`;
  }

  get #time(): string {
    const { isPlaying, position } = this.#listening;
    return clockTime(this.localize.localizer, isPlaying ? position : (this.#recording?.elapsed ?? 0));
  }

  get #isFull(): boolean {
    return (this.#recording?.elapsed ?? 0) >= LONGEST;
  }

  async #begin(): Promise<void> {
    if (!this.isConnected) return;
    const { voice } = this;
    const mine = ++this.#tries;
    this.at = 'asking';
    this.refusal = null;
    this.#loudness.clear();
    const begun = voice ? await voice.record().catch(() => 'unloaded' as const) : 'unsupported';
    if (mine !== this.#tries) {
      if (typeof begun !== 'string') begun.discard();
      return;
    }
    if (typeof begun === 'string') this.refusal = begun;
    else {
      this.#recording = begun;
      this.#home = voice;
      this.at = begun.isPaused ? 'paused' : 'recording';
      this.#timer = window.setInterval(() => this.#look(), LOOK);
      announce(this.localize.t('voice.recording'), this.localize);
    }
    await this.updateComplete;
    this.focus();
  }

  #look(): void {
    const recording = this.#recording;
    if (!recording) return;
    if (this.#isFull) recording.pause();
    // It may be paused by what it is recorded with.
    if (recording.isPaused && this.at === 'recording') this.at = 'paused';
    if (!recording.isPaused) this.#loudness.add(recording.level);
    this.requestUpdate();
  }

  #pause(): void {
    this.#recording?.pause();
    this.at = 'paused';
    announce(this.localize.t('voice.paused'), this.localize);
  }

  #resume(): void {
    this.#listening.stop();
    if (this.#recording?.resume()) this.at = 'recording';
    else this.refusal = 'absent';
  }

  async #listen(): Promise<void> {
    const recording = this.#recording;
    if (recording) await this.#listening.play(() => recording.soFar());
  }

  #discard(): void {
    this.#tries++;
    this.#recording?.discard();
    this.#forget();
    this.dispatchEvent(new RecordingEndEvent(false));
  }

  /** Also when it is on the page no more: what was said is kept. */
  async #finish(send: boolean): Promise<void> {
    const [recording, home] = [this.#recording, this.#home];
    if (!recording || !home || this.at === 'saving') return;
    this.at = 'saving';
    this.#listening.stop();
    clearInterval(this.#timer);
    try {
      home.keep(await recording.finish(), send);
    } catch {
      this.at = 'broken';
      return;
    }
    this.#forget();
    if (!send) announce(this.localize.t('voice.kept'), this.localize);
    this.dispatchEvent(new RecordingEndEvent(true));
  }

  #forget(): void {
    clearInterval(this.#timer);
    this.#listening.stop();
    this.#recording = this.#home = null;
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (this.#recording && this.at !== 'broken') void this.#finish(false);
    else this.#discard();
  };

  readonly #onPageHide = (): void => void this.#finish(false);

  /** The browser asks whether the page is to be left. */
  readonly #onBeforeUnload = (event: BeforeUnloadEvent): void => {
    if (this.#recording) event.preventDefault();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'voice-recorder': VoiceRecorder;
  }
}
