const HEADER = 44;
/** Bars of its loudness. */
const BARS = 64;

/** Sound as every browser plays it: a wave file of 16 bits, made piece by piece. */
export class WaveFile {
  readonly rate: number;
  readonly channels: number;
  readonly #pieces: Int16Array<ArrayBuffer>[] = [];
  /** The loudest of each piece. */
  readonly #peaks: number[] = [];
  #frames = 0;

  /** @param rate In samples a second. */
  constructor(rate: number, channels: number) {
    this.rate = rate;
    this.channels = channels;
  }

  /** In seconds. */
  get duration(): number {
    return this.#frames / this.rate;
  }

  /** @param planes A plane for each channel, with samples from -1 to 1. */
  add(planes: readonly Float32Array[]): void {
    const { channels } = this;
    const frames = planes[0]?.length ?? 0;
    const piece = new Int16Array(frames * channels);
    for (const [channel, plane] of planes.entries())
      for (let i = 0; i < frames; i++)
        piece[i * channels + channel] = Math.max(-1, Math.min(1, plane[i] ?? 0)) * 32_767;
    this.#pieces.push(piece);
    this.#peaks.push(peakOf(piece));
    this.#frames += frames;
  }

  /** Along its length, from 0 to 100. */
  loudness(): readonly number[] {
    const peaks = this.#peaks;
    const most = peaks.reduce((before, one) => Math.max(before, one), 1);
    return Array.from({ length: BARS }, (_, bar) => {
      const from = Math.floor((bar / BARS) * peaks.length);
      const to = Math.max(from + 1, Math.floor(((bar + 1) / BARS) * peaks.length));
      const loudest = peaks.slice(from, to).reduce((before, one) => Math.max(before, one), 0);
      return Math.round((loudest / most) * 100);
    });
  }

  toBlob(): Blob {
    return new Blob([this.#header(), ...this.#pieces], { type: 'audio/wav' });
  }

  /** As the wave format has it: all numbers with the small end first, as the samples of every machine that browsers run on. */
  #header(): ArrayBuffer {
    const { rate, channels } = this;
    const bytes = this.#frames * channels * 2;
    const view = new DataView(new ArrayBuffer(HEADER));
    const text = (at: number, letters: string): void =>
      [...letters].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
    text(0, 'RIFF');
    view.setUint32(4, HEADER - 8 + bytes, true);
    text(8, 'WAVEfmt ');
    view.setUint32(16, 16, true);
    view.setUint16(20, 1, true);
    view.setUint16(22, channels, true);
    view.setUint32(24, rate, true);
    view.setUint32(28, rate * channels * 2, true);
    view.setUint16(32, channels * 2, true);
    view.setUint16(34, 16, true);
    text(36, 'data');
    view.setUint32(40, bytes, true);
    return view.buffer;
  }
}

function peakOf(piece: Int16Array): number {
  return piece.reduce((before, sample) => Math.max(before, Math.abs(sample)), 0);
}
