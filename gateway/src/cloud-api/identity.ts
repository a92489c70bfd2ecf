import { asId, asObject, asText, type JsonObject } from './json.js';

/** Who a contact is, as far as one webhook tells. Without `bsuid` and `phone` nobody can be written to. */
export interface ContactIdentity {
  /** The business-scoped user id, for example `US.13491208655302741918`. */
  readonly bsuid: string | null;
  /** The same across the businesses of one parent. */
  readonly parentBsuid: string | null;
  /** Digits without the plus sign; an address that is no number is kept as written, so that no message loses its sender. */
  readonly phone: string | null;
  /** Without the at sign. */
  readonly username: string | null;
  /** The profile's name: chosen by the contact, so untrusted text. */
  readonly name: string | null;
}

/** The addresses by which a message or status names its contact. */
export interface Addresses {
  readonly phone: string | null;
  readonly bsuid: string | null;
  readonly parentBsuid: string | null;
}

const BSUID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;
const NUMBER = /^\+?[\d\s().-]*\d[\d\s().-]*$/;

/**
 * Addresses from what the Cloud API wrote into a field for numbers and into those for user ids. Fields may be missing or empty, and a user
 * id sometimes stands where a number is expected.
 */
export function readAddresses(phone: unknown, bsuid: unknown, parentBsuid: unknown): Addresses {
  const number = asId(phone);
  const misplaced = number !== null && BSUID.test(number);
  return {
    phone: number === null || misplaced ? null : digits(number),
    bsuid: asId(bsuid) ?? (misplaced ? number : null),
    parentBsuid: asId(parentBsuid),
  };
}

/** An identity of addresses alone. */
export function bareIdentity(addresses: Addresses): ContactIdentity {
  return { ...addresses, username: null, name: null };
}

/** Whether a contact can be told from others and written to. */
export function isReachable(identity: ContactIdentity): boolean {
  return identity.bsuid !== null || identity.phone !== null;
}

/** Finds the contact of each message in one webhook value, by its `contacts` array. */
export class WebhookContacts {
  readonly #contacts: readonly ContactIdentity[];
  readonly #unclaimed: readonly ContactIdentity[];
  /** Places in the list, by address: looked up and not searched, or a full body would cost hours. */
  readonly #places = new Map<string, number>();

  /** `senders` are the addresses of all messages and statuses of the value. */
  constructor(contacts: readonly unknown[], senders: readonly Addresses[]) {
    this.#contacts = contacts.map((contact) => readContact(asObject(contact)));
    for (const [place, contact] of this.#contacts.entries()) {
      for (const address of keysOf(contact)) {
        if (!this.#places.has(address)) this.#places.set(address, place);
      }
    }
    const claimed = new Set(senders.flatMap(keysOf));
    this.#unclaimed = this.#contacts.filter((contact) => !keysOf(contact).some((key) => claimed.has(key)));
  }

  /**
   * The identity behind addresses: completed from the entry that shares one; else from the only entry that it can be, unless an address
   * that both have differs (that would join two people).
   */
  identify(addresses: Addresses): ContactIdentity {
    const entry = this.#sharing(addresses) ?? this.#onlyCandidate(addresses);
    if (entry === undefined) return bareIdentity(addresses);
    return {
      bsuid: addresses.bsuid ?? entry.bsuid,
      parentBsuid: addresses.parentBsuid ?? entry.parentBsuid,
      phone: addresses.phone ?? entry.phone,
      username: entry.username,
      name: entry.name,
    };
  }

  /** The first entry that shares an address. */
  #sharing(addresses: Addresses): ContactIdentity | undefined {
    const places = keysOf(addresses).flatMap((key) => this.#places.get(key) ?? []);
    return places.length === 0 ? undefined : this.#contacts[Math.min(...places)];
  }

  #onlyCandidate(addresses: Addresses): ContactIdentity | undefined {
    const candidates = this.#contacts.length === 1 ? this.#contacts : this.#unclaimed;
    const [only] = candidates;
    return only !== undefined && candidates.length === 1 && !contradicts(only, addresses) ? only : undefined;
  }
}

function readContact(contact: JsonObject): ContactIdentity {
  const profile = asObject(contact['profile']);
  const username = asText(profile['username']) ?? asText(contact['username']);
  return {
    ...readAddresses(contact['wa_id'], contact['user_id'], contact['parent_user_id']),
    username: username?.trim().replace(/^@/, '') || null,
    name: asText(profile['name'])?.trim() ?? null,
  };
}

/** The addresses that tell contacts apart, with their kind. */
function keysOf({ bsuid, phone }: Addresses): readonly string[] {
  return [bsuid === null ? [] : `bsuid:${bsuid}`, phone === null ? [] : `phone:${phone}`].flat();
}

function contradicts(a: Addresses, b: Addresses): boolean {
  return (
    (a.bsuid !== null && b.bsuid !== null && a.bsuid !== b.bsuid) ||
    (a.phone !== null && b.phone !== null && a.phone !== b.phone)
  );
}

function digits(number: string): string {
  return NUMBER.test(number) ? number.replaceAll(/\D/g, '') : number;
}
