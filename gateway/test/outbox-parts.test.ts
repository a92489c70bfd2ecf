import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Faults } from '../src/outbox/faults.js';
import { InboundRate } from '../src/outbox/inbound-rate.js';
import { LeaseWatch } from '../src/outbox/lease-watch.js';
import { Slots } from '../src/slots.js';

function fill(slots: Slots, channel: string): number {
  let taken = 0;
  for (; slots.free(channel) > 0; taken++) slots.take(channel);
  return taken;
}

test('a number takes half of the slots, and whoever comes later always finds some', () => {
  const slots = new Slots(64);
  assert.equal(fill(slots, 'a'), 32);
  assert.equal(fill(slots, 'b'), 16);
  assert.equal(fill(slots, 'c'), 8);
  assert.equal(fill(slots, 'd'), 4);
  // What the first gives back goes to those who have less.
  for (let i = 0; i < 16; i++) slots.release('a');
  assert.equal(slots.free('a'), 2);
  assert.equal(slots.free('d'), 8);
});

test('what comes in uses up the rate until it is counted, and is forgotten with time', () => {
  const inbound = new InboundRate(12.5);
  inbound.add('a', 40, 1000);
  inbound.add('a', 8, 1100);
  assert.equal(inbound.owed('a', 1100), 500);
  assert.equal(inbound.owed('a', 1100), 500, 'nobody has counted it');
  inbound.add('a', 4, 1100);
  inbound.settle('a', 500, 1100);
  assert.equal(inbound.owed('a', 1100), 50, 'it came meanwhile');
  inbound.add('a', 40, 2000);
  assert.equal(inbound.owed('a', 5000), 0);
  assert.equal(inbound.owed('b', 5000), 0);
});

test('a lease is lost after it has been seen for too long', () => {
  let now = 0;
  const watch = new LeaseWatch({ longest: 100, grace: 10, stopwatch: () => now });
  const lease = { id: 1, attempts: 1, interaction: 'i', clientId: 'c', isHeld: true };
  assert.deepEqual(watch.look([lease]), []);
  now = 100;
  assert.deepEqual(watch.look([lease]), []);
  now = 101;
  assert.deepEqual(watch.look([lease]), [lease]);
  // Taken up again it is another lease.
  assert.deepEqual(watch.look([{ ...lease, attempts: 2 }]), []);
  now = 202;
  assert.equal(watch.look([{ ...lease, attempts: 2 }]).length, 1);
});

test('a lease is lost when its worker’s lock stays away, not when it comes again', () => {
  let now = 0;
  const watch = new LeaseWatch({ longest: 1000, grace: 10, stopwatch: () => now });
  const lease = { id: 1, attempts: 1, interaction: 'i', clientId: 'c', isHeld: true };
  const gone = { ...lease, isHeld: false };
  assert.deepEqual(watch.look([gone]), []);
  now = 10;
  assert.deepEqual(watch.look([gone]), []);
  assert.deepEqual(watch.look([lease]), []);
  now = 20;
  assert.deepEqual(watch.look([gone]), []);
  now = 30;
  assert.deepEqual(watch.look([gone]), []);
  now = 31;
  assert.deepEqual(watch.look([gone]), [gone]);
});

test('where leases could not be seen nobody could end one: all of them begin again', () => {
  let now = 0;
  const watch = new LeaseWatch({ longest: 100, grace: 10, stopwatch: () => now });
  const lease = { id: 1, attempts: 1, interaction: 'i', clientId: 'c', isHeld: true };
  const gone = { ...lease, id: 2, isHeld: false };
  assert.deepEqual(watch.look([lease, gone]), []);
  now = 500;
  watch.interrupt();
  assert.deepEqual(watch.look([lease, gone]), []);
  now = 511;
  assert.deepEqual(watch.look([lease, gone]), [gone]);
});

test('a request that failed counts once among those in a row, however often its answer is told', () => {
  const faults = new Faults();
  const fault = { channel: 'a', message: 'm', attempts: 1, code: null };
  for (let i = 0; i < 5; i++) assert.equal(faults.add(fault), false);
  assert.equal(faults.add({ ...fault, attempts: 2 }), false);
  assert.equal(faults.add({ ...fault, message: 'n' }), true);
});
