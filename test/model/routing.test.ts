import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_POLICY, chooseAgent, endOffer, offerTo } from '../../src/model/index.js';
import type { Candidate, Interaction } from '../../src/model/index.js';
import { NOON, anInteraction } from '../support/builders.js';

const queued = (overrides: Partial<Interaction> = {}) =>
  anInteraction({ state: 'queued', agent: null, ...overrides });
const candidate = (agent: string, load = 0, idleSince = 0): Candidate => ({ agent, load, idleSince });
const choose = (interaction: Interaction, ...candidates: Candidate[]) =>
  chooseAgent(interaction, candidates, NOON, DEFAULT_POLICY);

describe('chooseAgent', () => {
  it('prefers who had the interaction last, however loaded', () => {
    assert.equal(choose(queued({ formerAgent: 'ben' }), candidate('ana'), candidate('ben', 9)), 'ben');
  });

  it('else takes the least loaded, else the longest idle', () => {
    assert.equal(choose(queued(), candidate('ana', 2), candidate('ben', 1)), 'ben');
    assert.equal(choose(queued(), candidate('ana', 1, NOON), candidate('ben', 1, NOON - 9)), 'ben');
  });

  it('goes on to the next when an agent let it go by', () => {
    const passed = queued({ formerAgent: 'ana', passes: [{ agent: 'ana', at: NOON - 90_000 }] });
    assert.equal(choose(passed, candidate('ana'), candidate('ben', 9)), 'ben');
  });

  it('comes back to an agent who let it go by when nobody else can, but not at once', () => {
    const justNow = queued({ passes: [{ agent: 'ana', at: NOON - 1_000 }] });
    assert.equal(choose(justNow, candidate('ana')), null);
    const aWhileAgo = queued({ passes: [{ agent: 'ana', at: NOON - DEFAULT_POLICY.offerTimeout }] });
    assert.equal(choose(aWhileAgo, candidate('ana')), 'ana');
  });

  it('finds nobody among nobody', () => {
    assert.equal(choose(queued()), null);
  });
});

describe('offers', () => {
  it('ring until the time-out, then go back to the queue', () => {
    const offer = offerTo(queued(), 'ana', NOON, DEFAULT_POLICY);
    assert.equal(offer.type, 'interaction-offered');
    const { interaction } = offer.body;
    assert.deepEqual(interaction.offer, { agent: 'ana', expiresAt: NOON + DEFAULT_POLICY.offerTimeout });
    const ended = endOffer(interaction, 'offer-expired', NOON + 30_000);
    assert.equal(ended?.type, 'interaction-queued');
    assert.equal(ended?.body.interaction.offer, null);
    assert.deepEqual(ended?.body.interaction.passes, [{ agent: 'ana', at: NOON + 30_000 }]);
  });

  it('list an agent who passes twice once, last', () => {
    const passes = [
      { agent: 'ana', at: 1 },
      { agent: 'ben', at: 2 },
    ];
    const ringing = queued({ state: 'offered', passes, offer: { agent: 'ana', expiresAt: NOON } });
    const ended = endOffer(ringing, 'rejected', NOON);
    assert.deepEqual(
      ended?.body.interaction.passes.map(({ agent }) => agent),
      ['ben', 'ana'],
    );
  });

  it('that do not ring cannot end', () => {
    assert.equal(endOffer(queued(), 'offer-expired', NOON), null);
  });
});
