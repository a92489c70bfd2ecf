import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { promisify } from 'node:util';

const SOURCES = new URL('../../src/', import.meta.url);
const TAGS = readdirSync(new URL('define/', SOURCES))
  .filter((name) => /^[a-z]+-[a-z]+\.js$/.test(name) && !/^(define-element|load-later)\./.test(name))
  .map((name) => name.slice(0, -'.js'.length));

/**
 * Imports modules in a process of its own. It must end by itself, so that nothing is left running, and complain of nothing.
 * @returns Which of our elements are registered then, in the registry that Lit brings to where there is none.
 */
async function registeredAfter(...paths: readonly string[]): Promise<readonly string[]> {
  const urls = paths.map((path) => new URL(path, SOURCES).href);
  const script = `
    for (const url of ${JSON.stringify(urls)}) await import(url);
    const tags = ${JSON.stringify(TAGS)};
    console.log(JSON.stringify(tags.filter((tag) => globalThis.customElements?.get(tag))));`;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { timeout: 60_000 },
  );
  assert.equal(stderr, '');
  return JSON.parse(stdout) as readonly string[];
}

test('importing the package where there is no page does not throw, and registers nothing', async () => {
  const names = Object.keys(await import('../../src/index.js'));
  for (const name of [
    'WhatsAppDesk',
    'WhatsAppWorkspace',
    'PendingIndicator',
    'createWorkspace',
    'TransportError',
  ]) {
    assert.ok(names.includes(name), `${name} is exported`);
  }
  assert.deepEqual(await registeredAfter('index.js'), []);
});

test('registering the elements where there is no page does so, and the process ends in peace', async () => {
  assert.ok(TAGS.length >= 10);
  assert.deepEqual(await registeredAfter('define.js', ...TAGS.map((tag) => `define/${tag}.js`)), TAGS);
});
