// Bundles every package that src/ and the tests import once, so that a test page loads some ten files and not hundreds.
// src/ itself stays unbundled.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { filesBelow } from '../../scripts/lib/files.mjs';
import { root } from '../../scripts/lib/run.mjs';

const STATIC_IMPORT = /^\s*(?:import|export)\s+(?!type\b)(?:[^'";]*?\bfrom\s*)?'([^']+)'/gm;
const DYNAMIC_IMPORT = /\bimport\(\s*'([^']+)'\s*\)/g;

/** @param {string[]} testFolders folders whose files run in the browser */
export async function vendorPlugin(testFolders) {
  const specifiers = bareImports(['src', ...testFolders]);
  const folder = await bundled(specifiers);
  const urls = new Map(specifiers.map((specifier) => [specifier, `/${folder}/${entryName(specifier)}.js`]));
  return {
    name: 'vendor',
    resolveImport: ({ source }) => urls.get(source),
  };
}

/** The packages (or files of packages) that the TypeScript files in these folders import. */
function bareImports(folders) {
  /** @type {Set<string>} */
  const specifiers = new Set();
  for (const path of folders.flatMap(filesBelow).filter((name) => name.endsWith('.ts'))) {
    const source = readFileSync(join(root, path), 'utf8');
    for (const pattern of [STATIC_IMPORT, DYNAMIC_IMPORT]) {
      for (const [, specifier] of source.matchAll(pattern)) specifiers.add(specifier);
    }
  }
  return [...specifiers].filter((name) => !/^[./]/.test(name) && !isBuiltin(name)).sort();
}

/** Bundles once per set of imports and lock file; runs at the same time do not disturb each other. */
async function bundled(specifiers) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const hash = createHash('sha256')
    .update(JSON.stringify(specifiers))
    .update(lock)
    .digest('hex')
    .slice(0, 12);
  const folder = `.vendor/${hash}`;
  if (existsSync(join(root, folder)) || specifiers.length === 0) return folder;
  const temporary = `${folder}.${process.pid}`;
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(specifiers.map((specifier) => [entryName(specifier), specifier])),
    outdir: temporary,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['development', 'browser'],
    external: ['/__web-dev-server__web-socket.js'],
    legalComments: 'none',
    logLevel: 'error',
  });
  try {
    renameSync(join(root, temporary), join(root, folder));
  } catch {
    // Another run was faster and made the same.
    rmSync(join(root, temporary), { recursive: true, force: true });
  }
  return folder;
}

function entryName(specifier) {
  return specifier.replace(/\.js$/, '').replace(/\W+/g, '_');
}
