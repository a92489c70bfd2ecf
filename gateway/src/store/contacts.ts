import type { Queryable, Tx } from './db.js';

export type AddressKind = 'bsuid' | 'wa_id' | 'parent_bsuid';

/** An address by which WhatsApp names contacts. */
export interface Address {
  readonly kind: AddressKind;
  readonly value: string;
}

export interface StoredContact {
  readonly id: string;
  readonly name: string | null;
  readonly username: string | null;
  readonly phone: string | null;
  readonly bsuid: string | null;
  /** When each of these was so, by WhatsApp's clock. */
  readonly knownAt: { readonly [fact in 'name' | 'username' | 'phone' | 'bsuid']?: number };
  readonly createdAt: number;
}

export interface OwnedAddress extends Address {
  readonly contact: string;
}

/** What is known about some addresses and their owners. */
export interface KnownContacts {
  readonly contacts: readonly StoredContact[];
  readonly addresses: readonly OwnedAddress[];
}

/** Any number; with the hash of an address, it names that address among the database's advisory locks. */
const LOCK_SPACE = 7_240_116;

/**
 * Locks addresses, known and unknown ones, the contacts that own them, and others by id. No other transaction can make or change these contacts
 * meanwhile.
 * @throws 40001, to be tried again, when a contact was joined with another between the two.
 */
export async function lockContacts(
  tx: Tx,
  addresses: readonly Address[],
  ids: readonly string[] = [],
): Promise<KnownContacts> {
  if (addresses.length === 0 && ids.length === 0) return { contacts: [], addresses: [] };
  const list = JSON.stringify(addresses);
  const given = `jsonb_to_recordset($1::jsonb) as r (kind text, value text)`;
  await tx.query(
    `select pg_advisory_xact_lock(${LOCK_SPACE}, lock) from (
       select distinct hashtext(kind || ':' || value) as lock from ${given} order by lock
     ) locks`,
    [list],
  );
  const owners = () =>
    tx.query<OwnedAddress>(
      `select a.kind, a.value, a.contact from contact_address a join ${given} on a.kind = r.kind and a.value = r.value
       order by a.kind, a.value`,
      [list],
    );
  const owned = await owners();
  const wanted = [...new Set([...owned.map(({ contact }) => contact), ...ids])];
  const contacts = await tx.query<StoredContact>(
    `select id, name, username, phone, bsuid, known_at as "knownAt", created_at as "createdAt"
     from contact where id = any($1::text[]) and merged_into is null order by id for update`,
    [wanted],
  );
  const isStale = owned.length > 0 && JSON.stringify(await owners()) !== JSON.stringify(owned);
  if (isStale || contacts.length < wanted.length) {
    throw Object.assign(new Error('A contact was joined with another meanwhile.'), { code: '40001' });
  }
  return { contacts, addresses: owned };
}

/** By which WhatsApp Business Accounts contacts have talked with us. */
export async function readAccounts(
  q: Queryable,
  contacts: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const accounts = new Map<string, Set<string>>();
  if (contacts.length === 0) return accounts;
  const rows = await q.query<{ contact: string; account: string }>(
    `select distinct i.contact, c.account from interaction i join channel c on c.id = i.channel
     where i.contact = any($1::text[]) and c.account is not null`,
    [contacts],
  );
  for (const { contact, account } of rows)
    accounts.set(contact, (accounts.get(contact) ?? new Set()).add(account));
  return accounts;
}

export async function saveContacts(tx: Tx, contacts: readonly StoredContact[]): Promise<void> {
  if (contacts.length === 0) return;
  await tx.query(
    `insert into contact (id, name, username, phone, bsuid, known_at, created_at)
     select id, name, username, phone, bsuid, "knownAt", "createdAt"
     from jsonb_to_recordset($1::jsonb) as r (id text, name text, username text, phone text, bsuid text,
       "knownAt" jsonb, "createdAt" bigint)
     on conflict (id) do update set name = excluded.name, username = excluded.username, phone = excluded.phone,
       bsuid = excluded.bsuid, known_at = excluded.known_at`,
    [JSON.stringify(contacts)],
  );
}

/** Writes who owns addresses from now on. */
export async function saveAddresses(tx: Tx, addresses: readonly OwnedAddress[]): Promise<void> {
  if (addresses.length === 0) return;
  await tx.query(
    `insert into contact_address (kind, value, contact)
     select kind, value, contact from jsonb_to_recordset($1::jsonb) as r (kind text, value text, contact text)
     order by kind, value
     on conflict (kind, value) do update set contact = excluded.contact`,
    [JSON.stringify(addresses)],
  );
}

/** A contact turned out to be another one: that one has all of the addresses from now on, and stands for whoever was merged before. */
export async function mergeContacts(tx: Tx, from: string, into: string): Promise<void> {
  await tx.query('update contact_address set contact = $2 where contact = $1', [from, into]);
  await tx.query('update contact set merged_into = $2 where id = $1 or merged_into = $1', [from, into]);
}

/** Whom a message of ours went to. */
export interface Recipient {
  readonly wamid: string | null;
  readonly clientId: string | null;
  readonly contact: string;
  /** All by which the contact is known. */
  readonly addresses: readonly Address[];
}

/** The contacts that outbound messages went to, by WhatsApp's ids or our own. Locks nothing. */
export async function findRecipients(
  q: Queryable,
  wamids: readonly string[],
  clientIds: readonly string[],
): Promise<readonly Recipient[]> {
  return q.query<Recipient>(
    `select m.wamid, m.client_id as "clientId", i.contact, coalesce((
       select jsonb_agg(jsonb_build_object('kind', a.kind, 'value', a.value))
       from contact_address a where a.contact = i.contact), '[]') as addresses
     from message m join interaction i on i.id = m.interaction
     where m.direction = 'outbound' and (m.wamid = any($1::text[]) or m.client_id = any($2::text[]))`,
    [wamids, clientIds],
  );
}
