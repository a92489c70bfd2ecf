import type { MediaContent } from '../../model/index.js';
import { TransportError } from '../adapter.js';
import { randomFrom } from './random.js';
import type { Random } from './random.js';
import { samplePdf } from './sample-pdf.js';
import { sampleSound } from './sample-sound.js';

/** What the contact centre finds out about a file when it has it. */
export type FileFacts = Pick<
  MediaContent,
  'mimeType' | 'bytes' | 'width' | 'height' | 'duration' | 'waveform'
>;

/** A real file, made by script when somebody wants it. */
export interface SampleFile {
  readonly facts: FileFacts;
  /** @throws {TransportError} `unsupported` where there is no browser to draw in. */
  readonly make: () => Blob;
}

const UNKNOWN: FileFacts = {
  mimeType: null,
  bytes: null,
  width: null,
  height: null,
  duration: null,
  waveform: null,
};

/** A file for what a contact is said to have sent: the same seed gives the same file. null for kinds of which none can be made. */
export function sampleFile(content: MediaContent, seed: string): SampleFile | null {
  const random = randomFrom(seed);
  switch (content.kind) {
    case 'image':
      return photo(random);
    case 'sticker':
      return sticker(random);
    case 'audio': {
      const sound = sampleSound(random, content.voice ? 4 + 8 * random() : 24);
      return { facts: { ...UNKNOWN, mimeType: 'audio/wav', ...sound.facts }, make: sound.make };
    }
    case 'document': {
      const pdf = samplePdf(content.fileName ?? 'A page');
      return { facts: { ...UNKNOWN, mimeType: 'application/pdf', bytes: pdf.size }, make: () => pdf };
    }
    case 'video':
      return null;
  }
}

function photo(random: Random): SampleFile {
  const [width, height] = random() < 0.5 ? [1200, 900] : [900, 1200];
  const make = () =>
    drawn(width, height, 'image/jpeg', (canvas) => drawBoards(canvas, width, height, random));
  return { facts: { ...UNKNOWN, mimeType: 'image/jpeg', width, height }, make };
}

function sticker(random: Random): SampleFile {
  const make = () => drawn(512, 512, 'image/png', (canvas) => drawChair(canvas, random));
  return { facts: { ...UNKNOWN, mimeType: 'image/png', width: 512, height: 512 }, make };
}

type Canvas = CanvasRenderingContext2D;

function drawn(width: number, height: number, type: string, draw: (canvas: Canvas) => void): Blob {
  const element = typeof document === 'undefined' ? null : document.createElement('canvas');
  const canvas = element?.getContext('2d');
  if (!element || !canvas) throw new TransportError('unsupported', 'There is nothing to draw a file with.');
  Object.assign(element, { width, height });
  draw(canvas);
  // The only way to a file that does not have to be waited for.
  const [, letters = ''] = element.toDataURL(type, 0.8).split(',');
  return new Blob([Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0))], { type });
}

/** Boards of oak, one of them with a crack. */
function drawBoards(canvas: Canvas, width: number, height: number, random: Random): void {
  const boards = 5;
  const high = height / boards;
  for (let board = 0; board < boards; board++) {
    const top = board * high;
    canvas.fillStyle = `hsl(${30 + 6 * random()} ${34 + 12 * random()}% ${52 + 14 * random()}%)`;
    canvas.fillRect(0, top, width, high);
    for (let grain = 0; grain < 26; grain++) {
      const y = top + random() * high;
      const bend = (random() - 0.5) * 40;
      canvas.strokeStyle = `hsl(26 40% 26% / ${0.08 + 0.2 * random()})`;
      canvas.lineWidth = 1 + 3 * random();
      canvas.beginPath();
      canvas.moveTo(0, y);
      canvas.bezierCurveTo(width * 0.3, y + bend, width * 0.6, y - bend, width, y + bend / 2);
      canvas.stroke();
    }
    canvas.fillStyle = 'rgb(40 24 12 / 55%)';
    canvas.fillRect(0, top, width, 5);
  }
  const y = high * (0.5 + Math.floor(random() * boards));
  canvas.fillStyle = '#20120a';
  canvas.beginPath();
  canvas.moveTo(width, y - 16);
  for (const [x, dy] of [
    [0.9, 2],
    [0.8, -8],
    [0.66, 4],
    [0.8, 6],
    [0.9, 18],
  ] as const)
    canvas.lineTo(width * x, y + dy);
  canvas.lineTo(width, y + 22);
  canvas.fill();
}

/** A chair in a frame of white, on nothing. */
function drawChair(canvas: Canvas, random: Random): void {
  const colour = `hsl(${Math.round(360 * random())} 62% 46%)`;
  for (const [line, style] of [
    [64, '#ffffff'],
    [36, colour],
  ] as const) {
    canvas.lineWidth = line;
    canvas.strokeStyle = style;
    canvas.lineCap = 'round';
    canvas.lineJoin = 'round';
    for (const points of [
      [
        [150, 70],
        [150, 440],
      ],
      [
        [150, 260],
        [360, 260],
        [360, 440],
      ],
      [
        [150, 130],
        [250, 130],
      ],
    ] as const) {
      canvas.beginPath();
      for (const [x, y] of points) canvas.lineTo(x, y);
      canvas.stroke();
    }
  }
}
