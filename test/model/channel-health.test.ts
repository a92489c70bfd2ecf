import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { audienceOf, EMPTY_STATE, EVERYONE, reduce } from '../../src/model/index.js';
import type { ChannelHealth, DomainEvent, WorkspaceState } from '../../src/model/index.js';
import { anAgent, NOON } from '../support/builders.js';

const STOPPED: ChannelHealth = { channel: 'number-1', trouble: 'payment', code: 131042, since: NOON };

const changed = (seq: number, channel: ChannelHealth): DomainEvent<'channel-changed'> => ({
  seq,
  id: `event-${seq}`,
  type: 'channel-changed',
  at: NOON,
  interaction: null,
  actor: null,
  command: null,
  body: { channel },
});

describe('the health of business numbers', () => {
  const started = (troubles?: readonly ChannelHealth[]): WorkspaceState =>
    reduce(EMPTY_STATE, {
      kind: 'snapshot',
      snapshot: { seq: 1, agent: anAgent(), interactions: [], workbins: [], troubles },
    });

  it('is for all desks', () => assert.deepEqual(audienceOf(changed(2, STOPPED), null), [EVERYONE]));

  it('is known from the snapshot, also from one that says nothing of it', () => {
    assert.deepEqual([...started([STOPPED]).troubles.values()], [STOPPED]);
    assert.equal(started().troubles.size, 0);
  });

  it('changes with events, each number by itself', () => {
    const other = { ...STOPPED, channel: 'number-2' };
    let state = started();
    const sizes = [];
    for (const [i, health] of [STOPPED, other, { ...STOPPED, trouble: null, code: null }].entries()) {
      state = reduce(state, { kind: 'event', event: changed(2 + i, health) });
      sizes.push(state.troubles.size);
    }
    assert.deepEqual(sizes, [1, 2, 1]);
    assert.deepEqual([...state.troubles.values()], [other]);
  });
});
