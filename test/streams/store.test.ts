import assert from 'node:assert/strict';
import { afterEach, describe, it, mock } from 'node:test';
import type { DomainEvent } from '../../src/model/index.js';
import { DEFAULT_POLICY, itemAt } from '../../src/model/index.js';
import { Store } from '../../src/streams/state/store.js';
import { NOON, aMessage, anAgent, anEvent, anInteraction } from '../support/builders.js';

function filled(): Store {
  const store = new Store();
  store.dispatch({ kind: 'welcome', agent: anAgent(), epoch: 'e1', policy: DEFAULT_POLICY });
  const snapshot = { seq: 0, agent: anAgent(), interactions: [anInteraction()], workbins: [] };
  store.dispatch({ kind: 'snapshot', snapshot });
  return store;
}

const received = (seq: number): DomainEvent => {
  const message = aMessage({ id: `message-${seq}` });
  return { ...anEvent('message-received', { message }), seq, id: `event-${seq}` };
};

describe('the store', () => {
  afterEach(() => mock.restoreAll());

  it('folds at once and replays the state', () => {
    const store = filled();
    const seen: (number | undefined)[] = [];
    store.state$.subscribe(({ cursor }) => seen.push(cursor?.seq));
    store.dispatch({ kind: 'event', event: received(1) });
    assert.equal(store.state.cursor?.seq, 1);
    assert.deepEqual(seen, [0, 1]);
  });

  it('shows every subscriber the states in the same order, also when one of them dispatches', () => {
    const store = filled();
    const seen: (number | undefined)[] = [];
    store.state$.subscribe(({ cursor }) => {
      if (cursor?.seq === 1) store.dispatch({ kind: 'event', event: received(2) });
    });
    store.state$.subscribe(({ cursor }) => seen.push(cursor?.seq));
    store.dispatch({ kind: 'event', event: received(1) });
    assert.deepEqual(seen, [0, 1, 2]);
  });

  it('tells of an input after it has become part of the state', () => {
    const store = filled();
    const cursors: (number | undefined)[] = [];
    store.folded$.subscribe(() => cursors.push(store.state.cursor?.seq));
    store.dispatch({ kind: 'event', event: received(1) });
    store.dispatch({ kind: 'cursor', seq: 7 });
    assert.deepEqual(cursors, [1, 7]);
  });

  it('is silent when an event changes nothing', () => {
    const store = filled();
    store.dispatch({ kind: 'event', event: received(1) });
    let states = 0;
    store.state$.subscribe(() => states++);
    store.dispatch({ kind: 'event', event: received(1) });
    assert.equal(states, 1);
  });

  it('selects a part, when it changes', () => {
    const store = filled();
    let times = 0;
    store.select(({ workbins }) => workbins).subscribe(() => times++);
    store.dispatch({ kind: 'event', event: received(1) });
    assert.equal(times, 1);
  });

  it('shows an event that cannot be folded as an unknown one, and goes on behind it', () => {
    const errors = mock.method(console, 'error', () => undefined);
    const store = filled();
    store.dispatch({ kind: 'transcript-opened', interaction: 'interaction-1' });
    const broken = { ...received(1), body: null } as unknown as DomainEvent;
    store.dispatch({ kind: 'event', event: broken });
    store.dispatch({ kind: 'event', event: received(2) });
    const transcript = store.state.transcripts.get('interaction-1');
    assert.ok(transcript);
    assert.deepEqual(itemAt(transcript, 0), {
      kind: 'unknown-event',
      id: 'event-1',
      at: NOON,
      type: 'message-received?',
    });
    assert.equal(itemAt(transcript, 1)?.id, 'message-2');
    assert.equal(store.state.cursor?.seq, 2);
    assert.equal(errors.mock.callCount(), 1);
  });

  it('completes its streams when it is closed', () => {
    const store = filled();
    let completed = 0;
    store.state$.subscribe({ complete: () => completed++ });
    store.folded$.subscribe({ complete: () => completed++ });
    store.close();
    assert.equal(completed, 2);
  });
});
