// Prints the gzip size of the bundle's files, and fails when what a page fetches exceeds a budget. Units of 1,000 bytes.
import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './lib/run.mjs';

/** What is fetched for what, by the names of the chunks beside the entry, and how many bytes it may have. */
const BUDGETS = [
  { what: 'First load', chunks: [], limit: 62_000 },
  {
    what: 'A conversation on the gateway',
    chunks: ['conversation', 'links', 'storage', 'gateway'],
    limit: 108_300,
  },
];
const graphPath = join(root, '.build', 'bundle-graph.json');

if (!existsSync(graphPath)) {
  console.error('There is no bundle to measure: run `npm run build` first.');
  process.exit(1);
}

/** @type {Map<string, { fileName: string, name: string, isEntry: boolean, imports: string[] }>} */
const files = new Map(JSON.parse(readFileSync(graphPath, 'utf8')).map((file) => [file.fileName, file]));
const sizes = new Map([...files.keys()].map((fileName) => [fileName, sizeOf(fileName)]));
const entry = [...files.values()].find(({ isEntry }) => isEntry);
const firstLoad = withStaticImports(entry.fileName);

for (const fileName of [...firstLoad, ...[...files.keys()].filter((name) => !firstLoad.has(name)).sort()]) {
  const { raw, gzip } = sizes.get(fileName);
  const when = firstLoad.has(fileName) ? 'first load' : 'lazy';
  console.log(
    `${fileName.padEnd(48)} ${kilobytes(raw).padStart(7)} kB ${kilobytes(gzip).padStart(7)} kB gzip  ${when}`,
  );
}
for (const budget of BUDGETS) judge(budget);

function judge({ what, chunks, limit }) {
  const fetched = new Set(firstLoad);
  for (const name of chunks) {
    const chunk = [...files.values()].find((file) => file.name === name && !file.isEntry);
    // A chunk that has got another name would otherwise be a saving.
    if (!chunk) throw new Error(`There is no chunk called ${name}.`);
    withStaticImports(chunk.fileName, fetched);
  }
  const total = [...fetched].reduce((sum, fileName) => sum + sizes.get(fileName).gzip, 0);
  console.log(`${what}: ${kilobytes(total)} kB gzip of ${kilobytes(limit)} kB.`);
  if (total <= limit) return;
  console.error(`Over the budget by ${kilobytes(total - limit)} kB.`);
  process.exitCode = 1;
}

function sizeOf(fileName) {
  const content = readFileSync(join(root, 'dist', fileName));
  return { raw: content.length, gzip: gzipSync(content, { level: 9 }).length };
}

/** Adds a file to `seen`, with all that it imports statically. */
function withStaticImports(fileName, seen = new Set()) {
  if (seen.has(fileName)) return seen;
  seen.add(fileName);
  for (const imported of files.get(fileName)?.imports ?? []) withStaticImports(imported, seen);
  return seen;
}

function kilobytes(bytes) {
  return (bytes / 1000).toFixed(1);
}
