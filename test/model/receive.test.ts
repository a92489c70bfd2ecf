import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evolve, receive, receiveChange, TEAM_WORKBIN } from '../../src/model/index.js';
import type { InboundMessage, Interaction, MessageChange } from '../../src/model/index.js';
import { NOON, aContact, aMessage, anInteraction, countedIds } from '../support/builders.js';

const inbound = (overrides: Partial<InboundMessage> = {}): InboundMessage => ({
  channel: '106540352242922',
  contact: aContact(),
  at: NOON - 1_000,
  content: { kind: 'text', text: 'Hello' },
  context: null,
  ...overrides,
});
const context = () => ({ now: NOON, newId: countedIds() });

describe('receive', () => {
  it('starts an interaction with an inbound session for a contact who has none open', () => {
    const [created, received, ...rest] = receive(null, inbound(), context());
    assert.deepEqual(rest, []);
    assert.equal(created?.type, 'interaction-created');
    assert.equal(received?.type, 'message-received');
    const { interaction } = created.body;
    assert.equal(interaction.state, 'queued');
    assert.deepEqual(interaction.contact, aContact());
    assert.equal(interaction.session.direction, 'inbound');
    assert.equal(received.body.message.interaction, interaction.id);
    assert.equal(received.body.message.session, interaction.session.id);
    assert.equal(received.body.message.at, NOON - 1_000);
  });

  it('adds to the open interaction, wherever it rings or lies', () => {
    for (const state of ['queued', 'offered', 'active'] as const) {
      const events = receive(anInteraction({ state }), inbound(), context());
      assert.deepEqual(
        events.map(({ type, interaction }) => [type, interaction]),
        [['message-received', 'interaction-1']],
      );
    }
  });

  it('takes a parked interaction out of its workbin and queues it for its former agent', () => {
    const parking = { workbin: TEAM_WORKBIN, by: 'ana', at: NOON - 5 };
    const parked = anInteraction({ state: 'parked', agent: null, formerAgent: 'ana', parking });
    const [queued, received] = receive(parked, inbound(), context());
    assert.equal(queued?.type, 'interaction-queued');
    assert.equal(queued.body.fromWorkbin, TEAM_WORKBIN);
    assert.equal(queued.body.cause, 'contact-wrote');
    assert.equal(queued.body.interaction.parking, null);
    assert.equal(queued.body.interaction.formerAgent, 'ana');
    assert.equal(received?.type, 'message-received');
  });

  it('leaves a parked interaction where it is for a mere reaction', () => {
    const parking = { workbin: TEAM_WORKBIN, by: 'ana', at: NOON - 5 };
    const parked = anInteraction({ state: 'parked', agent: null, parking });
    const content = { kind: 'reaction' as const, emoji: '👍' };
    const events = receive(parked, inbound({ content }), context());
    assert.deepEqual(
      events.map(({ type }) => type),
      ['message-received'],
    );
  });

  const QUIET = [
    { kind: 'reaction', emoji: '👍' },
    { kind: 'edited', text: 'Sample 17' },
    { kind: 'deleted' },
    { kind: 'system', text: 'The security code has changed.', event: 'customer_identity_changed' },
  ] as const;
  for (const content of QUIET) {
    it(`opens and rings nothing for what asks for no answer after Done: ${content.kind}`, () => {
      const done = anInteraction({ state: 'done', agent: null, formerAgent: 'ana', pendency: null });
      const events = receive(null, inbound({ content }), context(), done);
      assert.deepEqual(
        events.map(({ type, interaction }) => [type, interaction]),
        [['message-received', done.id]],
      );
      const after = events.reduce(evolve, done);
      assert.deepEqual(
        { ...after, lastMessage: null },
        { ...done, windowClosesAt: after.windowClosesAt, lastMessage: null },
      );
      assert.deepEqual(receive(null, inbound({ content }), context(), null), []);
    });
  }

  it('brings a parked interaction back when a placeholder turns out to be a question, and only then', () => {
    const parking = { workbin: TEAM_WORKBIN, by: 'ana', at: NOON - 5 };
    const parked = anInteraction({ state: 'parked', agent: null, parking });
    const real = { kind: 'replacement', content: { kind: 'text', text: 'Hello' }, context: null } as const;
    const types = (change: MessageChange | null, open: Interaction | null = parked) =>
      receiveChange(aMessage(), change, open, context()).map(({ type }) => type);
    assert.deepEqual(types(real), ['interaction-queued', 'message-changed']);
    assert.deepEqual(types(real, anInteraction()), ['message-changed']);
    assert.deepEqual(types({ kind: 'deletion', at: NOON }), ['message-changed']);
    assert.deepEqual(types({ kind: 'reaction', by: null, emoji: '👍', at: NOON }), ['message-changed']);
    assert.deepEqual(types(null), []);
  });

  it('does not let a phone with a fast clock write in the future', () => {
    const [event] = receive(anInteraction(), inbound({ at: NOON + 3_600_000 }), context());
    assert.equal(event?.type, 'message-received');
    assert.equal(event.body.message.at, NOON);
  });
});
