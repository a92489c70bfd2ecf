// Sets up, builds and runs every check and test; the last line is the sum.
// Usage: npm test -- [--quick] [--only unit,elements] [--files 'test/model/**'] [--no-build]
//   --quick  element tests in Chromium only
//   --only   some steps: typecheck lint unit gateway size manifest elements e2e
//   --files  test files that match the glob; leaves the checks out
import { parseArgs } from 'node:util';
import { buildAll, compileTests } from './lib/build-steps.mjs';
import { ENGINES, ensureBrowsers } from './lib/browsers.mjs';
import { globMatcher } from './lib/files.mjs';
import { manifestIsCurrent } from './lib/manifest.mjs';
import { binOf, runNode } from './lib/run.mjs';
import { sumOf } from './lib/counts.mjs';
import { oneCheck, runElementTests, runNodeTests } from './lib/test-runs.mjs';
import { ensureSampleSounds } from './lib/sample-sounds.mjs';
import { testFiles } from './lib/test-folders.mjs';
import { withTestServer } from './lib/test-server.mjs';
import { ensurePackages, reportBrowsers } from './setup.mjs';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    files: { type: 'string' },
    'no-build': { type: 'boolean', default: false },
  },
});
const matches = globMatcher(options.files ?? '**');
const files = mapValues(testFiles(), (paths) => paths.filter(matches));
const engines = options.quick ? ['chromium'] : ENGINES;
/** A run of everything is not lost to a test that a busy machine failed: what failed runs once more, and is named. */
const again = !options.files;
const results = [];
let browsers = {};

const checks = {
  lint: ['Lint and format', lint],
  size: ['Size budget', () => succeeds(['scripts/size.mjs'])],
  manifest: ['custom-elements.json and README table are current', manifest],
};
const tests = {
  unit: ['Unit tests', () => runNodeTests(files.unit, { concurrency: 2, timeout: 120_000, again })],
  gateway: ['Gateway tests', gatewayTests],
  elements: ['Element tests', () => runElementTests(files.elements, engines, browsers, { again })],
  e2e: ['End-to-end tests', endToEnd],
};
const wanted = (
  options.only?.split(',') ?? Object.keys(options.files ? tests : { ...checks, ...tests })
).concat(options.files || options.only ? [] : ['typecheck']);

let built = await step('Set-up', setUp);
if (built && !options['no-build']) built = await step('Build', async () => oneCheck(await buildAll()), false);
if (built) {
  const needsCompiledTests = ['typecheck', 'unit', 'e2e'].some((name) => wanted.includes(name));
  if (needsCompiledTests) await step('Type check', async () => oneCheck(await compileTests()));
  for (const name of ['lint', 'unit', 'gateway', 'size', 'manifest', 'elements', 'e2e']) {
    if (wanted.includes(name)) await step(...(checks[name] ?? tests[name]));
  }
}

const { passed, failed, skipped, flaky } = sumOf(results);
process.exitCode = failed > 0 ? 1 : 0;
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped${flaky > 0 ? `, ${flaky} flaky` : ''}`);

/**
 * Runs one step under a heading and keeps its counts.
 * @param {string} title
 * @param {() => Promise<import('./lib/counts.mjs').Counts>} action
 * @param {boolean} [countsWhenPassed] a build that works is no test
 * @returns {Promise<boolean>} whether nothing failed
 */
async function step(title, action, countsWhenPassed = true) {
  console.log(`\n▶ ${title}`);
  const begin = performance.now();
  let counts;
  try {
    counts = await action();
  } catch (error) {
    console.error(error);
    counts = oneCheck(false);
  }
  const succeeded = counts.failed === 0;
  if (!succeeded || countsWhenPassed) results.push(counts);
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(`${succeeded ? '✔' : '✖'} ${title}: ${succeeded ? 'passed' : 'failed'} in ${seconds} s`);
  return succeeded;
}

async function setUp() {
  await ensurePackages();
  const needed = wanted.includes('elements') ? engines : wanted.includes('e2e') ? ['chromium'] : [];
  browsers = await ensureBrowsers(needed);
  reportBrowsers(browsers, needed);
  if (wanted.includes('elements') || wanted.includes('gateway')) await ensureSampleSounds();
  return sumOf([]);
}

async function lint() {
  const both = await Promise.all([
    runNode([binOf('oxlint'), '--type-aware', '--deny-warnings'], { capture: true }),
    runNode([binOf('prettier'), '--check', '--log-level', 'warn', '.'], { capture: true }),
  ]);
  for (const { output } of both) process.stdout.write(output);
  return oneCheck(both.every(({ code }) => code === 0));
}

async function manifest() {
  const current = await manifestIsCurrent();
  const table = await runNode(['scripts/readme-table.mjs', '--check']);
  return oneCheck(current && table.code === 0);
}

async function gatewayTests() {
  if (files.gateway.length === 0) return sumOf([]);
  return withTestServer(() => runNodeTests(files.gateway, { concurrency: 3, timeout: 300_000, again }));
}

async function endToEnd() {
  if (!browsers.chromium) return { passed: 0, failed: 0, skipped: files.e2e.length };
  return runNodeTests(files.e2e, {
    concurrency: 2,
    timeout: 300_000,
    again,
    env: { CHROME_PATH: browsers.chromium },
  });
}

async function succeeds(args) {
  const { code } = await runNode(args);
  return oneCheck(code === 0);
}

function mapValues(object, transform) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, transform(value)]));
}
