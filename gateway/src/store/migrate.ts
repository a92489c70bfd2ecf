import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Db, Tx } from './db.js';

/** Where the numbered `.sql` files lie, seen from the compiled file. */
const FOLDER = fileURLToPath(new URL('../../../migrations/', import.meta.url));
/** Any number, the same in every gateway. */
const LOCK = 7_240_115;

/**
 * Brings the schema up to date. Several gateways may start at once: one migrates, the others wait.
 * @param db With no limit to how long an answer takes.
 * @returns The numbers that were applied.
 * @throws When the database is newer than this gateway.
 */
export async function migrate(db: Db, folder: string = FOLDER): Promise<readonly number[]> {
  const migrations = await readMigrations(folder);
  return db.tx(async (tx) => {
    await tx.query('set local lock_timeout = 0');
    await tx.query('set local statement_timeout = 0');
    await tx.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await tx.query(
      'create table if not exists schema_version (version integer primary key, at timestamptz not null)',
    );
    const [row] = await tx.query<{ version: number | null }>(
      'select max(version) as version from schema_version',
    );
    const current = row?.version ?? 0;
    const newest = migrations.at(-1)?.version ?? 0;
    if (current > newest) {
      throw new Error(
        `The database has schema ${current}, this gateway knows ${newest}: install a newer gateway.`,
      );
    }
    const missing = migrations.filter(({ version }) => version > current);
    for (const migration of missing) await apply(tx, migration);
    return missing.map(({ version }) => version);
  });
}

interface Migration {
  readonly version: number;
  readonly sql: string;
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const files = (await readdir(folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).toSorted();
  return Promise.all(
    files.map(async (name) => ({
      version: Number(name.slice(0, 4)),
      sql: await readFile(`${folder}/${name}`, 'utf8'),
    })),
  );
}

async function apply(tx: Tx, { version, sql }: Migration): Promise<void> {
  await tx.query(sql);
  await tx.query('insert into schema_version (version, at) values ($1, now())', [version]);
}
