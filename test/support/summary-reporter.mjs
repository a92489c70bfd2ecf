// A reporter for Web Test Runner: prints failures, and leaves the counts of each file and engine in the file named by TEST_SUMMARY_FILE.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { sumOf } from '../../scripts/lib/counts.mjs';

export function summaryReporter() {
  return {
    reportTestFileResults({ logger, sessionsForTestFile, testFile }) {
      const failures = sessionsForTestFile.flatMap(describeFailures);
      if (failures.length === 0) return;
      logger.log(`\n✖ ${relative(process.cwd(), testFile)}\n${failures.join('\n')}`);
    },

    onTestRunFinished({ sessions }) {
      const summary = sessions.map((session) => ({
        file: relative(process.cwd(), session.testFile),
        engine: session.browser.name,
        ...countsOf(outcomesOf(session)),
      }));
      for (const name of new Set(summary.map(({ engine }) => engine))) {
        const { passed, failed, skipped } = sumOf(summary.filter(({ engine }) => engine === name));
        console.log(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
      }
      if (process.env.TEST_SUMMARY_FILE)
        writeFileSync(process.env.TEST_SUMMARY_FILE, JSON.stringify(summary));
    },
  };
}

function countsOf(outcomes) {
  const counts = sumOf([]);
  for (const outcome of outcomes) counts[outcome] += 1;
  return counts;
}

/** One outcome per test; a file that could not be run, or failed outside its tests, counts as one failure. */
function outcomesOf(session) {
  const tests = testsOf(session).map(({ test }) => outcomeOf(test));
  const failedOutside = !session.passed && !tests.includes('failed');
  return failedOutside ? [...tests, 'failed'] : tests;
}

function outcomeOf(test) {
  if (test.skipped) return 'skipped';
  return test.passed ? 'passed' : 'failed';
}

function describeFailures(session) {
  const lines = testsOf(session)
    .filter(({ test }) => outcomeOf(test) === 'failed')
    .map(({ test, path }) => `  [${session.browser.name}] ${path}\n${errorText(test.error)}`);
  for (const error of session.errors) lines.push(`  [${session.browser.name}]\n${errorText(error)}`);
  for (const url of session.request404s) lines.push(`  [${session.browser.name}] 404: ${url}`);
  if (!session.passed && lines.length === 0)
    lines.push(`  [${session.browser.name}] failed without saying why`);
  if (lines.length > 0) for (const log of session.logs) lines.push(`      log: ${log.map(String).join(' ')}`);
  return lines;
}

function errorText(error) {
  const { message = 'no message', stack = '', expected, actual } = error ?? {};
  const values =
    expected === undefined && actual === undefined ? '' : `\nexpected: ${expected}\nactual: ${actual}`;
  return `${message}${values}\n${stack}`.replace(/^/gm, '      ');
}

function testsOf(session) {
  return session.testResults ? inSuite(session.testResults, []) : [];
}

function inSuite(suite, parents) {
  const path = suite.name ? [...parents, suite.name] : parents;
  const tests = suite.tests.map((test) => ({ test, path: [...path, test.name].join(' › ') }));
  return [...tests, ...suite.suites.flatMap((child) => inSuite(child, path))];
}
