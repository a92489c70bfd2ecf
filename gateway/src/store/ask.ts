import type pg from 'pg';

/**
 * Asks the server, and gives the connection up when no answer comes: a way that has fallen silent is not told apart from a server that hangs, and the
 * connection would be of no use in both cases. The server undoes what was not committed.
 * @param patience In milliseconds; null waits for ever.
 */
export async function ask<R extends pg.QueryResultRow>(
  client: pg.Client,
  query: pg.QueryConfig,
  patience: number | null,
): Promise<R[]> {
  if (patience === null) return (await client.query<R>(query)).rows;
  const end = () =>
    client.connection.stream.destroy(new Error('Connection terminated: no answer came in time'));
  let last: NodeJS.Immediate | undefined;
  // Where this process itself was busy for so long, the answer may lie there unread: once more around the loop.
  const timer = setTimeout(() => (last = setImmediate(end)), patience);
  try {
    return (await client.query<R>(query)).rows;
  } finally {
    clearTimeout(timer);
    clearImmediate(last);
  }
}
