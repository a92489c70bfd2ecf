import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_POLICY, endOffer, offerTo, routeQueue } from '../../src/model/index.js';
import type { Candidate, Interaction } from '../../src/model/index.js';
import { NOON, anInteraction } from '../support/builders.js';

const queued = (overrides: Partial<Interaction> = {}) =>
  anInteraction({ state: 'queued', agent: null, ...overrides });
const candidate = (agent: string, load = 0, idleSince = 0): Candidate => ({ agent, load, idleSince });
const choose = (interaction: Interaction, ...candidates: Candidate[]) =>
  routeQueue([interaction], candidates, NOON, DEFAULT_POLICY).matches[0]?.agent ?? null;

describe('a queued interaction', () => {
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

  it('comes back also when a clock that was far ahead wrote down who let it go by', () => {
    const ahead = queued({ passes: [{ agent: 'ana', at: NOON + 7_200_000 }] });
    assert.equal(choose(ahead, candidate('ana')), 'ana');
    // Two clocks that differ a little do not make it ring at once where it was let go by just now.
    const slightly = queued({ passes: [{ agent: 'ana', at: NOON + 20 }] });
    assert.equal(choose(slightly, candidate('ana')), null);
  });

  it('finds nobody among nobody', () => {
    assert.equal(choose(queued()), null);
  });
});

describe('the queue', () => {
  const waiting = (id: string, since: number, overrides: Partial<Interaction> = {}) =>
    queued({ id, pendency: { since, count: 1 }, ...overrides });
  const route = (queue: readonly Interaction[], agents: readonly Candidate[], agentCapacity = 10) =>
    routeQueue(queue, agents, NOON, { ...DEFAULT_POLICY, agentCapacity });
  const pairs = (...args: Parameters<typeof route>) =>
    route(...args).matches.map(({ interaction, agent }) => `${interaction.id} ${agent}`);

  it('is served longest waiting first, whatever order it came in', () => {
    const queue = [waiting('c', 3), waiting('a', 1), waiting('b', 2)];
    assert.deepEqual(pairs(queue, [candidate('ana')], 2), ['a ana', 'b ana']);
  });

  it('orders those who wait equally long by their ids', () => {
    assert.deepEqual(pairs([waiting('b', 1), waiting('a', 1)], [candidate('ana')], 1), ['a ana']);
  });

  it('orders those who wait for no answer by their beginning', () => {
    const queue = [waiting('b', 2), queued({ id: 'c', pendency: null, createdAt: 1 })];
    assert.deepEqual(pairs(queue, [candidate('ana')], 1), ['c ana']);
  });

  it('is spread over the agents, and fills nobody beyond the capacity', () => {
    const queue = [1, 2, 3, 4, 5].map((since) => waiting(`i${since}`, since));
    const { matches, agents } = route(queue, [candidate('ana', 1), candidate('ben', 0)], 2);
    assert.deepEqual(
      matches.map(({ agent }) => agent),
      ['ben', 'ana', 'ben'],
    );
    assert.deepEqual(agents, [candidate('ana', 2, NOON), candidate('ben', 2, NOON)]);
  });

  it('is not held up by one whom nobody may be asked for again yet', () => {
    const passes = [{ agent: 'ana', at: NOON - 1 }];
    assert.deepEqual(pairs([waiting('a', 1, { passes }), waiting('b', 2)], [candidate('ana')]), ['b ana']);
  });

  it('leaves who had an interaction last to those who wait longer, when there is room for one', () => {
    const queue = [waiting('b', 2, { formerAgent: 'ana' }), waiting('a', 1)];
    assert.deepEqual(pairs(queue, [candidate('ana')], 1), ['a ana']);
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
