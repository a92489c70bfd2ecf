import { once } from 'node:events';
import pg from 'pg';
import { startTestServer } from './test-server.js';

// A process that keeps the tests' server running until its standard input ends. A test file that ends stops the server where nobody is connected, and another
// file may just then be between two connections. Says when the server is there.
const server = await startTestServer();
const client = new pg.Client({ connectionString: await server.database('postgres') });
client.on('error', () => undefined);
await client.connect();
console.log('The server runs.');
await once(process.stdin.resume(), 'end');
await client.end();
await server.stop();
