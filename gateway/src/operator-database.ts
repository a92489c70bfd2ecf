import type { Config } from './config.js';
import { bringUpToDate, DATABASE } from './gateway.js';
import type { Log } from './log.js';
import { openDb, type Db } from './store/db.js';
import { startEmbeddedPostgres } from './store/embedded-postgres.js';

/**
 * Does what an operator asked for on the database that the configuration names, brought up to date. Its statements take as long as they take. A server of our
 * own is started for it, unless it runs.
 * @throws ConfigError when a demo would get at what a gateway for production has left.
 */
export async function withDatabase<T>(
  config: Config,
  log: Log,
  options: { readonly purpose: string; readonly max: number },
  work: (db: Db) => Promise<T>,
): Promise<T> {
  const { databaseUrl, dataDir } = config;
  const embedded = databaseUrl === null ? await startEmbeddedPostgres(dataDir, log) : null;
  try {
    const url = databaseUrl ?? (await embedded?.database(DATABASE)) ?? '';
    await bringUpToDate(url, config, log);
    const db = openDb(url, () => undefined, { ...options, answerTimeout: null });
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  } finally {
    await embedded?.stop();
  }
}
