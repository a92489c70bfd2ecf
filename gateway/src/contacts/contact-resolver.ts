import type { Contact } from 'whatsapp-workspace/model';
import type { ContactIdentity } from '../cloud-api/index.js';
import type { Address, AddressKind, KnownContacts, OwnedAddress, StoredContact } from '../store/contacts.js';

const FACTS = ['name', 'username', 'phone', 'bsuid'] as const;
type Fact = (typeof FACTS)[number];

/** Two contacts who turned out to be one person. */
export interface Joined {
  readonly from: string;
  readonly into: string;
}

export interface ResolverOptions {
  readonly newId: () => string;
  readonly now: number;
  /** By which WhatsApp Business Accounts contacts have talked with us, as far as that is asked for and known. */
  readonly accounts?: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The addresses of an identity. */
export function addressesOf(identity: ContactIdentity): readonly Address[] {
  const all: readonly [AddressKind, string | null][] = [
    ['bsuid', identity.bsuid],
    ['wa_id', identity.phone],
    ['parent_bsuid', identity.parentBsuid],
  ];
  return all.flatMap(([kind, value]) => (value === null ? [] : [{ kind, value }]));
}

/** A contact as desks see it. */
export function toContact({ id, name, username, phone, bsuid }: StoredContact): Contact {
  return { id, name, username, phone, bsuid };
}

/** Whether desks see the same contact. */
export function isSameContact(a: Contact, b: Contact): boolean {
  return a.id === b.id && FACTS.every((fact) => a[fact] === b[fact]);
}

/**
 * Says which contact an identity of a webhook is, and learns from it. Keeps what changed, to be stored. The business-scoped user id tells who
 * somebody is; a number does so only for those whose id is not known, because numbers change hands. Later facts, by WhatsApp's clock, win over earlier ones in
 * whatever order they arrive.
 */
export class ContactResolver {
  readonly #contacts: Map<string, StoredContact>;
  readonly #owners: Map<string, string>;
  readonly #changed = new Set<string>();
  readonly #learned = new Map<string, OwnedAddress>();
  readonly #joined: Joined[] = [];
  readonly #newId: () => string;
  readonly #now: number;
  readonly #accounts: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(known: KnownContacts, options: ResolverOptions) {
    this.#contacts = new Map(known.contacts.map((contact) => [contact.id, contact]));
    this.#owners = new Map(known.addresses.map((address) => [keyOf(address), address.contact]));
    this.#newId = options.newId;
    this.#now = options.now;
    this.#accounts = options.accounts ?? new Map();
  }

