import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { root } from './run.mjs';

/**
 * All files below a folder of the repository, as sorted paths relative to the root, with forward slashes.
 * @param {string} folder
 * @returns {string[]} empty when the folder does not exist
 */
export function filesBelow(folder) {
  const start = join(root, folder);
  if (!existsSync(start)) return [];
  if (!statSync(start).isDirectory()) return [folder];
  return readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(root, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join('/'),
    )
    .filter((path) => !path.includes('node_modules/'))
    .sort();
}

/**
 * Turns a glob with `*`, `**`, `?` and `{a,b}` into a test for whole relative paths.
 * @param {string} glob
 * @returns {(path: string) => boolean}
 */
export function globMatcher(glob) {
  const source = glob
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/|\*\*|\*|\?|[{},]/g, (token) => GLOB_TOKENS[token]);
  const pattern = new RegExp(`^${source}$`);
  return (path) => pattern.test(path);
}

const GLOB_TOKENS = {
  '**/': '(?:.*/)?',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
  '{': '(?:',
  ',': '|',
  '}': ')',
};
