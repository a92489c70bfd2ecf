import { SoundDecoder } from '../../context/decoded-sound.js';
import type { DecodedSound } from '../../context/decoded-sound.js';
import type { MediaSources } from '../../context/media-sources.js';
import { alone } from '../../context/one-sound.js';
import type { MediaContent } from '../../model/index.js';

type MediaRef = NonNullable<MediaContent['media']>;

/** A recording of a workspace. */
export interface Track {
  readonly media: MediaRef;
  readonly sources: MediaSources;
  readonly mimeType: string | null;
}

/** idle: another one plays, or none. lost: the file could not be had. unplayable: this browser does not know the kind. */
export type Playing = 'idle' | 'loading' | 'playing' | 'paused' | 'lost' | 'unplayable';

/** What no browser plays: it is decoded without trying. */
const PLAYED_BY_NONE = /^audio\/(?:amr|amr-wb|3gpp-amr)(?:;|$)/i;
/** How much is to be heard before an address is asked for anew once more, in seconds. */
const GAIN = 1;
/** How long a recording may stand still that the browser finds fault with, in milliseconds. */
const PATIENCE = 1_000;

/**
 * What plays on this page: one recording at a time, which goes on when its message is scrolled out of sight or another conversation is opened. It stops when the
 * workspace is closed or another agent sits down, and for a video.
 */
class Player {
  readonly #listeners = new Set<() => void>();
  #audio: HTMLAudioElement | null = null;
  #track: Track | null = null;
  #playing: Playing = 'idle';
  /** Where to go on once it is loaded, in seconds. */
  #resumeAt: number | null = null;
  /** Where the address was asked for anew, in seconds, until more has been heard. */
  #renewedAt: number | null = null;
  #doubt = 0;
  #unwatch: (() => void) | null = null;
  #video: HTMLVideoElement | null = null;
  readonly #decoder = new SoundDecoder();
  /** What the browser would not play, decoded. */
  #decoded: DecodedSound | null = null;
  #loading: AbortController | null = null;
  readonly #giveWay = (): void => this.pause();
  #rate = 1;

  get rate(): number {
    return this.#rate;
  }

  /** @param listener Hears of every change. @returns What ends it. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stateOf(track: Track): Playing {
    return this.#is(track) ? this.#playing : 'idle';
  }

  /** In seconds. */
  positionOf(track: Track): number {
    return this.#is(track) ? (this.#resumeAt ?? this.#audio?.currentTime ?? 0) : 0;
  }

  /** In seconds; null until it is known. */
  durationOf(track: Track): number | null {
    const duration = this.#is(track) ? this.#audio?.duration : undefined;
    return duration !== undefined && Number.isFinite(duration) ? duration : null;
  }

  /** How loud it is along its length, from 0 to 100; null until that is known here. */
  waveformOf(track: Track): readonly number[] | null {
    return this.#is(track) ? (this.#decoded?.waveform ?? null) : null;
  }

  play(track: Track): void {
    const goesOn = this.#is(track) && this.#playing === 'paused' && this.#audio?.src;
    this.#video?.pause();
    if (goesOn) void this.#start();
    else void this.#load(track, this.#is(track) ? this.positionOf(track) : 0);
  }

