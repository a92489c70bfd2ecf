import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compiled } from './test-folders.mjs';
import { binOf, root, runNode } from './run.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const REPORTER = new URL('node-reporter.mjs', import.meta.url).href;

/** @param {boolean} succeeded @returns {Counts} a check counts as one test */
export function oneCheck(succeeded) {
  return { passed: Number(succeeded), failed: Number(!succeeded), skipped: 0 };
}

/** @param {Counts[]} all @returns {Counts} */
export function sumOf(all) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const counts of all) {
    for (const outcome of Object.keys(sum)) sum[outcome] += counts[outcome];
  }
  return sum;
}

/**
 * Runs compiled tests with node:test.
 * @param {string[]} files source paths
 * @param {{ concurrency: number, timeout: number, env?: Record<string, string> }} options
 * @returns {Promise<Counts>}
 */
export async function runNodeTests(files, { concurrency, timeout, env }) {
  if (files.length === 0) return sumOf([]);
  const options = [
    '--test',
    '--enable-source-maps',
    `--test-concurrency=${concurrency}`,
    `--test-timeout=${timeout}`,
    `--test-reporter=${REPORTER}`,
    '--test-reporter-destination=stdout',
  ];
  const { code, summary } = await withSummary([...options, ...files.map(compiled)], env);
  return orOneFailure(summary ?? sumOf([]), code);
}

/**
 * Runs the element tests in the engines that are there. What another engine would have run counts as skipped.
 * @param {string[]} files
 * @param {string[]} wanted engine names
 * @param {import('./browsers.mjs').Browsers} browsers
 * @returns {Promise<Counts>}
 */
export async function runElementTests(files, wanted, browsers) {
  const present = wanted.filter((engine) => browsers[engine]);
  const absent = wanted.length - present.length;
  if (files.length === 0) return sumOf([]);
  if (present.length === 0) return { passed: 0, failed: 0, skipped: files.length * absent };
  const args = [binOf('@web/test-runner', 'wtr'), '--files', ...files];
  const { code, summary } = await withSummary(args, { ENGINES: present.join(',') });
  const perEngine = Object.values(summary ?? {});
  const inOneEngine = Math.max(
    0,
    ...perEngine.map(({ passed, failed, skipped }) => passed + failed + skipped),
  );
  return orOneFailure(sumOf([...perEngine, { passed: 0, failed: 0, skipped: inOneEngine * absent }]), code);
}

/** Runs Node and reads the counts that a reporter of ours left. */
async function withSummary(args, env = {}) {
  mkdirSync(join(root, '.build'), { recursive: true });
  const file = join(root, '.build', `test-summary-${process.pid}.json`);
  rmSync(file, { force: true });
  const { code } = await runNode(args, { env: { ...env, TEST_SUMMARY_FILE: file } });
  const summary = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  rmSync(file, { force: true });
  return { code, summary };
}

/** A runner that failed without a failed test (it crashed, say) is a failure too. */
function orOneFailure(counts, code) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
