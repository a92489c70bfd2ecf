import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { binOf, root, runNode } from './run.mjs';

const COMMITTED = join(root, 'custom-elements.json');

/** Whether custom-elements.json is what the analyzer makes of the sources now. */
export async function manifestIsCurrent() {
  const folder = '.build/manifest';
  mkdirSync(join(root, folder), { recursive: true });
  const config = ['--config', 'custom-elements-manifest.config.mjs'];
  const { code, output } = await runNode(
    [binOf('@custom-elements-manifest/analyzer', 'cem'), 'analyze', ...config, '--outdir', folder],
    { capture: true },
  );
  if (code !== 0) {
    console.error(output);
    return false;
  }
  const fresh = inOrder(join(root, folder, 'custom-elements.json'));
  const current = existsSync(COMMITTED) && inOrder(COMMITTED) === fresh;
  if (!current) console.error('custom-elements.json does not fit the sources: run `npm run docs`.');
  return current;
}

/** A manifest with its modules by their paths: the analyzer has them in the order in which it happened to read the files. */
function inOrder(file) {
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  manifest.modules.sort((a, b) => (a.path < b.path ? -1 : 1));
  return JSON.stringify(manifest);
}