  pause(): void {
    this.#audio?.pause();
    if (this.#playing !== 'loading') return;
    this.#loading?.abort();
    this.#set('paused');
  }

  /** @param at In seconds. One that does not play yet is loaded, and waits there. */
  seek(track: Track, at: number): void {
    if (this.#is(track) && this.#audio && this.#resumeAt === null) this.#audio.currentTime = at;
    else this.#take(track, at);
    this.#tell();
  }

  setRate(rate: number): void {
    this.#rate = rate;
    if (this.#audio) this.#audio.playbackRate = rate;
    this.#tell();
  }

  /** A video plays: nothing else does. */
  giveWay(video: HTMLVideoElement): void {
    if (this.#video !== video) this.#video?.pause();
    this.#video = video;
    this.pause();
  }

  stop(): void {
    this.#unwatch?.();
    this.#unwatch = null;
    clearTimeout(this.#doubt);
    this.#loading?.abort();
    this.#decoded = null;
    this.#track = null;
    this.#playing = 'idle';
    this.#resumeAt = null;
    this.#audio?.pause();
    this.#audio?.removeAttribute('src');
    this.#audio?.load();
    this.#tell();
  }

  #is({ media, sources }: Track): boolean {
    return this.#track?.media.id === media.id && this.#track.sources === sources;
  }

  /** Makes it the one that plays, without a sound yet. */
  #take(track: Track, at: number): void {
    if (!this.#is(track)) {
      this.stop();
      this.#renewedAt = null;
      this.#unwatch = track.sources.watch(() => this.stop());
    }
    this.#track = track;
    this.#resumeAt = at;
    if (this.#playing === 'idle') this.#playing = 'paused';
  }

  async #load(track: Track, at: number): Promise<void> {
    this.#take(track, at);
    const { signal } = this.#begin();
    try {
      if (PLAYED_BY_NONE.test(track.mimeType ?? '')) return await this.#decode(track, at);
      const { url } = await track.sources.fresh(track.media);
      if (!signal.aborted) await this.#start(url);
    } catch {
      if (!signal.aborted) this.#set('lost');
    }
  }

  /** What the browser does not play; nor what nobody here decodes. */
  async #decode(track: Track, at: number): Promise<void> {
    this.#resumeAt = at;
    const { signal } = this.#begin();
    try {
      const decoded = await this.#decoder.decode(track.media, track.sources, signal);
      if (signal.aborted) return;
      this.#decoded = decoded;
      if (decoded) await this.#start(decoded.url);
      else this.#set('unplayable');
    } catch {
      if (!signal.aborted) this.#set('lost');
    }
  }

  /** What was being loaded is not wanted any more. */
  #begin(): AbortController {
    this.#loading?.abort();
    this.#loading = new AbortController();
    this.#set('loading');
    return this.#loading;
  }

  /** @param url Where it is; without one it goes on. */
  async #start(url?: string): Promise<void> {
    const audio = this.#element();
    if (url !== undefined) audio.src = url;
    audio.defaultPlaybackRate = audio.playbackRate = this.#rate;
    alone(this.#giveWay);
    try {
      await audio.play();
    } catch (error) {
      // The browser wants another press, or something else plays already; what is wrong with the file tells itself.
      if (!audio.error && error instanceof DOMException && error.name === 'NotAllowedError')
        this.#set('paused');
    }
  }

  #element(): HTMLAudioElement {
    if (this.#audio) return this.#audio;
    const audio = new Audio();
    audio.preload = 'auto';
    audio.addEventListener('loadedmetadata', () => this.#resume(audio));
    audio.addEventListener('playing', () => this.#set('playing'));
    audio.addEventListener('pause', () => {
      if (this.#playing === 'playing') this.#set('paused');
    });
    audio.addEventListener('timeupdate', () => this.#onTime());
    audio.addEventListener('durationchange', () => this.#tell());
    audio.addEventListener('ended', () => this.stop());
    audio.addEventListener('error', () => this.#onError(audio));
    this.#audio = audio;
    return audio;
  }

  #resume(audio: HTMLAudioElement): void {
    const at = this.#resumeAt;
    this.#resumeAt = null;
    if (at) audio.currentTime = at;
    this.#tell();
  }

  #onTime(): void {
    if (this.#renewedAt !== null && (this.#audio?.currentTime ?? 0) > this.#renewedAt + GAIN)
      this.#renewedAt = null;
    this.#tell();
  }

  /** The address may have ended in the middle: another one goes on where it was. */
  #onError(audio: HTMLAudioElement): void {
    const track = this.#track;
    if (!track || !audio.hasAttribute('src')) return;
    const at = this.positionOf(track);
    if (audio.error?.code === MediaError.MEDIA_ERR_DECODE) {
      this.#wonder(audio);
      return;
    }
    if (this.#renewedAt === null) {
      this.#renewedAt = at;
      track.sources.renew(track.media);
      void this.#load(track, at);
      return;
    }
    this.#resumeAt = at;
    if (audio.error?.code === MediaError.MEDIA_ERR_NETWORK) this.#set('lost');
    else this.#onUnplayable(at);
  }

  /** Firefox says so too where there is nothing to hear it with, and plays on in silence. */
  #wonder(audio: HTMLAudioElement): void {
    const { currentTime: at } = audio;
    clearTimeout(this.#doubt);
    this.#doubt = window.setTimeout(() => {
      const isStuck = this.#playing === 'playing' || this.#playing === 'loading';
      if (audio.currentTime === at && isStuck) this.#onUnplayable(at);
    }, PATIENCE);
  }

  #onUnplayable(at: number): void {
    if (this.#track && !this.#decoded) void this.#decode(this.#track, at);
    else this.#set('unplayable');
  }

  #set(playing: Playing): void {
    this.#playing = playing;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

export const player = new Player();