  /** New and changed contacts. */
  get changed(): readonly StoredContact[] {
    return [...this.#changed].flatMap((id) => this.#contacts.get(id) ?? []);
  }

  /** Addresses with a new owner. */
  get learned(): readonly OwnedAddress[] {
    return [...this.#learned.values()];
  }

  get joined(): readonly Joined[] {
    return this.#joined;
  }

  /** All contacts that are known here, as they are by now. */
  get contacts(): readonly StoredContact[] {
    return [...this.#contacts.values()];
  }

  /** A contact as it is by now; who was joined with another is that other. */
  contact(id: string): StoredContact | null {
    const join = this.#joined.find(({ from }) => from === id);
    return join ? this.contact(join.into) : (this.#contacts.get(id) ?? null);
  }

  /**
   * Whose identity this is.
   * @param at When the contact had it, by WhatsApp's clock.
   * @param account The WhatsApp Business Account that it came by; null when it is not known.
   */
  identify(identity: ContactIdentity, at: number, account: string | null = null): StoredContact {
    const byId = this.#owner('bsuid', identity.bsuid);
    const byPhone = this.#owner('wa_id', identity.phone);
    const isSame = byPhone && (this.#couldBe(byPhone, identity) || this.#hasBoth(byId, byPhone, at, account));
    const samePhone = isSame ? byPhone : null;
    const contact = byId ?? samePhone ?? this.#create();
    if (byId && samePhone && byId.id !== samePhone.id) this.#join(samePhone, byId);
    return this.#learn(contact.id, identity, at);
  }

  /** A contact is reached by other addresses from now on. */
  change(previous: ContactIdentity, next: ContactIdentity, at: number): StoredContact {
    const before = this.#owner('bsuid', previous.bsuid) ?? this.#owner('wa_id', previous.phone);
    const byId = this.#owner('bsuid', next.bsuid);
    const byPhone = this.#owner('wa_id', next.phone);
    // Whoever wrote from the new number before this news came, and not the number's former owner.
    const early = byPhone && byPhone.bsuid === null && (byPhone.knownAt.phone ?? 0) >= at ? byPhone : null;
    const after = byId ?? early;
    const contact = before ?? after ?? this.#create();
    if (after && after.id !== contact.id) this.#join(after, contact);
    for (const address of addressesOf(previous)) {
      if (!this.#owners.has(keyOf(address))) this.#own(address, contact.id);
    }
    // The old number must not be written to any more, and a new number comes with a new id.
    const known = this.#known(contact.id);
    this.#put(cleared(cleared(known, 'phone', at), 'bsuid', at));
    return this.#learn(contact.id, next, at);
  }

  /**
   * A message to a contact reached these addresses, by what WhatsApp says: they are the contact's. With another user id than the contact's the
   * number is somebody else's by now.
   */
  reach(id: string, identity: ContactIdentity, at: number): void {
    const known = this.contact(id);
    if (!known) return;
    if (known.bsuid !== null && identity.bsuid !== null) return void this.identify(identity, at);
    const byId = this.#owner('bsuid', identity.bsuid);
    const byPhone = this.#owner('wa_id', identity.phone);
    let contact = known;
    for (const other of [byId, byPhone && this.#couldBe(byPhone, identity) ? byPhone : null]) {
      if (!other || other.id === contact.id || (other.bsuid !== null && contact.bsuid !== null)) continue;
      const [from, into] = other.bsuid === null ? [other, contact] : [contact, other];
      this.#join(from, into);
      contact = this.#known(into.id);
    }
    // News may be late: what the contact was known by before is not learned anew.
    const isNews = (kind: AddressKind, value: string | null) =>
      this.#ownedBy(contact.id, kind, value) === null;
    this.#learn(
      contact.id,
      {
        ...identity,
        phone: isNews('wa_id', identity.phone) ? identity.phone : null,
        bsuid: isNews('bsuid', identity.bsuid) ? identity.bsuid : null,
      },
      at,
    );
  }

  /** Whether the contact who is known by this number may be the one who shows another identity now. */
  #couldBe(contact: StoredContact, { bsuid, phone }: ContactIdentity): boolean {
    return bsuid === null || (contact.bsuid === null && contact.phone === phone);
  }

  /**
   * Whether who shows a number now has shown it with another user id in between. A new number comes with a new id, so whoever has the id of before
   * has had the number all the time; and the other id, of another account, is the same person's in another portfolio.
   */
  #hasBoth(contact: StoredContact | null, other: StoredContact, at: number, account: string | null): boolean {
    const accounts = this.#accounts.get(other.id);
    if (!contact || account === null || !accounts || accounts.has(account)) return false;
    const between = other.knownAt.phone ?? Infinity;
    return other.phone !== null && contact.createdAt < between && between < at;
  }

  #learn(id: string, identity: ContactIdentity, at: number): StoredContact {
    for (const address of addressesOf(identity)) {
      const owner = this.#contacts.get(this.#owners.get(keyOf(address)) ?? '');
      if (owner?.id === id || (owner && !mayTake(owner, address, at))) continue;
      // Somebody else has the number now.
      if (owner?.phone === address.value) this.#put({ ...owner, phone: null });
      this.#own(address, id);
    }
    const facts = {
      name: identity.name,
      username: identity.username,
      phone: this.#ownedBy(id, 'wa_id', identity.phone),
      // Of two that one number has in two portfolios, one stands for the contact, and not each by turns.
      bsuid: this.#isSettled(id, identity) ? null : this.#ownedBy(id, 'bsuid', identity.bsuid),
    };
    let contact = this.#known(id);
    for (const fact of FACTS) contact = learned(contact, fact, facts[fact], at);
    return this.#put(contact);
  }

  #isSettled(id: string, identity: ContactIdentity): boolean {
    const { phone, bsuid } = this.#known(id);
    return bsuid !== null && phone !== null && phone === identity.phone;
  }

  #join(from: StoredContact, into: StoredContact): void {
    this.#joined.push({ from: from.id, into: into.id });
    for (const [key, owner] of this.#owners) if (owner === from.id) this.#owners.set(key, into.id);
    for (const [key, address] of this.#learned) {
      if (address.contact === from.id) this.#learned.set(key, { ...address, contact: into.id });
    }
    let joined: StoredContact = { ...into, createdAt: Math.min(from.createdAt, into.createdAt) };
    for (const fact of FACTS) joined = learned(joined, fact, from[fact], from.knownAt[fact] ?? 0);
    this.#put(joined);
  }

  #create(): StoredContact {
    return this.#put({
      id: this.#newId(),
      name: null,
      username: null,
      phone: null,
      bsuid: null,
      knownAt: {},
      createdAt: this.#now,
    });
  }

  #known(id: string): StoredContact {
    const contact = this.#contacts.get(id);
    if (!contact) throw new Error('A contact was named that is not known.');
    return contact;
  }

  #owner(kind: AddressKind, value: string | null): StoredContact | null {
    const id = value === null ? undefined : this.#owners.get(keyOf({ kind, value }));
    return id === undefined ? null : (this.#contacts.get(id) ?? null);
  }

  #ownedBy(id: string, kind: AddressKind, value: string | null): string | null {
    return this.#owner(kind, value)?.id === id ? value : null;
  }

  #own(address: Address, contact: string): void {
    this.#owners.set(keyOf(address), contact);
    this.#learned.set(keyOf(address), { ...address, contact });
  }

  #put(contact: StoredContact): StoredContact {
    const known = this.#contacts.get(contact.id);
    if (known && JSON.stringify(known) === JSON.stringify(contact)) return known;
    this.#contacts.set(contact.id, contact);
    this.#changed.add(contact.id);
    return contact;
  }
}

function keyOf({ kind, value }: Address): string {
  return `${kind}:${value}`;
}

/** Whether an address may go from its owner to somebody who shows it. */
function mayTake(owner: StoredContact, { kind, value }: Address, at: number): boolean {
  if (kind !== 'wa_id') return false;
  return owner.phone !== value || at >= (owner.knownAt.phone ?? 0);
}

/** A contact after one fact. Later facts win, and of two that are equally old the same one whichever comes first. */
function learned(contact: StoredContact, fact: Fact, value: string | null, at: number): StoredContact {
  const known = contact[fact];
  const lead = at - (contact.knownAt[fact] ?? -Infinity);
  if (value === null || lead < 0 || (lead === 0 && known !== null && known >= value)) return contact;
  return { ...contact, [fact]: value, knownAt: { ...contact.knownAt, [fact]: at } };
}

/** A contact of whom something no longer holds. */
function cleared(contact: StoredContact, fact: Fact, at: number): StoredContact {
  if (at < (contact.knownAt[fact] ?? 0)) return contact;
  return { ...contact, [fact]: null, knownAt: { ...contact.knownAt, [fact]: at } };
}
