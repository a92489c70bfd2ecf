import type { Clock } from 'whatsapp-workspace/model';
import type { Queryable } from './db.js';

/**
 * How far this machine's clock is ahead of the database's, in milliseconds; negative when it is behind. Without what the question's way there and
 * back may account for.
 */
export async function clockSkew(q: Queryable, clock: Clock): Promise<number> {
  const asked = clock.now();
  const [row] = await q.query<{ at: number }>(
    'select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as at',
  );
  const answered = clock.now();
  const at = row?.at ?? asked;
  if (asked > at) return asked - at;
  return answered < at ? answered - at : 0;
}
