import { readFileSync } from 'node:fs';

/**
 * Frames as they were written by the first version of a side (`first-…`), frozen, and frames that a later one may write (`later-…`), one a line. What the first
 * version wrote must be understood for good.
 */
export function framesOf(name: string): readonly object[] {
  const text = readFileSync(new URL(`../../../test/skew/${name}.jsonl`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
}
