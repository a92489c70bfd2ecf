import type { Db } from './db.js';
import { dropEvents } from './events.js';
import { UNCLAIMED } from './inbox.js';

const BATCH = 1000;

/** What is kept only for a while: by then nobody asks for it any more. Conversations are not among it. */
const PASSING = [
  `delete from inbox where key in (
     select key from inbox where received_at < $1 and (error is null or error = '${UNCLAIMED}') order by received_at limit $2)`,
  'delete from command where id in (select id from command where at < $1 order by at limit $2)',
  `delete from outbox where id in (
     select id from outbox where created_at < $1 and state not in ('held', 'ready', 'leased') order by created_at limit $2)`,
  `delete from lane where id in (
     select l.id from lane l where l.next_at < $1 and (
       select true from outbox o where o.lane = l.id and o.state in ('held', 'ready', 'leased') limit 1) is null limit $2)`,
] as const;

/** Throws away what is older than an instant, in small transactions. Items with an error stay for the operator. */
export async function dropOld(db: Db, before: number): Promise<void> {
  while ((await db.tx((tx) => dropEvents(tx, before, BATCH))) === BATCH);
  for (const statement of PASSING) {
    let dropped = BATCH;
    while (dropped === BATCH) dropped = (await db.query(`${statement} returning 1`, [before, BATCH])).length;
  }
}
