// Bundles the compiled modules: dist/esm/define.js → dist/whatsapp-workspace.js with lazy chunks in dist/chunks/,
// and the demo's gallery with all it needs → demo/built/gallery.js.
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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
        .map(({ fileName, isEntry, imports, dynamicImports }) => ({
          fileName,
          isEntry,
          imports,
          dynamicImports,
        }));
      mkdirSync('.build', { recursive: true });
      writeFileSync('.build/bundle-graph.json', JSON.stringify(files, null, 2));
    },
  };
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

// Without these conditions, Lit's development build would be bundled.
const resolvePackages = () => nodeResolve({ browser: true, exportConditions: ['production', 'browser'] });

const library = {
  input: { 'whatsapp-workspace': 'dist/esm/define.js' },
  plugins: [
    resolvePackages(),
    productionMode(),
    minifyHtmlLiterals(),
    removeOldChunks(),
    writeBundleGraph(),
    copyLoader(),
  ],
  output: {
    dir: 'dist',
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    sourcemap: true,
    plugins: [
      terser({
        module: true,
        ecma: 2020,
        compress: { passes: 2, pure_getters: true },
        format: { comments: false },
      }),
    ],
  },
};

const gallery = {
  input: { gallery: '.build/demo/gallery/main.js' },
  plugins: [resolvePackages(), removeOldChunks()],
  output: {
    dir: 'demo/built',
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    sourcemap: true,
  },
};

export default existsSync(gallery.input.gallery) ? [library, gallery] : [library];
