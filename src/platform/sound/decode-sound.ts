import { sliced } from './sliced.js';
import type { WaveFile } from './wave-file.js';

/** Longer recordings would take hundreds of megabytes, in seconds. */
const LONGEST = 2 * 60 * 60;

/**
 * Makes a wave file, which all browsers play, of what some do not: AMR and Ogg-Opus. Works in slices, so that the page goes on meanwhile. Rejects when the file is broken, and with an
 * AbortError when nobody wants it any more.
 * @returns null where it is of a kind that is not known here, has no sound in it, or is longer than two hours.
 */
export async function decodeSound(
  file: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
): Promise<WaveFile | null> {
  const wave = await waveOf(file, signal);
  return wave && wave.duration > 0 ? wave : null;
}

async function waveOf(file: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<WaveFile | null> {
  if (beginsWith(file, 'OggS')) {
    const { opusSteps } = await import('./opus.js');
    return sliced(opusSteps(file, LONGEST), signal);
  }
  if (!beginsWith(file, '#!AMR')) return null;
  const { amrBand, amrSteps } = await import('./amr.js');
  const band = amrBand(file);
  return band ? sliced(amrSteps(file, band, LONGEST), signal) : null;
}

function beginsWith(file: Uint8Array, mark: string): boolean {
  return [...mark].every((letter, i) => file[i] === letter.charCodeAt(0));
}
