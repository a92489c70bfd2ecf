// Installs what is missing: the npm packages, and (for tests) the browsers.
// Usage: node scripts/setup.mjs [engine…]   e.g. `node scripts/setup.mjs chromium firefox webkit`
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ENGINES, ensureBrowsers } from './lib/browsers.mjs';
import { root, runNpm } from './lib/run.mjs';

/** Runs `npm ci` when node_modules is missing or older than the lock file. Throws when that fails. */
export async function ensurePackages() {
  if (packagesAreCurrent()) return;
  console.log('Installing packages (npm ci)…');
  const { code } = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) throw new Error(`npm ci failed with code ${code}`);
}

function packagesAreCurrent() {
  // npm writes this file last, so it says when and whether an installation was completed.
  const installed = join(root, 'node_modules', '.package-lock.json');
  const lock = join(root, 'package-lock.json');
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs;
}

/** Prints which engines can be used. @param {import('./lib/browsers.mjs').Browsers} browsers @param {string[]} wanted */
export function reportBrowsers(browsers, wanted) {
  for (const engine of wanted) {
    const found = browsers[engine];
    console.log(`${engine}: ${found ? (found.browser ?? found) : 'not found, its tests will be skipped'}`);
  }
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  const named = process.argv.slice(2).filter((name) => ENGINES.includes(name));
  const wanted = named.length > 0 ? named : ENGINES;
  await ensurePackages();
  reportBrowsers(await ensureBrowsers(wanted), wanted);
}
