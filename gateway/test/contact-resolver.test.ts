import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContactIdentity } from '../src/cloud-api/index.js';
import { newId } from '../src/ids.js';
import { ContactResolver } from '../src/contacts/contact-resolver.js';

const NOBODY: ContactIdentity = { bsuid: null, parentBsuid: null, phone: null, username: null, name: null };
const who = (some: Partial<ContactIdentity>): ContactIdentity => ({ ...NOBODY, ...some });
const emptyResolver = () =>
  new ContactResolver({ contacts: [], addresses: [] }, { newId: () => newId(), now: 0 });

test('a user id and a number that come together are one contact, known by either', () => {
  const resolver = emptyResolver();
  const both = resolver.identify(who({ bsuid: 'US.1', phone: '1555' }), 1);
  assert.equal(resolver.identify(who({ bsuid: 'US.1' }), 2).id, both.id);
  assert.equal(resolver.identify(who({ phone: '1555' }), 3).id, both.id);
});

test('a contact known by number alone gets the user id that comes later', () => {
  const resolver = emptyResolver();
  const first = resolver.identify(who({ phone: '1555' }), 1);
  const later = resolver.identify(who({ bsuid: 'US.1', phone: '1555' }), 2);
  assert.equal(later.id, first.id);
  assert.equal(later.bsuid, 'US.1');
  assert.equal(resolver.identify(who({ bsuid: 'US.1' }), 3).phone, '1555');
});

test('a number that changed hands does not join two people', () => {
  const resolver = emptyResolver();
  const old = resolver.identify(who({ bsuid: 'US.1', phone: '1555', name: 'Old' }), 1);
  const next = resolver.identify(who({ bsuid: 'US.2', phone: '1555', name: 'Next' }), 2);
  assert.notEqual(next.id, old.id);
  assert.equal(next.phone, '1555');
  assert.equal(resolver.contact(old.id)?.phone, null);
});

test('two contacts who turn out to be one are joined', () => {
  const resolver = emptyResolver();
  const byId = resolver.identify(who({ bsuid: 'US.1' }), 1);
  const byPhone = resolver.identify(who({ phone: '1555', name: 'Ana' }), 2);
  assert.notEqual(byId.id, byPhone.id);
  const both = resolver.identify(who({ bsuid: 'US.1', phone: '1555' }), 3);
  assert.equal(both.id, byId.id);
  assert.equal(both.name, 'Ana');
  assert.equal(resolver.contact(byPhone.id)?.id, byId.id);
});

test('later facts win, in whatever order they arrive', () => {
  const facts: readonly [Partial<ContactIdentity>, number][] = [
    [{ bsuid: 'US.1', phone: '1', name: 'First' }, 10],
    [{ bsuid: 'US.1', phone: '2', name: 'Second' }, 20],
    [{ bsuid: 'US.1', username: 'nick' }, 30],
    [{ bsuid: 'US.1', name: 'Same time' }, 20],
  ];
  const outcomes = permutations(facts).map((order) => {
    const resolver = emptyResolver();
    for (const [fact, at] of order) resolver.identify(who(fact), at);
    const [contact] = resolver.contacts;
    return JSON.stringify([contact?.name, contact?.username, contact?.phone, resolver.contacts.length]);
  });
  assert.deepEqual([...new Set(outcomes)], ['["Second","nick","2",1]']);
});

test('a changed number leads to the same contact, and the old one is not written to', () => {
  const resolver = emptyResolver();
  const before = resolver.identify(who({ bsuid: 'US.1', phone: '1' }), 10);
  const after = resolver.change(who({ bsuid: 'US.1', phone: '1' }), who({ bsuid: 'US.2', phone: '2' }), 20);
  assert.equal(after.id, before.id);
  assert.deepEqual([after.bsuid, after.phone], ['US.2', '2']);
  assert.equal(resolver.identify(who({ bsuid: 'US.2', phone: '2' }), 30).id, before.id);
  // What was still on its way.
  assert.equal(resolver.identify(who({ bsuid: 'US.1', phone: '1' }), 15).id, before.id);
  assert.equal(resolver.contact(before.id)?.phone, '2');
});

test('a changed number that cannot be shown leaves the new user id alone', () => {
  const resolver = emptyResolver();
  resolver.identify(who({ bsuid: 'US.1', phone: '1' }), 10);
  const after = resolver.change(who({ bsuid: 'US.1' }), who({ bsuid: 'US.2' }), 20);
  assert.deepEqual([after.bsuid, after.phone], ['US.2', null]);
});

test('whoever wrote from the new number before the news of it came is the same contact', () => {
  const resolver = emptyResolver();
  const before = resolver.identify(who({ bsuid: 'US.1', phone: '1' }), 10);
  const early = resolver.identify(who({ bsuid: 'US.2', phone: '2' }), 30);
  assert.notEqual(early.id, before.id);
  const after = resolver.change(who({ bsuid: 'US.1', phone: '1' }), who({ bsuid: 'US.2', phone: '2' }), 20);
  assert.equal(after.id, before.id);
  assert.equal(resolver.contact(early.id)?.id, before.id);
  assert.equal(resolver.contact(before.id)?.phone, '2');
});

const inTwoPortfolios = () =>
  new ContactResolver(
    { contacts: [], addresses: [] },
    { newId: countedId(), now: 0, accounts: new Map([['c2', new Set(['B'])]]) },
  );

/** c1, c2 and so on. */
function countedId(): () => string {
  let count = 0;
  return () => `c${++count}`;
}

test('who shows one number with the ids of two portfolios by turns is one person, and keeps the number', () => {
  const resolver = inTwoPortfolios();
  const [one, other] = [who({ bsuid: 'ES.A', phone: '1' }), who({ bsuid: 'ES.B', phone: '1' })];
  const first = resolver.identify(one, 10, 'A');
  assert.notEqual(resolver.identify(other, 20, 'B').id, first.id);
  const both = resolver.identify(one, 30, 'A');
  assert.deepEqual([both.id, both.phone], [first.id, '1']);
  assert.deepEqual(
    [resolver.identify(other, 40, 'B'), resolver.identify(one, 50, 'A')].map(({ id, phone, bsuid }) => [
      id,
      phone,
      bsuid,
    ]),
    [
      [first.id, '1', both.bsuid],
      [first.id, '1', both.bsuid],
    ],
  );
});

test('a number that came back later, or of which nobody knows better, does not join two people', () => {
  const [old, next] = [who({ bsuid: 'ES.A', phone: '1' }), who({ bsuid: 'ES.B', phone: '1' })];
  // By the same account both ids are of one portfolio; and a message that is late says nothing of now.
  for (const [account, at] of [
    ['B', 30],
    [null, 30],
    ['A', 15],
  ] as const) {
    const resolver = inTwoPortfolios();
    const first = resolver.identify(old, 10, account);
    const second = resolver.identify(next, 20, 'B');
    assert.equal(resolver.identify(old, at, account).id, first.id);
    assert.equal(resolver.contact(second.id)?.id, second.id);
  }
});

function permutations<T>(list: readonly T[]): readonly (readonly T[])[] {
  if (list.length < 2) return [list];
  return list.flatMap((one, i) => permutations(list.toSpliced(i, 1)).map((rest) => [one, ...rest]));
}
