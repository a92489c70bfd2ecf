import { startEmbeddedPostgres } from '../../src/store/embedded-postgres.js';
import { silentLog } from './log.js';

// A process that starts a database as another user and says what came of it.
const [dataDir = '', uid = ''] = process.argv.slice(2);
process.setgroups?.([]);
process.setgid?.(Number(uid));
process.setuid?.(Number(uid));
try {
  await (await startEmbeddedPostgres(dataDir, silentLog)).stop();
  process.send?.('It started.');
} catch (error) {
  process.send?.(error instanceof Error ? error.message : String(error));
}
process.disconnect();
