import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BehaviorSubject, Subject } from 'rxjs';
import type { CommandArgs, Interaction, Policy, WorkspaceState } from '../../src/model/index.js';
import { DEFAULT_POLICY, EMPTY_STATE } from '../../src/model/index.js';
import { readMarks, SEEN_AFTER, TYPING_REPEAT } from '../../src/streams/attention/read-marks.js';
import { anAgent, anInteraction } from '../support/builders.js';
import { VirtualTime } from '../support/virtual-time.js';

const ID = 'interaction-1';

const last = (id: string, direction: 'inbound' | 'outbound' = 'inbound'): Interaction['lastMessage'] => ({
  id,
  direction,
  at: 0,
  kind: 'text',
  text: 'Hello',
});

/** What is told while an agent looks and writes. */
function world(policy: Partial<Policy>, features: readonly string[] = ['mark-read']) {
  const time = new VirtualTime();
  const state = (
    lastMessage: Interaction['lastMessage'],
    more: Partial<Interaction> = {},
  ): WorkspaceState => ({
    ...EMPTY_STATE,
    agent: anAgent(),
    features,
    policy: { ...DEFAULT_POLICY, ...policy },
    interactions: new Map([[ID, anInteraction({ lastMessage, ...more })]]),
  });
  const state$ = new BehaviorSubject(state(last('m1')));
  const looking$ = new BehaviorSubject<string | null>(null);
  const writing$ = new Subject<string>();
  const told: CommandArgs['mark-read'][] = [];
  const store = {
    state$,
    get state() {
      return state$.value;
    },
  };
  readMarks({ store, looking$, writing$, scheduler: time }).subscribe((mark) => told.push(mark));
  const shows = (...args: Parameters<typeof state>): void => state$.next(state(...args));
  return { time, looking$, writing$, told, shows };
}

describe('what a contact is told', () => {
  it('is what the agent has in front for a moment, each message once', () => {
    const { time, looking$, told, shows } = world({ readReceipts: 'seen' });
    looking$.next(ID);
    time.pass(SEEN_AFTER - 1);
    looking$.next(null);
    time.pass(10_000);
    assert.deepEqual(told, []);
    looking$.next(ID);
    time.pass(SEEN_AFTER);
    shows(last('m2'));
    shows(last('m3'));
    time.pass(SEEN_AFTER);
    shows(last('m4', 'outbound'));
    time.pass(10_000);
    assert.deepEqual(told, [
      { interaction: ID, message: 'm1', typing: false },
      { interaction: ID, message: 'm3', typing: false },
    ]);
  });

  it('is nothing of what only rings here, or is another agent’s', () => {
    const { time, looking$, told, shows } = world({ readReceipts: 'seen' });
    shows(last('m1'), { state: 'offered', agent: null });
    looking$.next(ID);
    time.pass(10_000);
    shows(last('m2'), { agent: 'ben' });
    time.pass(10_000);
    assert.deepEqual(told, []);
  });

  it('is that the agent writes, from time to time, while an answer is waited for', () => {
    const { time, writing$, told, shows } = world({ typingIndicator: 'writing' });
    for (let second = 0; second < 21; second++) {
      writing$.next(ID);
      time.pass(1_000);
    }
    assert.equal(told.length, 1 + Math.floor(20_000 / TYPING_REPEAT));
    assert.deepEqual(told[0], { interaction: ID, message: 'm1', typing: true });
    shows(last('m2', 'outbound'));
    time.pass(TYPING_REPEAT);
    writing$.next(ID);
    assert.equal(told.length, 2);
  });

  it('is nothing where the contact centre does not want it, or cannot', () => {
    for (const [policy, features] of [
      [{}, ['mark-read']],
      [{ readReceipts: 'answered' }, ['mark-read']],
      [{ readReceipts: 'seen', typingIndicator: 'writing' }, []],
    ] as const) {
      const { time, looking$, writing$, told } = world(policy, features);
      looking$.next(ID);
      writing$.next(ID);
      time.pass(60_000);
      assert.deepEqual(told, []);
    }
  });
});
