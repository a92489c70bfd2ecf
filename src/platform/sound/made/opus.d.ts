/** libopus. Addresses are those of `memory`, whose buffer changes as it grows; 0 is none. */
export interface OpusCode {
  readonly memory: { readonly buffer: ArrayBuffer };
  malloc(bytes: number): number;
  free(address: number): void;
  /**
   * @param mapping Where it is said which of the coded channels each channel is, a byte each.
   * @param skip How many samples at the beginning are left out, at 48 kHz.
   * @param gain In 1/256 dB.
   */
  audio_opus_create(
    rate: number,
    channels: number,
    streams: number,
    coupled: number,
    mapping: number,
    skip: number,
    gain: number,
  ): number;
  /** @returns How many samples the packet has in each channel; below 0 when it has none that can be read. */
  audio_opus_decode(decoder: number, packet: number, bytes: number): number;
  /** @returns Where they are, as 32-bit floats, one channel after the other. */
  audio_opus_output(decoder: number): number;
}

/** A decoder with a memory of its own. */
export declare function create(): OpusCode;
