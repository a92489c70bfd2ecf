// Prints the gzip size of the bundle's files and fails when a first load exceeds its budget.
// A first load is the entry with everything it imports statically; chunks behind import() come later.
import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './lib/run.mjs';

const BUDGET = 75_000;
const graphPath = join(root, '.build', 'bundle-graph.json');

if (!existsSync(graphPath)) {
  console.error('There is no bundle to measure: run `npm run build` first.');
  process.exit(1);
}

/** @type {Map<string, { fileName: string, isEntry: boolean, imports: string[] }>} */
const files = new Map(JSON.parse(readFileSync(graphPath, 'utf8')).map((file) => [file.fileName, file]));
const entry = [...files.values()].find((file) => file.isEntry);
const firstLoad = withStaticImports(entry.fileName);

let total = 0;
const lazy = [...files.keys()].filter((name) => !firstLoad.has(name)).sort();
for (const fileName of [...firstLoad, ...lazy]) {
  const content = readFileSync(join(root, 'dist', fileName));
  const size = gzipSync(content, { level: 9 }).length;
  if (firstLoad.has(fileName)) total += size;
  printRow(fileName, content.length, size, firstLoad.has(fileName) ? 'first load' : 'lazy');
}
console.log(`First load: ${kilobytes(total)} kB gzip of ${kilobytes(BUDGET)} kB.`);
if (total > BUDGET) {
  console.error(`Over the budget by ${kilobytes(total - BUDGET)} kB.`);
  process.exitCode = 1;
}

function withStaticImports(fileName, seen = new Set()) {
  if (seen.has(fileName)) return seen;
  seen.add(fileName);
  for (const imported of files.get(fileName)?.imports ?? []) withStaticImports(imported, seen);
  return seen;
}

function printRow(name, raw, gzip, when) {
  console.log(
    `${name.padEnd(48)} ${kilobytes(raw).padStart(7)} kB ${kilobytes(gzip).padStart(7)} kB gzip  ${when}`,
  );
}

function kilobytes(bytes) {
  return (bytes / 1000).toFixed(1);
}
