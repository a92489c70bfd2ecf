import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

interface Package {
  readonly dependencies: Readonly<Record<string, string>>;
}

interface SourceMap {
  readonly sources: readonly string[];
  readonly sourcesContent?: readonly (string | null)[];
}

/** What a module imports, as the compiler writes it. */
const IMPORTS = /(?:^(?:import|export)\b[^;'"=]*\bfrom |^import |\bimport\()['"]([^'"]+)['"]/gm;

/** All that a page without a bundler loads, sooner or later, that imports these modules of `dist/esm`: their paths, and packages by the name of each import. */
function graphOf(...entries: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = entries.map((entry) => join('dist/esm', entry));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    for (const [, specifier = ''] of readFileSync(path, 'utf8').matchAll(IMPORTS)) {
      if (specifier.startsWith('.')) waiting.push(join(dirname(path), specifier));
      else seen.add(specifier);
    }
  }
  return seen;
}

test('the modules import packages that come with them, and no barrel of icons', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Package;
  const graph = [...graphOf('index.js', 'define.js')];
  assert.ok(graph.some((path) => relative('dist/esm', path) === 'elements/side-panel/side-panel.js'));
  const packages = new Set(
    graph
      .filter((name) => !name.startsWith('dist'))
      .map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/')),
  );
  assert.deepEqual([...packages].filter((name) => !Object.hasOwn(dependencies, name)).sort(), []);
  // An unbundled page would fetch its 2,000 modules for the forty icons that are used.
  assert.ok(!packages.has('lucide'));
});

test('the source maps bring the sources that they name, which are not shipped', () => {
  const maps = readdirSync('dist/esm', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.js.map'),
  );
  assert.ok(maps.length > 100);
  for (const name of maps) {
    const { sources, sourcesContent } = JSON.parse(readFileSync(join('dist/esm', name), 'utf8')) as SourceMap;
    assert.equal(sourcesContent?.filter((content) => content).length, sources.length, name);
  }
});

test('the licences of all packages in the bundle come with it', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Package;
  const licences = readFileSync('dist/THIRD-PARTY-LICENSES.txt', 'utf8');
  for (const name of [
    ...Object.keys(dependencies),
    'emoji-picker-element',
    'emoji-picker-element-data',
    'lucide',
  ])
    // All of it lies in its parts.
    if (name !== 'lit') assert.match(licences, new RegExp(`^${name} \\d+\\.\\d.*, \\S.*\n\\S`, 'm'), name);
  assert.match(licences, /Redistributions in binary form must reproduce the above copyright/);
});

test('the icons are those of the set that is installed', async () => {
  await promisify(execFile)(process.execPath, ['scripts/icons.mjs', '--check']);
});
