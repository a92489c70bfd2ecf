import type { AmrCode } from './made/amr.js';
import { create } from './made/amr.js';
import { WaveFile } from './wave-file.js';

/** RFC 4867, 5.1: what a file begins with, how many samples a second it has, and how many bytes a frame of each type has with its first. */
const BANDS = [
  {
    mark: '#!AMR\n',
    rate: 8_000,
    sizes: [13, 14, 16, 18, 20, 21, 27, 32, 6, 6, 6, 6, 1, 1, 1, 1],
    create: (code: AmrCode) => code.amr_nb_create(),
    decode: (code: AmrCode, ...frame: [number, number, number]) => code.amr_nb_decode(...frame),
    output: (code: AmrCode) => code.amr_nb_output(),
  },
  {
    mark: '#!AMR-WB\n',
    rate: 16_000,
    sizes: [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1],
    create: (code: AmrCode) => code.amr_wb_create(),
    decode: (code: AmrCode, ...frame: [number, number, number]) => code.amr_wb_decode(...frame),
    output: (code: AmrCode) => code.amr_wb_output(),
  },
] as const;

type Band = (typeof BANDS)[number];

/** Which kind of AMR a file is; undefined when it is none. */
export function amrBand(head: Uint8Array): Band | undefined {
  return BANDS.find(({ mark }) =>
    Array.from(mark, (letter) => letter.charCodeAt(0)).every((code, i) => head[i] === code),
  );
}

/** Frame by frame; a last one that is cut off is left out. @returns null when it is longer than that, in seconds. */
export function* amrSteps(file: Uint8Array, band: Band, longest: number): Generator<void, WaveFile | null> {
  const wave = new WaveFile(band.rate, 1);
  const code = create();
  const decoder = band.create(code);
  const place = code.malloc(Math.max(...band.sizes));
  for (let at = band.mark.length; at < file.length; yield) {
    const size = band.sizes[((file[at] ?? 0) >> 3) & 15] ?? 1;
    if (at + size > file.length) break;
    new Uint8Array(code.memory.buffer).set(file.subarray(at, at + size), place);
    const samples = band.decode(code, decoder, place, size);
    wave.add([new Float32Array(code.memory.buffer, band.output(code), samples)]);
    if (wave.duration > longest) return null;
    at += size;
  }
  return wave;
}
