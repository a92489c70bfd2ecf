import { extname, join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { ROOT } from './support.js';

/** Where pages without a server live: answered by the test itself. */
export const ORIGIN = 'http://localhost:1';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

/**
 * Serves `demo/`, `dist/` and `node_modules/` as any web server would.
 * @param pages Pages and scripts that a test brings along, by path.
 */
export async function servePages(
  context: BrowserContext,
  pages: Readonly<Record<string, string>> = {},
): Promise<void> {
  await context.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const body = pages[pathname];
    if (body !== undefined)
      return route.fulfill({ contentType: TYPES[extname(pathname)] ?? 'text/html', body });
    const path = join(ROOT, /^\/(dist|node_modules)\//.test(pathname) ? '' : 'demo', pathname);
    return route.fulfill({ path, contentType: TYPES[extname(path)] ?? 'application/octet-stream' });
  });
}
