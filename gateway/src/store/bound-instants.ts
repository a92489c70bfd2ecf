import type { Db } from './db.js';

/** Longest times for which offers ring and agents count as connected, in milliseconds. */
export interface Bounds {
  readonly offer: number;
  readonly presence: number;
}

/**
 * Brings instants back that a clock ahead has left behind: none lies further in the future than what it times may last. Rates and pauses of the outbox
 * are bounded where they are read.
 */
export async function boundInstants(db: Db, now: number, { offer, presence }: Bounds): Promise<void> {
  await db.query('update presence set seen_until = $1 where seen_until > $1', [now + presence]);
  await db.query(
    `update interaction set offer_expires_at = $1, body = jsonb_set(body, '{offer,expiresAt}', to_jsonb($1::bigint))
     where state = 'offered' and offer_expires_at > $1::bigint`,
    [now + offer],
  );
  // Who let an interaction go by did so in the past.
  await db.query(
    `update interaction set body = jsonb_set(body, '{passes}', (
       select jsonb_agg(pass || jsonb_build_object('at', least((pass ->> 'at')::bigint, $1::bigint)) order by place)
       from jsonb_array_elements(body -> 'passes') with ordinality as p (pass, place)))
     where state in ('queued', 'offered')
       and exists (select from jsonb_array_elements(body -> 'passes') pass where (pass ->> 'at')::bigint > $1::bigint)`,
    [now],
  );
}
