/**
 * `flaky`: test files that failed and passed when they ran once more.
 * @typedef {{ passed: number, failed: number, skipped: number, flaky?: number }} Counts
 */

/** @param {Counts[]} all @returns {Counts} */
export function sumOf(all) {
  const sum = { passed: 0, failed: 0, skipped: 0, flaky: 0 };
  for (const counts of all) {
    for (const outcome of Object.keys(sum)) sum[outcome] += counts[outcome] ?? 0;
  }
  return sum;
}
