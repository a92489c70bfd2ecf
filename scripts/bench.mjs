// Measures the elements beside a bare window of messages, by turns in one run, and prints medians with their ratio. Compare ratios, not milliseconds.
// Build first (npm run build).
// Usage: npm run bench -- [--rounds 5] [--only opening,burst]
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { chromium } from 'playwright-core';
import { findBrowsers } from './lib/browsers.mjs';
import { root } from './lib/run.mjs';
import { ensurePackages } from './setup.mjs';

/** Cases of bench/page/main.ts: who is measured, with how many interactions open, beside whom. */
const CASES = [
  { name: 'opening', who: 'conversation', open: 1, floor: 'window' },
  { name: 'burst in tasks', who: 'conversation', open: 1, floor: 'window' },
  { name: 'burst in one task', who: 'conversation', open: 1, floor: 'window' },
  { name: 'many open', who: 'desk', open: 10, floor: 'window' },
  { name: 'many open', who: 'desk', open: 500, floor: 'window' },
];
const PAGE =
  '<!doctype html><html lang="en"><body style="margin:0"><main style="width:480px;height:700px"></main>';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, only: { type: 'string', default: '' } },
});
const wanted = values.only.split(',').filter(Boolean);
const cases = CASES.filter(
  ({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)),
);

await ensurePackages();
const chrome = findBrowsers().chromium;
if (!chrome) throw new Error('There is no Chromium: run `npm run setup -- chromium` first.');
const outdir = join(root, '.build', 'bench');
await esbuild.build({
  entryPoints: [join(root, 'bench/page/main.ts')],
  outdir,
  bundle: true,
  format: 'esm',
  splitting: true,
  minify: true,
  conditions: ['production', 'browser', 'es2015'],
  define: { 'process.env.NODE_ENV': '"production"' },
  tsconfig: join(root, 'tsconfig.base.json'),
  target: 'es2022',
});
const server = createServer(serve).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await chromium.launch({
  executablePath: chrome,
  args: [...sandbox, '--disable-gpu', '--disable-background-networking'],
});

console.log(
  `${'case'.padEnd(34)} ${'ours'.padStart(10)} ${'floor'.padStart(10)} ${'ratio'.padStart(7)}   longest block   nodes`,
);
for (const one of cases) await compare(one);
await browser.close();
server.close();

async function compare({ name, who, open, floor }) {
  const ours = [];
  const bare = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    ours.push(await run(name, who, open));
    bare.push(await run(name, floor, open));
  }
  const [own, least] = [median(ours, 'ms'), median(bare, 'ms')];
  const title = open > 1 ? `${name} (${open})` : name;
  console.log(
    `${title.padEnd(34)} ${ms(own)} ${ms(least)} ${(own / least).toFixed(1).padStart(7)} ${ms(median(ours, 'longestBlock'))} ${String(median(ours, 'nodes')).padStart(12)}`,
  );
}

/** In a page of its own, so that nothing is left over from the one before. */
async function run(name, who, open) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction('globalThis.bench');
  const figures = await page.evaluate(([...args]) => globalThis.bench(...args), [name, who, open]);
  await context.close();
  return figures;
}

function serve({ url }, response) {
  const type = url === '/' ? 'text/html' : 'text/javascript';
  try {
    const body =
      url === '/' ? `${PAGE}<script type="module" src="/main.js"></script>` : readFileSync(join(outdir, url));
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}

function median(all, key) {
  const sorted = all.map((figures) => figures[key]).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function ms(value) {
  return `${value.toFixed(0)} ms`.padStart(10);
}
