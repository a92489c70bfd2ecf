import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contactLabel } from '../../src/model/index.js';

const called = (name: string | null): string =>
  contactLabel({ id: 'c', name, username: null, phone: '34600111222', bsuid: null });

test('a contact is called by name, else by number', () => {
  assert.equal(called(' Masha 👨‍👩‍👧 '), 'Masha 👨‍👩‍👧');
  for (const name of [null, '', '   ']) assert.equal(called(name), '+34 600 111 222');
});

test('a name cannot turn the direction of what stands around it', () => {
  assert.equal(called('\u202eahsaM\u2069'), 'ahsaM');
  assert.equal(called('Ma\u0007sha\nK'), 'Masha K');
});

test('a name of nothing that can be seen is none', () => {
  for (const name of ['\u200b\u200d', '\u3164', '\u2800\u2800', '\u202e'])
    assert.equal(called(name), '+34 600 111 222');
});

test('a name without end is cut off', () => {
  assert.ok(called('x'.repeat(65_536)).length <= 100);
});
