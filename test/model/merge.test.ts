import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EMPTY_STATE, audienceOf, evolve, mergeInteractions, reduce } from '../../src/model/index.js';
import type { DomainEvent, EventDraft, Interaction, WorkspaceState } from '../../src/model/index.js';
import { parseServerFrame } from '../../src/transport/gateway/parse-server-frame.js';
import { NOON, anAgent, anInteraction } from '../support/builders.js';

const waiting = (overrides: Partial<Interaction> = {}) =>
  anInteraction({ state: 'queued', agent: null, ...overrides });
const parked = (overrides: Partial<Interaction> = {}) =>
  anInteraction({
    state: 'parked',
    agent: null,
    parking: { workbin: 'team', by: 'ana', at: NOON },
    pendency: null,
    ...overrides,
  });

/** Both as they are in the end, whichever of the two is named first. */
function merged(a: Interaction, b: Interaction): readonly [ended: Interaction, kept: Interaction] {
  const outcomes = [mergeInteractions(a, b, NOON), mergeInteractions(b, a, NOON)].map((drafts) => {
    const after = [a, b].map((one) => drafts.reduce((now, draft) => after1(now, draft), one));
    return after.sort((x, y) => Number(y.state === 'done') - Number(x.state === 'done'));
  });
  assert.deepEqual(outcomes[0], outcomes[1]);
  const [ended, kept] = outcomes[0] ?? [];
  assert.ok(ended && kept);
  return [ended, kept];
}

const after1 = (interaction: Interaction, draft: EventDraft): Interaction =>
  draft.interaction === interaction.id ||
  (draft.type === 'interaction-merged' && draft.body.into.id === interaction.id)
    ? evolve(interaction, draft)
    : interaction;

describe('two open interactions of one person', () => {
  const held = anInteraction({ id: 'held', createdAt: NOON - 1_000 });

  it('become one: the one on a desk goes on, the other one ends in it', () => {
    const [ended, kept] = merged(held, waiting({ id: 'older', createdAt: NOON - 90_000 }));
    assert.deepEqual([ended.id, ended.state, ended.mergedInto], ['older', 'done', 'held']);
    assert.deepEqual([kept.id, kept.state, kept.agent], ['held', 'active', 'ana']);
  });

  it('become the older one, when both are on desks or neither is', () => {
    const [ended] = merged(held, anInteraction({ id: 'other', agent: 'ben', createdAt: NOON - 5_000 }));
    assert.deepEqual([ended.id, ended.formerAgent], ['held', 'ana']);
    assert.equal(merged(waiting({ id: 'a', createdAt: 2 }), parked({ id: 'b', createdAt: 1 }))[0].id, 'a');
  });

  it('lose nothing that waits, and no hour of the window', () => {
    const later = waiting({
      id: 'later',
      createdAt: NOON,
      pendency: { since: NOON - 500, count: 2 },
      windowClosesAt: NOON + 24 * 3_600_000,
      lastMessage: { id: 'm', direction: 'inbound', at: NOON - 100, kind: 'text', text: 'There?' },
    });
    const [, kept] = merged(anInteraction({ pendency: { since: NOON - 900, count: 1 } }), later);
    assert.deepEqual(kept.pendency, { since: NOON - 900, count: 3 });
    assert.equal(kept.windowClosesAt, later.windowClosesAt);
    assert.equal(kept.lastMessage?.text, 'There?');
  });

  it('come back from the workbin when the contact waits', () => {
    const [, kept] = merged(parked({ createdAt: 1 }), waiting({ id: 'later', createdAt: NOON }));
    assert.deepEqual([kept.state, kept.parking, kept.pendency?.count], ['queued', null, 1]);
    const [, quiet] = merged(parked({ createdAt: 1 }), parked({ id: 'later', createdAt: NOON }));
    assert.equal(quiet.state, 'parked');
  });
});

describe('the news that two interactions became one', () => {
  const ofAna = anInteraction({ id: 'of-ana', createdAt: NOON - 2_000 });
  const ofBen = anInteraction({ id: 'of-ben', agent: 'ben', createdAt: NOON - 1_000 });
  const [draft] = mergeInteractions(ofAna, ofBen, NOON);
  assert.ok(draft);
  const event = { ...draft, seq: 5, id: 'e5' } as DomainEvent;

  it('goes to both desks', () => {
    assert.deepEqual([...audienceOf(draft, ofBen)].sort(), ['ana', 'ben']);
  });

  it('takes the ended one from its desk, and the other desk reads its transcript anew', () => {
    const desk = (agent: string, ...interactions: readonly Interaction[]): WorkspaceState => ({
      ...EMPTY_STATE,
      agent: anAgent({ id: agent }),
      interactions: new Map(interactions.map((one) => [one.id, one])),
    });
    assert.equal(reduce(desk('ben', ofBen), { kind: 'event', event }).interactions.size, 0);
    const reading = reduce(desk('ana', ofAna), { kind: 'transcript-opened', interaction: 'of-ana' });
    const after = reduce(reading, { kind: 'event', event });
    assert.deepEqual([...after.interactions.keys()], ['of-ana']);
    assert.equal(after.interactions.get('of-ana')?.pendency?.count, 2);
    assert.equal(after.transcripts.size, 0);
  });

  it('comes whole through the socket', () => {
    const parsed = parseServerFrame(JSON.stringify({ type: 'event', event }));
    assert.ok(parsed.ok && parsed.frame.type === 'event');
    assert.deepEqual(parsed.frame.event.body, event.body);
  });
});
