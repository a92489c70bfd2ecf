// Makes the decoders of src/platform/sound out of packages that are compiled to WebAssembly: as plain JavaScript, because a page's security policy lets WebAssembly run
// only with 'wasm-unsafe-eval'.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { root, runNode } from './run.mjs';

const FOLDER = 'src/platform/sound/made';
const STAMP = join(root, FOLDER, '.stamp');
const require = createRequire(import.meta.url);

const DECODERS = [
  { name: 'amr', from: '@audio/decode-amr', of: 'opencore-amr, Apache License 2.0' },
  { name: 'opus', from: '@audio/decode-opus', of: 'libopus, BSD 3-Clause License' },
];

/** What the compiled code was given names by: its memory, what begins it, and what it can do. */
const NAMES = {
  memory: /memory=wasmMemory=wasmExports\["(\w+)"\]/,
  begin: /function initRuntime\(\)\{runtimeInitialized=true;wasmExports\["(\w+)"\]\(\)/,
  functions: /Module\["_(\w+)"\]=wasmExports\["(\w+)"\]/g,
};
/** What is called of the page: nothing of it is needed. More memory than there is at first is refused. */
const CALLS_OF_PAGE = /var wasmImports=\{([^}]+)\}/;

/** Makes the modules anew when the packages or this script have changed. */
export async function makeSoundDecoders() {
  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)));
  for (const { from } of DECODERS) hash.update(readFileSync(require.resolve(`${from}/package.json`)));
  const stamp = hash.digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return;
  const binaries = [];
  // One after the other: each is watched for while it is handed to the engine.
  for (const { name, from } of DECODERS) binaries.push(await compiledIn(loaderOf(name, from)));
  await Promise.all(DECODERS.map((decoder, i) => make(decoder, binaries[i])));
  writeFileSync(STAMP, stamp);
}

/** Puts them where the compiled modules look for them. */
export function copySoundDecoders() {
  const to = join(root, FOLDER.replace('src', 'dist/esm'));
  mkdirSync(to, { recursive: true });
  cpSync(join(root, FOLDER), to, { recursive: true, filter: (path) => !path.endsWith('.stamp') });
}

const loaderOf = (name, from) =>
  join(dirname(require.resolve(`${from}/package.json`)), 'src', `${name}.wasm.js`);

async function make({ name, from, of }, binary) {
  const { version } = JSON.parse(readFileSync(require.resolve(`${from}/package.json`), 'utf8'));
  const loader = readFileSync(loaderOf(name, from), 'utf8');
  const code = wrapped(await asJavaScript(name, binary), loader);
  // What imports this module may be what installs the packages.
  const { transform } = await import('esbuild');
  const { code: small } = await transform(code, { format: 'esm', target: 'es2022', minify: true });
  const banner = `// ${from} ${version} (${of}),\n// made plain JavaScript by scripts/lib/sound-decoders.mjs.\n`;
  writeFileSync(join(root, FOLDER, `${name}.js`), banner + small);
}

/** The WebAssembly in a package, which it hands to the engine when it is loaded. */
async function compiledIn(loader) {
  const { default: load } = await import(pathToFileURL(loader).href);
  const { instantiate } = WebAssembly;
  let found = null;
  WebAssembly.instantiate = (binary, imports) => {
    found = binary;
    return instantiate(binary, imports);
  };
  try {
    await load();
  } finally {
    WebAssembly.instantiate = instantiate;
  }
  if (!found) throw new Error(`${loader} has changed: no WebAssembly was found in it.`);
  return found;
}

async function asJavaScript(name, binary) {
  mkdirSync(join(root, '.build'), { recursive: true });
  mkdirSync(join(root, FOLDER), { recursive: true });
  const [from, to] = ['wasm', 'js'].map((kind) => join(root, '.build', `${name}-decoder.${kind}`));
  writeFileSync(from, binary);
  const program = join(dirname(require.resolve('binaryen/package.json')), 'bin', 'wasm2js');
  const features = ['bulk-memory', 'sign-ext', 'nontrapping-float-to-int', 'mutable-globals'];
  const options = ['-O3', ...features.map((feature) => `--enable-${feature}`)];
  const { code, output } = await runNode([program, from, ...options, '-o', to], { capture: true });
  if (code !== 0) throw new Error(output);
  const result = readFileSync(to, 'utf8');
  for (const path of [from, to]) rmSync(path);
  return result;
}

/** Instead of one copy of it that begins at once: as many as are wanted, each with a memory of its own, by the names of the source. */
function wrapped(code, loader) {
  const [memory, begin] = [NAMES.memory, NAMES.begin].map((name) => name.exec(loader)?.[1]);
  const functions = [...loader.matchAll(NAMES.functions)];
  const calls = CALLS_OF_PAGE.exec(loader)?.[1]
    .split(',')
    .map((call) => call.split(':')[0]);
  const end = code.indexOf('var retasmFunc');
  const head = /^import \* as (\w+) from '\w+';/.exec(code);
  if (!memory || !begin || functions.length === 0 || !calls || end < 0 || !head)
    throw new Error('The compiled decoder has changed, and must be looked at again.');
  const named = functions.map(([, name, short]) => `${name}: code.${short}`);
  return `export function create() {
  ${code.slice(head[0].length, end)}
  const page = { ${calls.map((call) => `${call}: () => 0`).join(', ')} };
  const code = asmFunc({ ${head[1]}: page });
  code.${begin}();
  return { memory: code.${memory}, ${named.join(', ')} };
}
`;
}
