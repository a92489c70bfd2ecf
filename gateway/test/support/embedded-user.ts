import { once } from 'node:events';
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres.js';
import { silentLog } from './log.js';

// A process that uses a database until it is told something.
const [dataDir = ''] = process.argv.slice(2);
const server = await startEmbeddedPostgres(dataDir, silentLog);
process.send?.('It uses it.');
await once(process, 'message');
await server.stop();
process.disconnect();
