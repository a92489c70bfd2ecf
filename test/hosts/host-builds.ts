import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import type { Plugin } from 'esbuild';
import { compileScript, parse } from 'vue/compiler-sfc';
import type { HostProject } from './installed-package.js';

/** What a bundler's plugin for Vue does, with the setting that the README names. */
const vueFiles: Plugin = {
  name: 'vue-files',
  setup(hooks) {
    hooks.onLoad({ filter: /\.vue$/ }, async ({ path }) => {
      const { descriptor } = parse(await readFile(path, 'utf8'), { filename: path });
      const { content } = compileScript(descriptor, {
        id: 'page',
        inlineTemplate: true,
        templateOptions: { compilerOptions: { isCustomElement: (tag) => tag.includes('-') } },
      });
      return { contents: content, loader: 'ts' };
    });
  },
};

/** Bundles a host page's script into `FOLDER/main.js`, as its own project would. */
export async function bundlePage(
  project: HostProject,
  entry: string,
  folder: string,
  jsxImportSource = 'react',
): Promise<void> {
  await build({
    absWorkingDir: project.folder,
    entryPoints: { main: entry },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource,
    logLevel: 'warning',
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    plugins: [vueFiles],
  });
}
