import type { ToldTemplate } from '../cloud-api/index.js';
import type { Queryable, Tx } from './db.js';

/** A business account whose templates this process alone reads, until an instant. */
export interface TakenAccount {
  readonly account: string;
  readonly until: number;
}

/** When templates are read again, in milliseconds. */
export interface TemplatePace {
  /** After something has changed, at the earliest. */
  readonly delay: number;
  /** For each request that the last reading took, so that the limit of the Cloud API's management side holds. */
  readonly perRequest: number;
}

/** An instant so far ahead that nothing of ours leads to it was written by a clock that has been put right since. */
const FARTHEST = 24 * 60 * 60_000;

/** The templates of these accounts are to be read, accounts that are not known yet among them. */
export async function markTemplatesDue(
  q: Queryable,
  accounts: readonly string[],
  { delay, perRequest }: TemplatePace,
  now: number,
): Promise<void> {
  if (accounts.length === 0) return;
  await q.query(
    `insert into template_account as a (account, due_at) select account, $2::bigint + $3::bigint from unnest($1::text[]) as r (account)
     order by account
     on conflict (account) do update set due_at =
       least(a.due_at, greatest($2::bigint + $3::bigint, coalesce(a.synced_at, 0) + a.requests * $4::bigint))`,
    [[...new Set(accounts)], now, delay, perRequest],
  );
}

/** Takes the accounts that are due; others take them not before `until`. */
export async function takeTemplatesDue(
  q: Queryable,
  accounts: readonly string[],
  { now, until }: { readonly now: number; readonly until: number },
): Promise<readonly TakenAccount[]> {
  return q.query<TakenAccount>(
    `update template_account set due_at = $3 where account in (
       select account from template_account where account = any($1::text[]) and (due_at <= $2 or due_at > $4)
       order by account for update skip locked)
     returning account, due_at as until`,
    [accounts, now, until, now + FARTHEST],
  );
}

/** When the templates of these accounts are due next; null for never. */
export async function nextTemplatesDue(q: Queryable, accounts: readonly string[]): Promise<number | null> {
  const [row] = await q.query<{ at: number | null }>(
    'select min(due_at) as at from template_account where account = any($1::text[])',
    [accounts],
  );
  return row?.at ?? null;
}

/** The templates of an account could not be read: they are due again at an instant, or before it where something has changed meanwhile. */
export async function putBackTemplates(
  q: Queryable,
  { account, until }: TakenAccount,
  dueAt: number,
): Promise<void> {
  await q.query('update template_account set due_at = $3 where account = $1 and due_at = $2', [
    account,
    until,
    dueAt,
  ]);
}

/** Puts the templates of an account in the place of those that are there. What has not changed is left as it is. */
export async function replaceTemplates(
  tx: Tx,
  { account, until }: TakenAccount,
  { templates, requests }: { readonly templates: readonly ToldTemplate[]; readonly requests: number },
  { now, dueAt }: { readonly now: number; readonly dueAt: number },
): Promise<{ readonly changed: number; readonly removed: number }> {
  await tx.query(
    `insert into template_account (account, due_at, synced_at, requests) values ($1, $5, $3, $4)
     on conflict (account) do update set synced_at = $3, requests = $4,
       due_at = case template_account.due_at when $2 then $5 else template_account.due_at end`,
    [account, until, now, requests, dueAt],
  );
  const changed = await tx.query(
    `insert into template as t (account, name, language, told)
     select $1, name, language, told from jsonb_to_recordset($2::jsonb) as r (name text, language text, told jsonb)
     on conflict (account, name, language) do update set told = excluded.told where t.told <> excluded.told returning 1`,
    [account, JSON.stringify(templates)],
  );
  const removed = await tx.query(
    `delete from template t where account = $1 and not exists (
       select from jsonb_to_recordset($2::jsonb) as r (name text, language text) where r.name = t.name and r.language = t.language)
     returning 1`,
    [account, JSON.stringify(templates.map(({ name, language }) => ({ name, language })))],
  );
  if (changed.length + removed.length > 0)
    await tx.query('update template_account set version = version + 1 where account = $1', [account]);
  return { changed: changed.length, removed: removed.length };
}

/** Grows with every change of an account's templates; null when none were ever read. */
export async function readTemplatesVersion(q: Queryable, account: string): Promise<number | null> {
  const [row] = await q.query<{ version: number }>(
    'select version from template_account where account = $1 and synced_at is not null',
    [account],
  );
  return row?.version ?? null;
}

/** All templates of an account, in no order. */
export async function readTemplates(q: Queryable, account: string): Promise<readonly ToldTemplate[]> {
  return q.query<ToldTemplate>('select name, language, told from template where account = $1', [account]);
}

/** One template of an account; null when there is no such. */
export async function readTold(
  q: Queryable,
  account: string,
  name: string,
  language: string,
): Promise<ToldTemplate | null> {
  const [told] = await q.query<ToldTemplate>(
    'select name, language, told from template where account = $1 and name = $2 and language = $3',
    [account, name, language],
  );
  return told ?? null;
}

/** The business account that a number belongs to, as webhooks told it; null when they have not, or the number is not known. */
export async function readAccountOf(q: Queryable, channel: string): Promise<string | null> {
  const [row] = await q.query<{ account: string | null }>('select account from channel where id = $1', [
    channel,
  ]);
  return row?.account ?? null;
}

/** The number of an interaction; null when there is no such. */
export async function readChannelOf(q: Queryable, interaction: string): Promise<string | null> {
  const [row] = await q.query<{ channel: string }>('select channel from interaction where id = $1', [
    interaction,
  ]);
  return row?.channel ?? null;
}
