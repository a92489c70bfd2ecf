import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../e2e/support.js';

/** The files of the bundle, as paths in `dist/`: the folder itself may hold others. */
export function bundledChunks(): readonly string[] {
  const graph = JSON.parse(readFileSync(join(ROOT, '.build/bundle-graph.json'), 'utf8')) as readonly {
    readonly fileName: string;
  }[];
  return graph.map(({ fileName }) => fileName);
}
