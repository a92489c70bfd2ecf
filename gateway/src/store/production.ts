import type { Queryable } from './db.js';

/** Whether a gateway has worked on a database, of whatever schema, that is no demo. */
export async function isForProduction(q: Queryable): Promise<boolean> {
  const [table] = await q.query(`select where to_regclass('production') is not null`);
  if (!table) return false;
  const rows = await q.query('select from production');
  return rows.length > 0;
}

/** Says so, once and for all. */
export async function keepForProduction(q: Queryable): Promise<void> {
  await q.query('insert into production default values on conflict do nothing');
}
