// Bundles the compiled modules: dist/esm/define.js → dist/whatsapp-workspace.js with lazy chunks in dist/chunks/,
// and the demo's gallery with all it needs → demo/built/gallery.js.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import * as minifyModule from '@lit-labs/rollup-plugin-minify-html-literals';

// The package is CommonJS with a default export, which Node wraps once more.
const minifyHtmlLiterals = minifyModule.default?.default ?? minifyModule.default;

/** Some packages ask Node which build is wanted; in a browser there is nobody to ask. */
function productionMode() {
  return {
    name: 'production-mode',
    transform: (code) =>
      code.includes('process.env.NODE_ENV')
        ? { code: code.replaceAll('process.env.NODE_ENV', '"production"'), map: null }
        : null,
  };
}

/** Lit makes a Trusted Types policy `lit-html` for itself: in the bundle it uses ours (src/elements/base/trusted-types.ts says why). */
function onePolicy() {
  const ours = resolve('dist/esm/elements/base/trusted-types.js');
  const theirs = /(\w+)\?\1\.createPolicy\("lit-html",\{createHTML:(\w+)=>\2\}\):void 0/;
  return {
    name: 'one-policy',
    transform(code, id) {
      if (!/[\\/]lit-html[\\/]lit-html\.js$/.test(id)) return null;
      if (!theirs.test(code)) this.error('Where Lit makes its Trusted Types policy was not found.');
      const imported = `import{markupPolicy}from${JSON.stringify(ours)};`;
      return { code: imported + code.replace(theirs, 'markupPolicy'), map: null };
    },
  };
}

/**
 * RxJS is published for targets without async iteration and brings helpers for it, 1.7 kB; the browsers that run the bundle have the real thing.
 * Our own modules go on with the other helpers of tslib.
 */
function nativeAsyncIteration() {
  return {
    name: 'native-async-iteration',
    resolveId: (id, importer) =>
      id === 'tslib' && importer?.includes('/rxjs/')
        ? resolve('scripts/lib/native-async-iteration.mjs')
        : null,
  };
}

/** Removes chunks of earlier builds, whose hashed names would otherwise pile up. */
function removeOldChunks() {
  return {
    name: 'remove-old-chunks',
    writeBundle({ dir }, bundle) {
      if (!existsSync(`${dir}/chunks`)) return;
      for (const name of readdirSync(`${dir}/chunks`)) {
        if (!bundle[`chunks/${name}`]) rmSync(`${dir}/chunks/${name}`);
      }
    },
  };
}

/** Leaves the graph of the bundle's files in .build, from which scripts/size.mjs knows what a first load fetches. */
function writeBundleGraph() {
  return {
    name: 'write-bundle-graph',
    writeBundle(_options, bundle) {
      const files = Object.values(bundle)
        .filter((file) => file.type === 'chunk')
        .map(({ fileName, name, moduleIds, isEntry, imports, dynamicImports }) => ({
          fileName,
          name: chunkName({ name, moduleIds }),
          isEntry,
          imports,
          dynamicImports,
        }));
      mkdirSync('.build', { recursive: true });
      writeFileSync('.build/bundle-graph.json', JSON.stringify(files, null, 2));
    },
  };
}

/** What a chunk holds: `whatsapp-transcript`, or the folder whose index.js it ends with (`gateway`). */
function chunkName({ name, moduleIds }) {
  const index = name === 'index' && moduleIds.findLast((id) => basename(id) === 'index.js');
  return index ? basename(dirname(index)) : name;
}

/**
 * Chunks that every desk with a conversation loads: these modules, and what they import beyond the first load. `elements/base` and `model` are imported as a
 * whole, so what only later code takes from there is named.
 */
const LOADED_TOGETHER = {
  conversation: [
    'define/conversation.js',
    'context/workspace-inside.js',
    'elements/base/failed-sending.js',
    'elements/base/failure.js',
    'elements/base/more-icon-paths.js',
    'elements/base/more-icons.js',
    'elements/base/workbin-name.js',
    'model/emoji.js',
    'model/message-in.js',
    'model/reaction-news.js',
    'model/workbin.js',
  ],
  storage: ['platform/storage.js', 'platform/hold-lock.js'],
};

/**
 * Keeps in one chunk what is loaded at once, also where others need a part of it: many small chunks compress worse and cost a request each. Those others
 * wait for a chunk that is on its way by itself.
 */
function loadedTogether() {
  let chunkOf = null;
  return (id, { getModuleInfo }) => {
    chunkOf ??= chunksOfModules((module) => getModuleInfo(module).importedIds);
    return chunkOf.get(id);
  };
}

