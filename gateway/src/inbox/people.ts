import type { WebhookItem } from '../cloud-api/index.js';
import { addressesOf } from '../contacts/contact-resolver.js';

/** Something that people are behind, by their addresses. */
interface Ordered {
  readonly people: readonly string[];
}

/** The addresses of whom an item comes from; none for statuses, whose order does not matter. */
export function peopleOf(item: WebhookItem): readonly string[] {
  const identities =
    item.kind === 'message'
      ? [item.sender]
      : item.kind === 'identity-changed'
        ? [item.previous, item.next]
        : [];
  return identities.flatMap(addressesOf).map(({ kind, value }) => `${kind}:${value}`);
}

/**
 * The same items, with what each person wrote in the order of its writing, by WhatsApp's clock: it stays in the places that it has together. What was written in
 * the same second stays as it came.
 */
export function inOrderOfWriting<T extends Ordered & { readonly item: WebhookItem }>(
  items: readonly T[],
): readonly T[] {
  if (isInOrder(items)) return items;
  const places = new Map(items.map((one, place) => [one, place]));
  const order = new Map<T, T>();
  for (const group of groups(items)) {
    const written = group
      .filter((one) => writtenAt(one) !== null)
      .toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
    const sorted = written.toSorted((a, b) => (writtenAt(a) ?? 0) - (writtenAt(b) ?? 0));
    for (const [place, one] of written.entries()) order.set(one, sorted[place] ?? one);
  }
  return items.map((one) => order.get(one) ?? one);
}

/** Whether nobody's message stands behind a later one. As good as always. */
function isInOrder(items: readonly (Ordered & { readonly item: WebhookItem })[]): boolean {
  const latest = new Map<string, number>();
  for (const one of items) {
    const at = writtenAt(one);
    if (at === null) continue;
    if (one.people.some((person) => (latest.get(person) ?? at) > at)) return false;
    for (const person of one.people) latest.set(person, at);
  }
  return true;
}

function writtenAt({ item }: { readonly item: WebhookItem }): number | null {
  return item.kind === 'message' ? item.at : null;
}

/** Two parts of about the same size, in their order, that nobody is behind both of; one when the same people are behind all. */
export function apart<T extends Ordered>(items: readonly T[]): readonly (readonly T[])[] {
  const first = new Set<T>();
  // The largest first, or the last one could be all that is left for the other part.
  for (const group of groups(items).toSorted((a, b) => b.length - a.length))
    if (first.size < items.length / 2) for (const one of group) first.add(one);
  const rest = items.filter((one) => !first.has(one));
  return rest.length === 0 ? [items] : [items.filter((one) => first.has(one)), rest];
}

/** What may go now, at most `limit`, and what stays behind: whatever the people behind `busy` or behind what stays are behind, too. */
export function takeFree<T extends Ordered>(
  items: readonly T[],
  busy: Iterable<string>,
  limit: number,
): { readonly free: readonly T[]; readonly rest: readonly T[] } {
  const blocked = new Set(busy);
  const free: T[] = [];
  const rest: T[] = [];
  for (const one of items) {
    if (free.length < limit && !one.people.some((person) => blocked.has(person))) {
      free.push(one);
    } else {
      rest.push(one);
      for (const person of one.people) blocked.add(person);
    }
  }
  return { free, rest };
}

/** Items that have people in common are in one group, in any order. */
function groups<T extends Ordered>(items: readonly T[]): readonly (readonly T[])[] {
  const found = new Set<T[]>();
  const byPerson = new Map<string, T[]>();
  for (const one of items) {
    const joined = new Set<T[]>();
    for (const person of one.people) {
      const known = byPerson.get(person);
      if (known) joined.add(known);
    }
    // Smaller groups go into the largest: there may be thousands of items.
    const [group = [], ...others] = [...joined].toSorted((a, b) => b.length - a.length);
    for (const other of others) {
      found.delete(other);
      for (const former of other) {
        group.push(former);
        for (const person of former.people) byPerson.set(person, group);
      }
    }
    group.push(one);
    found.add(group);
    for (const person of one.people) byPerson.set(person, group);
  }
  return [...found];
}
