import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SERVICE_WINDOW, evolve } from '../../src/model/index.js';
import type { DeliveryState, Interaction, MessageChange } from '../../src/model/index.js';
import { NOON, aMessage, aReply, anEvent, anInteraction } from '../support/builders.js';

const received = (at: number, id = `in-${at}`) =>
  anEvent('message-received', { message: aMessage({ id, at }) });
const sent = (id: string) => anEvent('message-sent', { message: aReply({ id }) });
const delivery = (message: string, state: DeliveryState) =>
  anEvent('delivery-changed', { message, delivery: { state, at: NOON, error: null } });
const fold = (interaction: Interaction, ...events: Parameters<typeof evolve>[1][]) =>
  events.reduce(evolve, interaction);
const quiet = anInteraction({ pendency: null });

describe('evolve', () => {
  it('counts pendency from the oldest unanswered message', () => {
    const waiting = fold(quiet, received(NOON), received(NOON + 5_000));
    assert.deepEqual(waiting.pendency, { since: NOON, count: 2 });
  });

  const SILENT = [
    { kind: 'reaction', emoji: '👍' },
    { kind: 'edited', text: 'Sample 17' },
    { kind: 'deleted' },
    { kind: 'system', text: 'New number', event: null },
  ] as const;
  for (const content of SILENT) {
    it(`begins no pendency with what asks for no answer: ${content.kind}`, () => {
      const silent = anEvent('message-received', { message: aMessage({ id: 's', at: NOON + 1, content }) });
      assert.equal(fold(quiet, silent).pendency, null);
      assert.equal(fold(quiet, silent).lastMessage?.kind, content.kind);
      assert.deepEqual(fold(quiet, received(NOON), silent).pendency, { since: NOON, count: 1 });
    });
  }

  it('ends the pendency when the gateway took an answer', () => {
    assert.equal(fold(quiet, received(NOON), sent('a')).pendency, null);
  });

  it('leaves the pendency to what a system sends', () => {
    const told = anEvent('message-sent', { message: aReply({ id: 'told' }) }, { actor: null });
    const waiting = fold(quiet, received(NOON), told);
    assert.deepEqual([waiting.pendency, waiting.lastMessage?.id], [{ since: NOON, count: 1 }, 'told']);
  });

  it('brings the pendency back, unshortened, when the answer fails for good', () => {
    const failed = fold(quiet, received(NOON), sent('a'), delivery('a', 'sent'), delivery('a', 'failed'));
    assert.deepEqual(failed.pendency, { since: NOON, count: 1 });
  });

  it('waits for the last of several answers before the pendency returns', () => {
    const one = fold(quiet, received(NOON), sent('a'), sent('b'), delivery('a', 'failed'));
    assert.equal(one.pendency, null);
    assert.deepEqual(fold(one, delivery('b', 'failed')).pendency, { since: NOON, count: 1 });
  });

  it('keeps a pendency ended once an answer was delivered, even if a later one fails', () => {
    const answered = fold(quiet, received(NOON), sent('a'), sent('b'), delivery('a', 'delivered'));
    assert.equal(fold(answered, delivery('b', 'failed')).pendency, null);
  });

  it('joins the returned pendency with what the contact wrote meanwhile', () => {
    const failed = fold(quiet, received(NOON), sent('a'), received(NOON + 9_000), delivery('a', 'failed'));
    assert.deepEqual(failed.pendency, { since: NOON, count: 2 });
  });

  it('makes no pendency out of a failed message that answered nothing', () => {
    assert.equal(fold(quiet, sent('a'), delivery('a', 'failed')).pendency, null);
  });

  it('opens the service window for 24 hours from the newest message, in whatever order messages come', () => {
    const late = fold(anInteraction({ windowClosesAt: null }), received(NOON), received(NOON - 3_600_000));
    assert.equal(late.windowClosesAt, NOON + SERVICE_WINDOW);
  });

  for (const content of SILENT) {
    it(`leaves the service window as it is at what asks for no answer: ${content.kind}`, () => {
      const silent = anEvent('message-received', { message: aMessage({ at: NOON + 1, content }) });
      assert.equal(fold(anInteraction({ windowClosesAt: null }), silent).windowClosesAt, null);
      assert.equal(fold(quiet, received(NOON), silent).windowClosesAt, NOON + SERVICE_WINDOW);
    });
  }

  it('does not extend the service window by what the agent writes', () => {
    const before = anInteraction({ windowClosesAt: NOON + 1 });
    assert.equal(fold(before, sent('a')).windowClosesAt, NOON + 1);
  });

  it('previews the last message on one line', () => {
    const content = { kind: 'text' as const, text: `two\nlines ${'x'.repeat(400)}` };
    const message = aMessage({ content });
    const { lastMessage } = evolve(quiet, anEvent('message-received', { message }));
    assert.match(lastMessage?.text ?? '', /^two lines x+…$/u);
    assert.equal(lastMessage?.text?.length, 160);
  });

  const changed = (change: MessageChange, message = 'm') =>
    anEvent('message-changed', { message, rev: 1, change });
  const last = fold(quiet, received(NOON, 'm'), sent('a'));

  it('is left as it is by what happens to its messages', () => {
    const reaction: MessageChange = { kind: 'reaction', by: null, emoji: '👍', at: NOON };
    for (const change of [reaction, { kind: 'deletion', at: NOON }] as const)
      assert.equal(evolve(last, changed(change)), last);
  });

  it('previews the last message as it is by now', () => {
    const waiting = fold(quiet, received(NOON, 'm'));
    const edit: MessageChange = { kind: 'edit', text: 'two\nlines', at: NOON, former: [] };
    assert.equal(fold(waiting, changed(edit)).lastMessage?.text, 'two lines');
    assert.equal(fold(waiting, changed({ ...edit, text: null })), waiting);
    const { lastMessage, pendency } = fold(waiting, changed({ kind: 'deletion', at: NOON }));
    assert.deepEqual([lastMessage?.kind, lastMessage?.text], ['deleted', null]);
    assert.deepEqual(pendency, waiting.pendency);
  });

  it('waits when a placeholder that was answered turns out to be a question', () => {
    const real: MessageChange = { kind: 'replacement', content: { kind: 'text', text: 'Hi' }, context: null };
    assert.deepEqual(fold(last, changed(real)).pendency, { since: NOON, count: 1 });
    const waiting = fold(quiet, received(NOON - 5, 'm'));
    assert.deepEqual(fold(waiting, changed(real)).pendency, waiting.pendency);
    assert.equal(fold(waiting, changed(real)).lastMessage?.text, 'Hi');
  });

  it('returns the same reference for a delivery that changes nothing', () => {
    assert.equal(evolve(quiet, delivery('stranger', 'read')), quiet);
  });
});