function chunksOfModules(importsOf) {
  const reach = (id, seen) => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const imported of importsOf(id)) reach(imported, seen);
  };
  const firstLoad = new Set();
  reach(resolve('dist/esm/define.js'), firstLoad);
  const chunkOf = new Map();
  for (const [chunk, names] of Object.entries(LOADED_TOGETHER)) {
    const roots = names.map((name) => resolve('dist/esm', name));
    const seen = new Set(firstLoad);
    for (const root of roots) {
      seen.delete(root);
      reach(root, seen);
    }
    for (const id of seen) if (roots.includes(id) || !firstLoad.has(id)) chunkOf.set(id, chunk);
  }
  return chunkOf;
}

/** The classic script for pages that cannot write type="module". */
function copyLoader() {
  return {
    name: 'copy-loader',
    writeBundle({ dir }) {
      copyFileSync('scripts/whatsapp-workspace.loader.js', `${dir}/whatsapp-workspace.loader.js`);
    },
  };
}

/** What a bundle contains beside what its imports tell: what the modules of the emoji picker and the decoders of sound are made of, and the icons. */
const MADE_OF = [
  '@audio/decode-amr',
  '@audio/decode-opus',
  'emoji-picker-element',
  'emoji-picker-element-data',
  'lucide',
];
/** What a package has compiled in it, where its own files do not say. */
const HOLDS = {
  '@audio/decode-amr':
    'Contains opencore-amr (https://sourceforge.net/projects/opencore-amr/), copyright 1998-2009 PacketVideo, Apache License 2.0; derived from 3GPP TS 26.073 and TS 26.173,\ncopyright 3GPP Organizational Partners (ARIB, ATIS, CCSA, ETSI, TTA, TTC). Changed: compiled to WebAssembly, and from that to JavaScript.',
};
const PACKAGE = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/;

/** Writes the licences of all packages in the bundle beside it: minifying takes their notices away, which must go with them. */
function thirdPartyLicences() {
  return {
    name: 'third-party-licences',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap(({ moduleIds }) => moduleIds ?? []);
      const folders = modules.map((id) => PACKAGE.exec(id)?.[1]).filter(Boolean);
      const made = MADE_OF.map((name) => resolve('node_modules', name));
      const source = [...new Set([...folders, ...made])]
        .toSorted((a, b) => a.localeCompare(b))
        .map(licenceOf)
        .join(`\n${'-'.repeat(80)}\n\n`);
      this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-LICENSES.txt', source });
    },
  };
}

function licenceOf(folder) {
  const { name, version, license, homepage, repository } = JSON.parse(
    readFileSync(`${folder}/package.json`, 'utf8'),
  );
  // A package may have the licence of what is compiled in it beside its own.
  const files = readdirSync(folder).filter((entry) => /^licen[cs]e/i.test(entry));
  const texts = files.map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim());
  const text = [HOLDS[name], ...texts].filter(Boolean).join('\n\n');
  const from = repository?.url ?? repository ?? homepage ?? '';
  return `${name} ${version}, ${license}\n${from}\n\n${text}\n`;
}

// Without these conditions, Lit's development build would be bundled.
const resolvePackages = () =>
  nodeResolve({ browser: true, exportConditions: ['production', 'browser', 'es2015'] });

const library = {
  input: { 'whatsapp-workspace': 'dist/esm/define.js' },
  // Lazy chunks import from the entry. Without this, all of it would move into a chunk behind the entry, one request further away.
  preserveEntrySignatures: 'allow-extension',
  plugins: [
    nativeAsyncIteration(),
    resolvePackages(),
    productionMode(),
    onePolicy(),
    minifyHtmlLiterals(),
    removeOldChunks(),
    writeBundleGraph(),
    thirdPartyLicences(),
    copyLoader(),
  ],
  output: {
    dir: 'dist',
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: (chunk) => `chunks/${chunkName(chunk)}-[hash].js`,
    manualChunks: loadedTogether(),
    onlyExplicitManualChunks: true,
    sourcemap: true,
    plugins: [
      terser({
        module: true,
        ecma: 2022,
        compress: { passes: 4, pure_getters: true, unsafe_arrows: true, inline: 1, sequences: false },
        format: { comments: false },
      }),
    ],
  },
};

const gallery = {
  input: { gallery: '.build/demo/gallery/main.js' },
  plugins: [resolvePackages(), onePolicy(), removeOldChunks()],
  output: {
    dir: 'demo/built',
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: (chunk) => `chunks/${chunkName(chunk)}-[hash].js`,
    sourcemap: true,
  },
};

export default existsSync(gallery.input.gallery) ? [library, gallery] : [library];
