import assert from 'node:assert/strict';
import pg from 'pg';

/** Another session holds what a statement locks. @returns Lets go of it; once is enough. */
export async function holding(
  databaseUrl: string,
  sql: string,
  params: readonly unknown[] = [],
): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('begin');
  assert.notEqual((await client.query(sql, [...params])).rowCount, 0, 'there is nothing to hold');
  let ended: Promise<void> | null = null;
  return () => (ended ??= client.end());
}
