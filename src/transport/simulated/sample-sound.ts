import type { Random } from './random.js';

/** Samples in a second. */
const RATE = 8_000;
/** Bars of a waveform. */
const BARS = 64;
const HEADER = 44;

interface SampleSound {
  readonly facts: { readonly bytes: number; readonly duration: number; readonly waveform: readonly number[] };
  readonly make: () => Blob;
}

/** Something like a voice that hums, in words and pauses: a wave file. @param seconds How long. */
export function sampleSound(random: Random, seconds: number): SampleSound {
  const waveform = Array.from({ length: BARS }, () => (random() < 0.18 ? 4 : Math.round(30 + 70 * random())));
  const pitch = 140 + 90 * random();
  const count = Math.round(seconds * RATE);
  const duration = count / RATE;
  return {
    facts: { bytes: HEADER + count * 2, duration, waveform },
    make: () => wave(count, (i) => hum(i, count, pitch, waveform)),
  };
}

/** Between -1 and 1. */
function hum(i: number, count: number, pitch: number, waveform: readonly number[]): number {
  const place = (i / count) * (waveform.length - 1);
  const [before = 0, after = 0] = waveform.slice(Math.floor(place), Math.floor(place) + 2);
  const loudness = (before + (after - before) * (place % 1)) / 100;
  const turn = (i / RATE) * pitch * 2 * Math.PI;
  return 0.3 * loudness * (Math.sin(turn) + 0.5 * Math.sin(2.01 * turn) + 0.2 * Math.sin(3.97 * turn));
}

/** A wave file: one channel of 16 bits. @param sample From -1 to 1. */
function wave(count: number, sample: (i: number) => number): Blob {
  const view = new DataView(new ArrayBuffer(HEADER + count * 2));
  const numbers: readonly (string | readonly [bits: 16 | 32, value: number])[] = [
    'RIFF',
    [32, 36 + count * 2],
    'WAVEfmt ',
    [32, 16],
    [16, 1],
    [16, 1],
    [32, RATE],
    [32, RATE * 2],
    [16, 2],
    [16, 16],
    'data',
    [32, count * 2],
  ];
  let at = 0;
  for (const part of numbers) {
    if (typeof part === 'string') {
      for (const letter of part) view.setUint8(at++, letter.charCodeAt(0));
      continue;
    }
    const [bits, value] = part;
    if (bits === 16) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bits / 8;
  }
  for (let i = 0; i < count; i++) view.setInt16(HEADER + i * 2, Math.round(sample(i) * 32_000), true);
  return new Blob([view], { type: 'audio/wav' });
}
