import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContactIdentity } from '../src/cloud-api/index.js';
import { newId } from '../src/ids.js';
import { ContactBook } from '../src/inbox/contact-book.js';

const NOBODY: ContactIdentity = { bsuid: null, parentBsuid: null, phone: null, username: null, name: null };
const who = (some: Partial<ContactIdentity>): ContactIdentity => ({ ...NOBODY, ...some });
const emptyBook = () => new ContactBook({ contacts: [], addresses: [] }, { newId: () => newId(), now: 0 });

test('a user id and a number that come together are one contact, known by either', () => {
  const book = emptyBook();
  const both = book.identify(who({ bsuid: 'US.1', phone: '1555' }), 1);
  assert.equal(book.identify(who({ bsuid: 'US.1' }), 2).id, both.id);
  assert.equal(book.identify(who({ phone: '1555' }), 3).id, both.id);
});

test('a contact known by number alone gets the user id that comes later', () => {
  const book = emptyBook();
  const first = book.identify(who({ phone: '1555' }), 1);
  const later = book.identify(who({ bsuid: 'US.1', phone: '1555' }), 2);
  assert.equal(later.id, first.id);
  assert.equal(later.bsuid, 'US.1');
  assert.equal(book.identify(who({ bsuid: 'US.1' }), 3).phone, '1555');
});

test('a number that changed hands does not join two people', () => {
  const book = emptyBook();
  const old = book.identify(who({ bsuid: 'US.1', phone: '1555', name: 'Old' }), 1);
  const next = book.identify(who({ bsuid: 'US.2', phone: '1555', name: 'Next' }), 2);
  assert.notEqual(next.id, old.id);
  assert.equal(next.phone, '1555');
  assert.equal(book.contact(old.id)?.phone, null);
});

test('two contacts who turn out to be one are joined', () => {
  const book = emptyBook();
  const byId = book.identify(who({ bsuid: 'US.1' }), 1);
  const byPhone = book.identify(who({ phone: '1555', name: 'Ana' }), 2);
  assert.notEqual(byId.id, byPhone.id);
  const both = book.identify(who({ bsuid: 'US.1', phone: '1555' }), 3);
  assert.equal(both.id, byId.id);
  assert.equal(both.name, 'Ana');
  assert.equal(book.contact(byPhone.id)?.id, byId.id);
});

test('later facts win, in whatever order they arrive', () => {
  const facts: readonly [Partial<ContactIdentity>, number][] = [
    [{ bsuid: 'US.1', phone: '1', name: 'First' }, 10],
    [{ bsuid: 'US.1', phone: '2', name: 'Second' }, 20],
    [{ bsuid: 'US.1', username: 'nick' }, 30],
    [{ bsuid: 'US.1', name: 'Same time' }, 20],
  ];
  const outcomes = permutations(facts).map((order) => {
    const book = emptyBook();
    for (const [fact, at] of order) book.identify(who(fact), at);
    const [contact] = book.contacts;
    return JSON.stringify([contact?.name, contact?.username, contact?.phone, book.contacts.length]);
  });
  assert.deepEqual([...new Set(outcomes)], ['["Second","nick","2",1]']);
});

test('a changed number leads to the same contact, and the old one is not written to', () => {
  const book = emptyBook();
  const before = book.identify(who({ bsuid: 'US.1', phone: '1' }), 10);
  const after = book.change(who({ bsuid: 'US.1', phone: '1' }), who({ bsuid: 'US.2', phone: '2' }), 20);
  assert.equal(after.id, before.id);
  assert.deepEqual([after.bsuid, after.phone], ['US.2', '2']);
  assert.equal(book.identify(who({ bsuid: 'US.2', phone: '2' }), 30).id, before.id);
  // What was still on its way.
  assert.equal(book.identify(who({ bsuid: 'US.1', phone: '1' }), 15).id, before.id);
  assert.equal(book.contact(before.id)?.phone, '2');
});

test('a changed number that cannot be shown leaves the new user id alone', () => {
  const book = emptyBook();
  book.identify(who({ bsuid: 'US.1', phone: '1' }), 10);
  const after = book.change(who({ bsuid: 'US.1' }), who({ bsuid: 'US.2' }), 20);
  assert.deepEqual([after.bsuid, after.phone], ['US.2', null]);
});

test('whoever wrote from the new number before the news of it came is the same contact', () => {
  const book = emptyBook();
  const before = book.identify(who({ bsuid: 'US.1', phone: '1' }), 10);
  const early = book.identify(who({ bsuid: 'US.2', phone: '2' }), 30);
  assert.notEqual(early.id, before.id);
  const after = book.change(who({ bsuid: 'US.1', phone: '1' }), who({ bsuid: 'US.2', phone: '2' }), 20);
  assert.equal(after.id, before.id);
  assert.equal(book.contact(early.id)?.id, before.id);
  assert.equal(book.contact(before.id)?.phone, '2');
});

function permutations<T>(list: readonly T[]): readonly (readonly T[])[] {
  if (list.length < 2) return [list];
  return list.flatMap((one, i) => permutations(list.toSpliced(i, 1)).map((rest) => [one, ...rest]));
}
