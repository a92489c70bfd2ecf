// Element tests. `npx wtr` runs them in Chromium; ENGINES=chromium,firefox,webkit in the engines named.
import { fileURLToPath } from 'node:url';
import { chromeLauncher } from '@web/test-runner-chrome';
import { a11ySnapshotPlugin } from '@web/test-runner-commands/plugins';
import puppeteer from 'puppeteer-core';
import { findBrowsers } from './scripts/lib/browsers.mjs';
import { makeEmojiPicker } from './scripts/lib/emoji-picker.mjs';
import { makeSoundDecoders } from './scripts/lib/sound-decoders.mjs';
import { BROWSER_TEST_FOLDERS } from './scripts/lib/test-folders.mjs';
import { bundlePlugin } from './test/support/bundle-plugin.mjs';
import { mediaPlugin } from './test/support/media-plugin.mjs';
import { summaryReporter } from './test/support/summary-reporter.mjs';
import { webkitLauncher } from './test/support/webkit-launcher.mjs';

// The element tests run from the sources, which a build may not have completed.
await makeEmojiPicker();
await makeSoundDecoders();

const browsers = findBrowsers();
const chromiumFlags = ['--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'];
// Chromium's sandbox does not start as root, as in containers.
if (process.getuid?.() === 0) chromiumFlags.push('--no-sandbox');

const launchers = {
  chromium: () =>
    named(
      'Chromium',
      chromeLauncher({
        // Pages beside each other take turns in being visible, and one that is not gets no animation frames: tests of scrolling would hang.
        concurrency: 1,
        launchOptions: { executablePath: browsers.chromium, args: chromiumFlags },
      }),
    ),
  firefox: () =>
    named(
      'Firefox',
      chromeLauncher({
        puppeteer,
        concurrency: 1,
        launchOptions: { browser: 'firefox', executablePath: browsers.firefox },
      }),
    ),
  // The last of three: two of it go on where Chromium and Firefox were beside each other.
  webkit: () => webkitLauncher(browsers.webkit, { concurrency: 2 }),
};

/** The launcher would call itself Chrome, or Puppeteer. */
function named(name, launcher) {
  const initialize = launcher.initialize.bind(launcher);
  launcher.initialize = async (...args) => {
    await initialize(...args);
    launcher.name = name;
  };
  return launcher;
}

const engines = (process.env.ENGINES ?? 'chromium').split(',').filter((engine) => {
  if (!browsers[engine]) console.warn(`${engine} was not found: its tests are skipped.`);
  return browsers[engine];
});

/** Neither a rejection nobody handles nor a warning about it fails a test by itself: hand it over as an error, which does. */
const failOnUnhandledRejection = `
  addEventListener('unhandledrejection', (event) => {
    const { reason } = event;
    reportError(reason instanceof Error ? reason : new Error('Unhandled rejection: ' + String(reason)));
  });`;

export default {
  rootDir: fileURLToPath(new URL('.', import.meta.url)),
  files: BROWSER_TEST_FOLDERS.map((folder) => `${folder}/**/*.test.ts`),
  browsers: engines.map((engine) => launchers[engine]()),
  // One for each core of a small machine: they share nothing.
  concurrentBrowsers: 2,
  browserStartTimeout: 60_000,
  testsFinishTimeout: 120_000,
  plugins: [await bundlePlugin(BROWSER_TEST_FOLDERS), mediaPlugin(), a11ySnapshotPlugin()],
  reporters: [summaryReporter()],
  // Beyond the patience of waitUntil in test/support, which says what did not come true.
  // Beyond the patience of waitUntil in test/support, which says what did not come true.
  testFramework: { config: { timeout: 30_000 } },
  testRunnerHtml: (framework) => `<!doctype html>
<html lang="en">
  <head><title>Test</title></head>
  <body>
    <script>${failOnUnhandledRejection}</script>
    <script type="module" src="${framework}"></script>
  </body>
</html>`,
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
};
