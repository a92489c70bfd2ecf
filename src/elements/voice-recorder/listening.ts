/** Plays what was recorded so far. */
export class Listening {
  readonly #changed: () => void;
  #audio: HTMLAudioElement | null = null;

  /** @param changed Hears of every change. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get isPlaying(): boolean {
    return this.#audio !== null && !this.#audio.paused;
  }

  /** In seconds. */
  get position(): number {
    return this.#audio?.currentTime ?? 0;
  }

  /** From where it was paused, else from the beginning. */
  async play(recorded: () => Promise<Blob>): Promise<void> {
    const audio = this.#audio ?? new Audio();
    if (!this.#audio) {
      this.#audio = audio;
      for (const type of ['playing', 'pause', 'timeupdate']) audio.addEventListener(type, this.#changed);
      audio.addEventListener('ended', () => this.stop());
      audio.src = URL.createObjectURL(await recorded());
    }
    await audio.play().catch(() => undefined);
    this.#changed();
  }

  pause(): void {
    this.#audio?.pause();
  }

  stop(): void {
    const audio = this.#audio;
    if (!audio) return;
    this.#audio = null;
    audio.pause();
    URL.revokeObjectURL(audio.src);
    audio.removeAttribute('src');
    this.#changed();
  }
}
