import type { ChannelHealth } from 'whatsapp-workspace/model';
import type { Queryable, Tx } from './db.js';

/** A rate, in milliseconds: one in `interval`, borrowing from the future up to `burst` at once. */
export interface Rate {
  readonly interval: number;
  readonly burst: number;
}

/** Nobody ever has to wait longer, in milliseconds: an instant further ahead was written by a clock that has been put right since. */
export const LONGEST_WAIT = 15 * 60_000;

/** How far ahead of now the next instant of a rate may lie when one more may go. */
export function burstOf({ interval, burst }: Rate): number {
  return (burst - 1) * interval;
}

interface ChannelRow {
  readonly paused_until: number;
  readonly next_at: number;
  readonly strikes: number;
}

/** A number that may send. */
export interface Room {
  readonly messages: number;
  /** The number's next instant, mended where it cannot be right. */
  readonly nextAt: number;
}

/**
 * How many messages a number may send now. Locks the number, so that gateways share its rate; but not its key, which every new message and
 * conversation refers to: the two would wait for each other, and under load this one for ever.
 * @param owed What else went over the number meanwhile, as milliseconds of its rate.
 * @returns null when somebody else holds the number: others are not to wait for that.
 */
export async function channelRoom(
  tx: Tx,
  channel: string,
  now: number,
  rate: Rate,
  owed: number,
): Promise<Room | null> {
  const [row] = await tx.query<ChannelRow>(
    'select paused_until, next_at, strikes from channel where id = $1 for no key update skip locked',
    [channel],
  );
  if (!row) return null;
  if (row.paused_until > now && row.paused_until <= now + LONGEST_WAIT)
    return { messages: 0, nextAt: row.next_at };
  const last = now + burstOf(rate);
  // What cannot be right counts as a burst of which one message is left. Fractions of an interval add up to less than a millisecond.
  const spent = row.next_at > last + rate.interval + 1 ? last : Math.max(row.next_at, now);
  // However much else went over the number, a little always goes.
  const nextAt = Math.max(spent, Math.min(spent + owed, last));
  const messages = Math.floor((last - nextAt) / rate.interval) + 1;
  if (row.strikes === 0) return { messages, nextAt };
  // After it was turned away, one message finds out whether more may go.
  return { messages: (await isProbed(tx, channel)) ? 0 : Math.min(messages, 1), nextAt };
}

async function isProbed(tx: Tx, channel: string): Promise<boolean> {
  const rows = await tx.query(`select from outbox where channel = $1 and state = 'leased' limit 1`, [
    channel,
  ]);
  return rows.length > 0;
}

/** Makes sure that a number is known. */
export async function registerChannel(tx: Tx, channel: string, now: number): Promise<void> {
  await tx.query('insert into channel (id, registered_at) values ($1, $2) on conflict do nothing', [
    channel,
    now,
  ]);
}

/** Notes that messages went over a number. */
export async function spendChannel(tx: Tx, channel: string, nextAt: number): Promise<void> {
  await tx.query('update channel set next_at = $2 where id = $1', [channel, nextAt]);
}

/** A number's health as it is kept. */
export interface StoredHealth extends ChannelHealth {
  /** Told by a status: the Cloud API takes messages all the same, and only a status tells that it is over. */
  readonly byStatus?: true;
}

/** A number as it is when it has just been turned away, or let through. */
export interface ChannelState {
  readonly channel: string;
  /** The WhatsApp Business Account that it belongs to; null when webhooks have not told. */
  readonly account: string | null;
  readonly strikes: number;
  readonly isPaused: boolean;
  readonly health: StoredHealth | null;
}

/**
 * Locks a number, and with `account` all numbers that are known to be of its WhatsApp Business Account.
 * @returns That number first; empty when there is no such.
 */
export async function lockChannels(
  tx: Tx,
  channel: string,
  extent: 'number' | 'account',
  now: number,
): Promise<readonly ChannelState[]> {
  const rows = await tx.query<ChannelRow & Omit<ChannelState, 'isPaused'>>(
    `select id as channel, account, paused_until, strikes, trouble as health from channel
     where id = $1 or ($2 = 'account' and account = (select account from channel where id = $1))
     order by id for no key update`,
    [channel, extent],
  );
  return rows
    .map(({ paused_until, ...row }) => ({
      ...row,
      isPaused: paused_until > now && paused_until <= now + LONGEST_WAIT,
    }))
    .toSorted((a, b) => Number(b.channel === channel) - Number(a.channel === channel));
}

/** Sends nothing over a number before an instant, and then tries with one message. */
export async function pauseChannel(
  tx: Tx,
  channel: string,
  pause: { readonly until: number; readonly strikes: number; readonly health: StoredHealth | null },
): Promise<void> {
  await tx.query('update channel set paused_until = $2, strikes = $3, trouble = $4 where id = $1', [
    channel,
    pause.until,
    pause.strikes,
    pause.health && JSON.stringify(pause.health),
  ]);
}

/** Lets a number send as before, from now on. */
export async function resumeChannel(tx: Tx, channel: string, now: number): Promise<void> {
  await tx.query(
    'update channel set strikes = 0, trouble = null, paused_until = least(paused_until, $2) where id = $1',
    [channel, now],
  );
}

/** Whether a number was turned away and has not been let through since. Locks nothing. */
export async function isStruck(q: Queryable, channel: string): Promise<boolean> {
  return (await q.query('select from channel where id = $1 and strikes > 0', [channel])).length > 0;
}

/** Numbers that do not send, or not as they should. */
export async function readTroubles(q: Queryable): Promise<readonly ChannelHealth[]> {
  const rows = await q.query<{ trouble: ChannelHealth }>(
    `select trouble - 'byStatus' as trouble from channel where trouble is not null order by id`,
  );
  return rows.map(({ trouble }) => trouble);
}
