import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CentreKernel, DEFAULT_POLICY, TEAM_WORKBIN, need, needs } from '../../src/model/index.js';
import type { Command, Needs } from '../../src/model/index.js';
import { NOON, anAgent, anInteraction, countedIds } from '../support/builders.js';

const MOMENT = { now: NOON, newId: countedIds() };
const masha = anInteraction();
const ringing = anInteraction({
  id: 'ringing',
  state: 'offered',
  agent: null,
  offer: { agent: 'ana', expiresAt: NOON + 1 },
});
const elsewhere = anInteraction({ id: 'elsewhere', agent: 'ben' });

function kernel(): CentreKernel {
  const centre = new CentreKernel({
    policy: DEFAULT_POLICY,
    isOpenWorkbin: (workbin) => workbin === TEAM_WORKBIN,
  });
  for (const one of [masha, ringing, elsewhere]) centre.interactions.set(one.id, one);
  for (const id of ['ana', 'ben']) centre.agents.set(id, anAgent({ id }));
  return centre;
}

const factsOf = (what: Needs) => kernel().facts(anAgent(), what, MOMENT);

describe('what a command needs', () => {
  it('is what it names, and a lock on the agent who gets or loses work', () => {
    const park: Command = {
      id: 'c',
      name: 'move-to-workbin',
      args: { interaction: 'i', workbin: TEAM_WORKBIN },
    };
    assert.deepEqual(needs(park), need({ interaction: 'i', workbin: TEAM_WORKBIN }));
    const content = { kind: 'text', text: 'Yes' } as const;
    const args = { interaction: 'i', content, replyTo: 'm' };
    assert.deepEqual(
      needs({ id: 'c', name: 'send-message', args }),
      need({ interaction: 'i', successor: true, message: 'm' }),
    );
    const accept: Command = { id: 'c', name: 'accept-interaction', args: { interaction: 'i' } };
    assert.deepEqual(needs(accept), need({ interaction: 'i', agent: 'locked' }));
    const away: Command = { id: 'c', name: 'set-agent-status', args: { status: 'not-ready', reason: null } };
    assert.deepEqual(needs(away), need({ agent: 'locked', offers: true }));
  });

  it('is found in the facts, and nothing else is', () => {
    const ids = (what: Partial<Needs>) => factsOf(need(what)).offers.map(({ id }) => id);
    assert.deepEqual(ids({ offers: true }), ['ringing']);
    assert.deepEqual(ids({}), []);
    const facts = factsOf(need({ interaction: 'interaction-1', workbin: TEAM_WORKBIN }));
    assert.deepEqual([facts.interaction?.id, facts.isOpenWorkbin], ['interaction-1', true]);
    assert.equal(factsOf(need({ workbin: 'attic' })).isOpenWorkbin, false);
  });
});

describe('the kernel of a contact centre', () => {
  const done: Command = { id: 'c', name: 'mark-done', args: { interaction: 'interaction-1' } };

  it('carries a command out once, and refuses its id for another wish or from another agent', () => {
    const centre = kernel();
    const first = centre.execute(anAgent(), done, MOMENT);
    assert.ok(first.receipt.ok);
    assert.deepEqual(centre.execute(anAgent(), done, MOMENT), { receipt: first.receipt, entries: [] });
    for (const [agent, command] of [
      [anAgent(), { ...done, args: { interaction: 'ringing' } }],
      [anAgent({ id: 'ben' }), done],
    ] as const) {
      const { receipt } = centre.execute(agent, command, MOMENT);
      assert.equal(!receipt.ok && receipt.error.kind, 'id-reused');
    }
    assert.equal(centre.head, 1);
  });

  it('takes a message once that is sent again into the interaction that the first one has ended in', () => {
    const centre = kernel();
    const into = anInteraction({ id: 'into' });
    centre.interactions.set(into.id, into);
    const say = (interaction: string, text = 'Hello'): Command => ({
      id: 's',
      name: 'send-message',
      args: { interaction, content: { kind: 'text', text } },
    });
    const first = centre.execute(anAgent(), say(masha.id), MOMENT);
    assert.ok(first.receipt.ok);
    centre.interactions.set(masha.id, { ...masha, state: 'done', mergedInto: into.id });
    assert.deepEqual(centre.execute(anAgent(), say(into.id), MOMENT), {
      receipt: first.receipt,
      entries: [],
    });
    const { receipt } = centre.execute(anAgent(), say(into.id, 'Another'), MOMENT);
    assert.equal(!receipt.ok && receipt.error.kind, 'id-reused');
  });

  it('offers what waits to who is there, and takes it back when it has rung long enough', () => {
    const centre = kernel();
    centre.execute(
      anAgent(),
      { id: 'r', name: 'reject-interaction', args: { interaction: 'ringing' } },
      MOMENT,
    );
    assert.deepEqual(centre.route(NOON), []);
    const leave = centre.enter('ben');
    const [offer] = centre.route(NOON);
    assert.equal(offer?.interaction?.offer?.agent, 'ben');
    assert.deepEqual(offer?.audience, ['ben']);
    leave();
    const later = NOON + DEFAULT_POLICY.offerTimeout;
    assert.deepEqual(centre.endOffers(later - 1), []);
    assert.equal(centre.endOffers(later)[0]?.interaction?.state, 'queued');
    assert.deepEqual(centre.route(later), []);
  });
});
