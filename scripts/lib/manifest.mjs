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
  const fresh = readFileSync(join(root, folder, 'custom-elements.json'), 'utf8');
  const current = existsSync(COMMITTED) && readFileSync(COMMITTED, 'utf8') === fresh;
  if (!current) console.error('custom-elements.json does not fit the sources: run `npm run docs`.');
  return current;
}
