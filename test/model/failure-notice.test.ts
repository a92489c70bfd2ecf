import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { audienceOf, failureNotice, relievedAuthor } from '../../src/model/index.js';
import type { Delivery, DomainEvent } from '../../src/model/index.js';
import { parseServerFrame } from '../../src/transport/gateway/parse-server-frame.js';
import { NOON, aReply, anEvent, anInteraction } from '../support/builders.js';

const failed: Delivery = { state: 'failed', at: NOON, error: { code: 131026, detail: 'Undeliverable' } };
const done = anInteraction({ state: 'done', agent: null, formerAgent: 'ben' });

describe('the notice of a failed message', () => {
  it('is for its author, unless the conversation is on the author’s desk', () => {
    const parked = anInteraction({
      state: 'parked',
      agent: null,
      parking: { workbin: 'team', by: 'ana', at: NOON },
    });
    assert.equal(failureNotice(anInteraction(), aReply(), failed), null);
    assert.equal(failureNotice(done, aReply(), { ...failed, state: 'delivered' }), null);
    assert.equal(failureNotice(anInteraction({ agent: 'ben' }), aReply(), failed)?.author, 'ana');
    assert.equal(failureNotice(parked, aReply(), failed)?.workbin, 'team');
  });

  it('is also for who wrote a message that is in doubt', () => {
    const doubt: Delivery = { state: 'unknown', at: NOON, error: null };
    assert.equal(failureNotice(done, aReply(), doubt)?.author, 'ana');
    assert.equal(failureNotice(anInteraction(), aReply(), doubt), null);
  });

  it('is taken back where it was given when the message went after all', () => {
    const [doubt, sending, sent] = (['unknown', 'sending', 'sent'] as const).map((state) => ({
      state,
      at: NOON,
      error: null,
    }));
    assert.ok(doubt && sending && sent);
    for (const before of [doubt, failed]) {
      assert.equal(relievedAuthor(done, aReply(), before, sent), 'ana');
      assert.equal(relievedAuthor(anInteraction(), aReply(), before, sent), null);
    }
    assert.equal(relievedAuthor(done, aReply(), sending, sent), null);
    assert.equal(relievedAuthor(done, aReply(), doubt, failed), null);
    const event = anEvent('delivery-changed', { message: 'reply-1', delivery: sent, relieved: 'ana' });
    assert.deepEqual(audienceOf(event, done), ['ana']);
  });

  it('brings the news to its author, beside whom the interaction concerns', () => {
    const notice = failureNotice(done, aReply(), failed) ?? undefined;
    const event = anEvent('delivery-changed', { message: 'reply-1', delivery: failed, notice });
    assert.deepEqual(audienceOf(event, done), ['ana']);
    assert.deepEqual(audienceOf(event, anInteraction({ agent: 'ben' })), ['ben', 'ana']);
  });

  it('comes whole through the socket', () => {
    const notice = failureNotice(done, aReply(), failed) ?? undefined;
    const event = {
      ...anEvent('delivery-changed', { message: 'reply-1', delivery: failed, notice }),
      seq: 8,
      id: 'e8',
    };
    const parsed = parseServerFrame(JSON.stringify({ type: 'event', event }));
    assert.ok(parsed.ok && parsed.frame.type === 'event');
    assert.deepEqual((parsed.frame.event as DomainEvent<'delivery-changed'>).body.notice, notice);
  });
});
