import pg from 'pg';
import { isAlive } from '../../src/store/processes.js';
import { atEnd } from './cleanup.js';
import { startTestServer } from './test-server.js';

export interface TestDatabase {
  readonly url: string;
  /** Runs a statement as an operator would. */
  query<R extends pg.QueryResultRow>(sql: string, params?: readonly unknown[]): Promise<R[]>;
}

/** Gives a test file an empty database of its own, on a real server; gone when the file's tests have run. */
export async function useDatabase(): Promise<TestDatabase> {
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  const server = await startTestServer();
  const url = await server.database(name);
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on('error', () => undefined);
  const home = await server.database('postgres');
  await dropLeftovers(home);
  atEnd(async () => {
    await pool.end();
    // Another file's end may have stopped the server just now, when nobody was connected; not in a run of all files, where it is held (server-holder.ts).
    await server.revive();
    await drop(home, name);
    await server.stop();
  });
  return {
    url,
    query: async <R extends pg.QueryResultRow>(sql: string, params: readonly unknown[] = []) =>
      (await pool.query<R>(sql, [...params])).rows,
  };
}

/** Of test runs that were killed. */
async function dropLeftovers(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      `select datname from pg_database where datname like 'test\\_%'`,
    );
    for (const { datname } of rows) {
      if (!isAlive(Number(datname.split('_')[1])))
        await client.query(`drop database if exists ${datname} with (force)`);
    }
  } finally {
    await client.end();
  }
}

async function drop(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`drop database if exists ${name} with (force)`);
  } finally {
    await client.end();
  }
}
