import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyEmojiPicker, makeEmojiPicker } from './emoji-picker.mjs';
import { filesBelow } from './files.mjs';
import { binOf, root, runNode } from './run.mjs';
import { copySoundDecoders, makeSoundDecoders } from './sound-decoders.mjs';

const INPUTS = [
  'src',
  'gateway/src',
  'gateway/stand-in',
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'gateway/tsconfig.json',
  'demo/gallery',
  'demo/tsconfig.json',
  'rollup.config.mjs',
  'custom-elements.json',
  'scripts/framework-types.mjs',
  'scripts/lib/emoji-picker.mjs',
  'scripts/lib/sound-decoders.mjs',
  'scripts/whatsapp-workspace.loader.js',
];
const OUTPUTS = ['dist/whatsapp-workspace.js', 'dist/esm/index.js', 'gateway/dist/src/main.js'];
const STAMP = join(root, '.build', 'build-stamp');

/** Runs the TypeScript compiler on a project file. @returns {Promise<boolean>} whether it found no error */
export async function compile(project, ...options) {
  const { code } = await runNode([binOf('typescript', 'tsc'), '-p', project, ...options]);
  return code === 0;
}

/** The library first, then the gateway beside demo and bundles. @returns {Promise<boolean>} whether all succeeded */
export async function buildAll() {
  removeOrphans('src', 'dist/esm');
  await Promise.all([makeEmojiPicker(), makeSoundDecoders()]);
  // With what was just made, which lies among the sources.
  const fingerprint = inputFingerprint();
  if (!(await compile('tsconfig.json'))) return false;
  copyEmojiPicker();
  copySoundDecoders();
  const built = await Promise.all([buildGateway(), bundleAll()]);
  if (built.includes(false)) return false;
  mkdirSync(join(root, '.build'), { recursive: true });
  writeFileSync(STAMP, fingerprint);
  return true;
}

async function buildGateway() {
  for (const folder of ['src', 'stand-in', 'test'])
    removeOrphans(`gateway/${folder}`, `gateway/dist/${folder}`);
  return compile('gateway/tsconfig.json');
}

/** Demo, types for frameworks, bundles. */
async function bundleAll() {
  removeOrphans('demo/gallery', '.build/demo/gallery');
  if (filesBelow('demo/gallery').length > 0 && !(await compile('demo/tsconfig.json'))) return false;
  const types = await runNode(['scripts/framework-types.mjs']);
  if (types.code !== 0) return false;
  const rollup = await runNode([binOf('rollup'), '--config', 'rollup.config.mjs', '--silent']);
  return rollup.code === 0;
}

/** Type-checks src and test, and emits both to .build for the tests that run in Node. */
export async function compileTests() {
  for (const folder of ['src', 'test']) removeOrphans(folder, `.build/${folder}`);
  return compile('tsconfig.test.json');
}

/** Whether the outputs are those of the present inputs. */
export function buildIsCurrent() {
  const complete = OUTPUTS.every((path) => existsSync(join(root, path)));
  return complete && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === inputFingerprint();
}

/** Names, sizes and times of all inputs: notices removed files too, and is read in milliseconds. */
function inputFingerprint() {
  const hash = createHash('sha256');
  for (const path of INPUTS.flatMap(filesBelow)) {
    const { size, mtimeMs } = statSync(join(root, path));
    hash.update(`${path}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Deletes compiled modules whose source is gone; they would still be found by imports and shipped. */
function removeOrphans(sourceFolder, outputFolder) {
  const sources = new Set(
    filesBelow(sourceFolder).map((path) => path.slice(sourceFolder.length).replace(/\.ts$/, '')),
  );
  for (const path of filesBelow(outputFolder)) {
    const name = path.slice(outputFolder.length).replace(/(\.d\.ts|\.js|\.js\.map|\.d\.ts\.map)$/, '');
    if (!sources.has(name)) rmSync(join(root, path));
  }
}
