import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sumOf } from './counts.mjs';
import { compiled } from './test-folders.mjs';
import { binOf, root, runNode } from './run.mjs';

/** @typedef {import('./counts.mjs').Counts} Counts */
/** @typedef {Counts & { file: string, engine?: string }} FileCounts */

/** With more files than these, something is broken: running them again would tell nothing new. */
const MOST_FLAKY_FILES = 5;

const REPORTER = new URL('node-reporter.mjs', import.meta.url).href;

/** @param {boolean} succeeded @returns {Counts} a check counts as one test */
export function oneCheck(succeeded) {
  return { passed: Number(succeeded), failed: Number(!succeeded), skipped: 0 };
}

/**
 * Runs compiled tests with node:test.
 * @param {string[]} files source paths
 * @param {{ concurrency: number, timeout: number, env?: Record<string, string>, again?: boolean }} options
 * @returns {Promise<Counts>}
 */
export async function runNodeTests(files, { concurrency, timeout, env, again = false }) {
  if (files.length === 0) return sumOf([]);
  const options = [
    '--test',
    '--enable-source-maps',
    `--test-concurrency=${concurrency}`,
    `--test-timeout=${timeout}`,
    `--test-reporter=${REPORTER}`,
    '--test-reporter-destination=stdout',
  ];
  // Node names the source or what was compiled from it, by its version.
  const sources = new Map(files.map((file) => [compiled(file), file]));
  return withSecondRun(again, files, async (paths) => {
    const { code, summary } = await withSummary([...options, ...paths.map(compiled)], env);
    return { code, summary: summary.map((row) => ({ ...row, file: sources.get(row.file) ?? row.file })) };
  });
}

/**
 * Runs the element tests in the engines that are there. What another engine would have run counts as skipped.
 * @param {string[]} files
 * @param {string[]} wanted engine names
 * @param {import('./browsers.mjs').Browsers} browsers
 * @param {{ again?: boolean }} [options]
 * @returns {Promise<Counts>}
 */
export async function runElementTests(files, wanted, browsers, { again = false } = {}) {
  const present = wanted.filter((engine) => browsers[engine]);
  const absent = wanted.length - present.length;
  if (files.length === 0) return sumOf([]);
  if (present.length === 0) return { passed: 0, failed: 0, skipped: files.length * absent };
  let inOneEngine = 0;
  const counts = await withSecondRun(again, files, async (paths) => {
    const args = [binOf('@web/test-runner', 'wtr'), '--files', ...paths];
    const run = await withSummary(args, { ENGINES: present.join(',') });
    inOneEngine ||= mostInOneEngine(run.summary);
    return run;
  });
  return sumOf([counts, { passed: 0, failed: 0, skipped: inOneEngine * absent }]);
}

/** @param {FileCounts[]} summary */
function mostInOneEngine(summary) {
  const sizes = [...new Set(summary.map(({ engine }) => engine))].map((name) => {
    const { passed, failed, skipped } = sumOf(summary.filter(({ engine }) => engine === name));
    return passed + failed + skipped;
  });
  return Math.max(0, ...sizes);
}

/**
 * Runs tests, and where `again` the few files that failed once more, alone: a test that a busy machine failed is told apart from one that fails. What
 * passes only then counts as flaky, by name: it wants to be looked at.
 * @param {boolean} again
 * @param {string[]} paths
 * @param {(paths: string[]) => Promise<{ code: number, summary: FileCounts[] }>} run
 * @returns {Promise<Counts>}
 */
async function withSecondRun(again, paths, run) {
  const { code, summary } = await run(paths);
  const failed = [...new Set(summary.filter((row) => row.failed > 0).map(({ file }) => file))];
  const first = orOneFailure(sumOf(summary), code);
  const known = failed.every((file) => paths.includes(file));
  if (!again || failed.length === 0 || failed.length > MOST_FLAKY_FILES || !known) return first;
  console.log(`\n↻ Once more, alone: ${failed.join(', ')}`);
  const second = await run(failed);
  const others = summary.filter(({ file }) => !failed.includes(file));
  const counts = orOneFailure(sumOf([...others, ...second.summary]), second.code);
  if (counts.failed > 0) return counts;
  console.log(`⚠ Flaky, passed only when run once more: ${failed.join(', ')}`);
  return { ...counts, flaky: failed.length };
}

/** Runs Node and reads the counts that a reporter of ours left; none when the run did not come to its end. */
async function withSummary(args, env = {}) {
  mkdirSync(join(root, '.build'), { recursive: true });
  const file = join(root, '.build', `test-summary-${process.pid}.json`);
  rmSync(file, { force: true });
  const { code } = await runNode(args, { env: { ...env, TEST_SUMMARY_FILE: file } });
  const summary = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  rmSync(file, { force: true });
  return { code, summary };
}

/** A runner that failed without a failed test (it crashed, say) is a failure too. */
function orOneFailure(counts, code) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
