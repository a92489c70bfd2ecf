/** How loud, of 1. */
const VOLUME = 0.2;

/** Frequencies in Hz, one after the other. */
const TONES = {
  invitation: [660, 880, 660, 880],
  message: [740, 590],
} as const;
/** How long each tone lasts, in seconds. */
const LENGTH = 0.16;

export type AlertTone = keyof typeof TONES;

/** What is needed of the page around it. */
export interface SoundingPage {
  readonly navigator: { readonly userActivation?: { readonly hasBeenActive: boolean } };
  readonly AudioContext?: new () => AudioContext;
}

/**
 * Makes the sounds of alerts; no file is fetched. Browsers let no page sound on which nobody has clicked or typed yet: until then nothing is made that they
 * would complain of.
 */
export class AlertSound {
  readonly #page: SoundingPage;
  #context: AudioContext | null = null;

  constructor(page: SoundingPage = window) {
    this.#page = page;
  }

  /** @returns Whether it is to be heard: not while the browser does not let the page sound. */
  async play(tone: AlertTone): Promise<boolean> {
    const { navigator, AudioContext: Context } = this.#page;
    if (!Context || navigator.userActivation?.hasBeenActive === false) return false;
    try {
      const context = (this.#context ??= new Context());
      if (context.state !== 'running') await context.resume();
      sound(context, TONES[tone]);
      return true;
    } catch {
      // There is nothing to sound with, or the browser does not let it.
      return false;
    }
  }

  close(): void {
    void this.#context?.close();
    this.#context = null;
  }
}

function sound(context: AudioContext, frequencies: readonly number[]): void {
  const volume = context.createGain();
  volume.connect(context.destination);
  frequencies.forEach((frequency, i) => {
    const at = context.currentTime + i * LENGTH;
    const tone = context.createOscillator();
    tone.frequency.value = frequency;
    // Swells and fades, so that it does not click.
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(VOLUME, at + LENGTH / 8);
    volume.gain.linearRampToValueAtTime(0, at + LENGTH);
    tone.connect(volume);
    tone.start(at);
    tone.stop(at + LENGTH);
  });
}
