// Bundles the browser tests with what they import, so that a test page loads some twenty files and not hundreds.
import { relative } from 'node:path';
import { build } from 'esbuild';
import { filesBelow } from '../../scripts/lib/files.mjs';
import { root } from '../../scripts/lib/run.mjs';

/**
 * Serves each test as its bundle, whose chunks all tests share: what is loaded later in `src` is loaded later here too.
 * @param {string[]} testFolders folders whose tests run in the browser
 */
export async function bundlePlugin(testFolders) {
  const tests = testFolders.flatMap(filesBelow).filter((path) => path.endsWith('.test.ts'));
  const served = await bundled(tests);
  return {
    name: 'bundle',
    serve({ path }) {
      const body = served.get(path.replace(/\.test\.ts$/, '.test.js'));
      return body && { body, type: path.endsWith('.map') ? 'json' : 'js' };
    },
  };
}

/** @param {string[]} tests @returns {Promise<Map<string, string>>} the text of each file by its path on the server */
async function bundled(tests) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: tests,
    outbase: root,
    outdir: root,
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['development', 'browser'],
    // Those of package.json are about dist.
    ignoreAnnotations: true,
    // Has the options of decorators.
    tsconfig: 'tsconfig.base.json',
    sourcemap: 'linked',
    external: ['/__web-dev-server__web-socket.js'],
    legalComments: 'none',
    logLevel: 'error',
  });
  return new Map(
    outputFiles.map(({ path, text }) => [`/${relative(root, path).replaceAll('\\', '/')}`, text]),
  );
}
