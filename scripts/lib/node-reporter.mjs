// A reporter for node:test: prints failures, and leaves the counts of each file in the file named by TEST_SUMMARY_FILE.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { sumOf } from './counts.mjs';

/** @param {AsyncIterable<{ type: string, data: any }>} events */
export default async function* report(events) {
  /** @type {Map<string, import('./counts.mjs').Counts>} */
  const files = new Map();
  const path = [];
  for await (const { type, data } of events) {
    if (type === 'test:start') {
      path.length = data.nesting;
      path[data.nesting] = data.name;
    } else if (type === 'test:pass' || type === 'test:fail') {
      if (data.details?.type === 'suite' && !isOwnFailure(data)) continue;
      const outcome = outcomeOf(type, data);
      countsOf(files, data.file)[outcome] += 1;
      path.length = data.nesting;
      if (outcome === 'failed') yield describeFailure([...path, data.name].join(' › '), data);
    } else if (type === 'test:stdout' || type === 'test:stderr') {
      yield data.message;
    }
  }
  const summary = [...files].map(([file, counts]) => ({ file, ...counts }));
  const { passed, failed, skipped } = sumOf(summary);
  yield `${passed} passed, ${failed} failed, ${skipped} skipped\n`;
  if (process.env.TEST_SUMMARY_FILE) writeFileSync(process.env.TEST_SUMMARY_FILE, JSON.stringify(summary));
}

function countsOf(files, path) {
  const file = relative(process.cwd(), path ?? '');
  if (!files.has(file)) files.set(file, sumOf([]));
  return files.get(file);
}

/** A suite fails with its tests, which are counted already; it counts itself when it failed by itself, as in a hook. */
function isOwnFailure({ details }) {
  return details?.error !== undefined && details.error.failureType !== 'subtestsFailed';
}

function outcomeOf(type, data) {
  if (data.skip !== undefined || data.todo !== undefined) return 'skipped';
  return type === 'test:pass' ? 'passed' : 'failed';
}

function describeFailure(name, { details, file }) {
  const cause = details?.error?.cause ?? details?.error;
  const text = cause?.stack ?? String(cause?.message ?? cause);
  const where = file ? ` (${relative(process.cwd(), file)})` : '';
  return `\n✖ ${name}${where}\n${text.replace(/^/gm, '    ')}\n`;
}
