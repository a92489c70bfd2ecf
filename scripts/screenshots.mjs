// Takes pictures of the gallery, for designers and reviews. Build first (npm run build).
// Usage: node scripts/screenshots.mjs FOLDER [--states whatsapp-desk,whatsapp-composer/over-limit] [--themes light,dark] [--langs en,ar,de] [--widths 320,480,1200]
//   --states  elements or single states; without it, every state
//   --langs   de is long words, which only these pictures have
import { mkdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { findBrowsers } from './lib/browsers.mjs';
import { GERMAN } from './lib/german.mjs';
import { root } from './lib/run.mjs';

const ORIGIN = 'http://localhost:1';
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    states: { type: 'string', default: '' },
    themes: { type: 'string', default: 'light,dark' },
    langs: { type: 'string', default: 'en' },
    widths: { type: 'string', default: '320,480,1200' },
  },
});
const [folder] = positionals;
if (!folder) {
  console.error('Say where the pictures go: node scripts/screenshots.mjs FOLDER');
  process.exit(2);
}

const args = process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'];
const browser = await chromium.launch({ executablePath: findBrowsers().chromium, args });
const wanted = list(values.states);
let count = 0;
for (const theme of list(values.themes)) {
  for (const lang of list(values.langs)) {
    for (const width of list(values.widths).map(Number)) await shoot({ theme, lang, width });
  }
}
await browser.close();
console.log(`${count} pictures in ${folder}`);

/** All wanted states in one look. */
async function shoot({ theme, lang, width }) {
  const context = await browser.newContext({ viewport: { width, height: 720 }, reducedMotion: 'reduce' });
  await context.route(`${ORIGIN}/**`, serve);
  const page = await context.newPage();
  await page.goto(`${ORIGIN}/gallery.html?bare&theme=${theme}&lang=${lang}`);
  if (lang === 'de') await page.evaluate(speakGerman, GERMAN);
  const hashes = await page.$$eval('#states li a', (links) => links.map(({ hash }) => hash.slice(1)));
  for (const state of hashes.filter(isWanted)) {
    await page.evaluate(show, `#${state}`);
    const path = join(folder, `${state.replace('/', '--')}.${width}.${theme}.${lang}.png`);
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path, fullPage: true });
    count++;
  }
  await context.close();
}

function isWanted(state) {
  return wanted.length === 0 || wanted.some((name) => state === name || state.startsWith(`${name}/`));
}

/** Runs on the page: as a page does that brings a language of its own. */
async function speakGerman(words) {
  const { registerLanguage } = await import(document.querySelector('script[src*="whatsapp-workspace"]').src);
  registerLanguage('de', words);
  document.documentElement.lang = 'de';
}

/** Runs on the page: goes to a state and waits until its elements have rendered. */
async function show(hash) {
  const shown = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
  location.hash = hash;
  await shown;
  const fadings = [];
  const settle = async (place) => {
    for (const element of place.querySelectorAll('*')) {
      if (!element.localName.includes('-')) continue;
      await customElements.whenDefined(element.localName);
      await element.updateComplete;
      if (!element.shadowRoot) continue;
      await settle(element.shadowRoot);
      await Promise.allSettled(
        [...element.shadowRoot.querySelectorAll('img')].map((image) => image.decode()),
      );
      await element.updateComplete;
      const running = element.shadowRoot.getAnimations();
      fadings.push(...running.filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity));
    }
  };
  await settle(document.querySelector('.canvas'));
  await new Promise(requestAnimationFrame);
  // Some parts are asked for by the first rendering.
  await settle(document.querySelector('.canvas'));
  // Some words come a moment later, where they may not be needed; what came instead has ended the others.
  await Promise.allSettled(fadings.map(({ finished }) => finished));
}

async function serve(route) {
  const { pathname } = new URL(route.request().url());
  const path = join(root, pathname.startsWith('/dist/') ? '' : 'demo', pathname);
  await route.fulfill({ path, contentType: TYPES[extname(path)] ?? 'application/octet-stream' });
}

function list(text) {
  return text.split(',').filter(Boolean);
}
