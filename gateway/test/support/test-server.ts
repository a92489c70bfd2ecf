import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/store/embedded-postgres.js';
import { silentLog } from './log.js';

/** One cluster for all test files; kept between runs, so that only the first one makes it. */
const FOLDER = fileURLToPath(new URL('../../../../.build/test-postgres', import.meta.url));

/** The server that all test files share: started by the first that needs it, stopped by the last. */
export function startTestServer(): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres(FOLDER, silentLog);
}
