import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run, whichSync } from './run.mjs';

/** The engines that element tests run in, in the order in which they are tried. */
export const ENGINES = ['chromium', 'firefox', 'webkit'];

/**
 * @typedef {object} Browsers
 * @property {string} [chromium] path of Chrome or Chromium
 * @property {string} [firefox] path of Firefox
 * @property {{ driver: string, browser: string, display: string }} [webkit] WebKitWebDriver, MiniBrowser and Xvfb
 */

/** Finds the browsers that are on this machine. @returns {Browsers} */
export function findBrowsers() {
  return { chromium: findChromium(), firefox: findFirefox(), webkit: findWebKit() };
}

function findChromium() {
  return firstOf(process.env.CHROME_PATH, {
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    darwin: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    win32: ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe'],
  });
}

function findFirefox() {
  return firstOf(process.env.FIREFOX_PATH, {
    commands: ['firefox-esr', 'firefox'],
    darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
    win32: ['Mozilla Firefox/firefox.exe'],
  });
}

/** WebKit is driven through WebKitGTK, which exists for Linux only. */
function findWebKit() {
  if (process.platform !== 'linux') return undefined;
  const [driver, display, browser] = [whichSync('WebKitWebDriver'), whichSync('Xvfb'), findMiniBrowser()];
  return driver && display && browser ? { driver, display, browser } : undefined;
}

/** MiniBrowser lies in a library folder whose name depends on the processor and on WebKitGTK's API version. */
function findMiniBrowser() {
  const candidates = ['/usr/libexec', ...subfolders('/usr/lib'), ...subfolders('/usr/libexec')].flatMap(
    (folder) =>
      ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0'].map((api) => join(folder, api, 'MiniBrowser')),
  );
  return candidates.find((path) => existsSync(path));
}

function subfolders(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name));
}

/**
 * @param {string | undefined} override path from the environment; wins, and hides the browser when it does not exist
 * @param {{ commands: string[], darwin: string[], win32: string[] }} places
 */
function firstOf(override, { commands, darwin, win32 }) {
  if (override) return existsSync(override) ? override : undefined;
  if (process.platform === 'darwin') return darwin.find((path) => existsSync(path));
  if (process.platform === 'win32') return win32.flatMap(inProgramFolders).find((path) => existsSync(path));
  return commands.map(whichSync).find((path) => path !== undefined);
}

function inProgramFolders(path) {
  const { ProgramFiles, 'ProgramFiles(x86)': programFilesX86, LOCALAPPDATA } = process.env;
  return [ProgramFiles, programFilesX86, LOCALAPPDATA].filter(Boolean).map((folder) => join(folder, path));
}

const DEBIAN_PACKAGES = {
  chromium: ['chromium', 'fonts-noto-core', 'fonts-noto-color-emoji'],
  firefox: ['firefox-esr'],
  webkit: ['webkit2gtk-driver', 'xvfb'],
};
/** What makes recordings for the tests, and what the engines play them with. */
const SOUND_PACKAGES = [
  'ffmpeg',
  'libavcodec-extra',
  'gstreamer1.0-plugins-good',
  'gstreamer1.0-plugins-bad',
  'gstreamer1.0-libav',
];

/**
 * Installs missing browsers where that can be done without asking: on Debian and its like, as root.
 * @param {string[]} wanted engine names
 * @returns {Promise<Browsers>} what is there afterwards
 */
export async function ensureBrowsers(wanted) {
  const missing = wanted.filter((engine) => !findBrowsers()[engine]);
  if (missing.length > 0 && canInstall()) {
    const packages = missing.flatMap((engine) => DEBIAN_PACKAGES[engine]);
    console.log(`Installing ${packages.join(', ')} (apt-get)…`);
    await aptInstall(packages);
  }
  return findBrowsers();
}

/** Installs ffmpeg where that can be done without asking. @returns {Promise<string | undefined>} its path */
export async function ensureFfmpeg() {
  if (!whichSync('ffmpeg') && canInstall()) {
    console.log(`Installing ${SOUND_PACKAGES.join(', ')} (apt-get)…`);
    await aptInstall(SOUND_PACKAGES);
  }
  return whichSync('ffmpeg');
}

function canInstall() {
  return process.platform === 'linux' && process.getuid?.() === 0 && whichSync('apt-get') !== undefined;
}

async function aptInstall(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const update = await run('apt-get', ['update', '-qq'], { capture: true, env });
  if (update.code !== 0) console.error(update.output);
  const install = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    capture: true,
    env,
  });
  if (install.code !== 0) console.error(install.output);
}
