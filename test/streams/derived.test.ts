import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { byUrgency, mergeInteractions } from '../../src/model/index.js';
import type { EventDraft, Interaction, Pendency } from '../../src/model/index.js';
import { unreadOf } from '../../src/streams/attention/unread.js';
import { aContact, aReply, anEvent, anInteraction } from '../support/builders.js';
import { World, latest } from '../support/desk.js';
import type { OpenTab } from '../support/desk.js';
import { seededRandom } from '../support/random.js';

const STEPS = 60;

/** Something that can happen to one or two interactions. */
function happening(world: World, random: () => number, step: number): readonly EventDraft[] {
  const { centre } = world;
  const now = world.time.now();
  const all = [...centre.interactions.values()];
  const open = all.filter(({ state }) => state !== 'done');
  const pick = (): Interaction | undefined => open[Math.floor(random() * open.length)];
  const one = pick();
  const fact = (type: 'interaction-done' | 'interaction-assigned', interaction: Interaction): EventDraft =>
    ({
      ...anEvent(type, { interaction, fromWorkbin: null } as never),
      interaction: interaction.id,
    }) as EventDraft;
  const kind = Math.floor(random() * 6);
  if (!one || kind === 0) {
    const id = `new-${step}`;
    return [fact('interaction-assigned', anInteraction({ id, createdAt: now, contact: aContact({ id }) }))];
  }
  if (kind === 1) return [fact('interaction-done', { ...one, state: 'done', agent: null, pendency: null })];
  if (kind === 2) {
    const message = aReply({ id: `reply-${step}`, clientId: null, interaction: one.id, at: now });
    return [anEvent('message-sent', { message }, { interaction: one.id })];
  }
  if (kind === 3) {
    const [reply] = one.answered?.messages ?? [];
    const delivery = { state: 'failed', at: now, error: null } as const;
    return reply ? [anEvent('delivery-changed', { message: reply, delivery }, { interaction: one.id })] : [];
  }
  const other = pick();
  if (kind === 4) return other && other !== one ? mergeInteractions(one, other, now) : [];
  centre.receive(`Message ${step}`, one.id);
  return [];
}

/** What is in front has been looked at. */
function look({ workspace }: OpenTab, seen: Map<string, Pendency>): void {
  const front = latest(workspace.selected$) ?? '';
  const pendency = workspace.state.interactions.get(front)?.pendency;
  if (pendency) seen.set(front, pendency);
}

/** What every stream that is derived step by step says, computed anew from all that is known. */
function check({ workspace }: OpenTab, seen: ReadonlyMap<string, Pendency>, trail: string): void {
  const interactions = [...workspace.state.interactions.values()];
  const looked = latest(workspace.selected$);
  const calls = interactions.filter(({ id, pendency }) => pendency !== null && id !== looked).sort(byUrgency);
  assert.deepEqual(
    latest(workspace.attention$).interactions.map(({ id, pendency }) => ({ id, pendency })),
    calls.map(({ id, pendency }) => ({ id, pendency })),
    trail,
  );
  const counts = calls.map(({ id, pendency }) => [id, unreadOf(pendency, seen.get(id))] as const);
  assert.deepEqual(
    Object.fromEntries(latest(workspace.unread$)),
    Object.fromEntries(counts.filter(([, count]) => count > 0)),
    trail,
  );
}

describe('what is derived event by event', () => {
  it('is the same as derived anew from the whole desk, over random lives of interactions', () => {
    const kinds = new Set<string>();
    for (let seed = 1; seed <= 100; seed++) {
      const random = seededRandom(seed);
      const world = new World();
      const tab = world.open();
      const trail: string[] = [];
      const seen = new Map<string, Pendency>();
      for (let step = 0; step < STEPS; step++) {
        const drafts = happening(world, random, step);
        trail.push(...drafts.map(({ type, interaction }) => `${type} ${interaction}`));
        world.centre.record(...drafts);
        world.time.pass(1_000);
        look(tab, seen);
        const ids = [...tab.workspace.state.interactions.keys()];
        if (random() < 0.2) tab.workspace.select(ids.at(Math.floor(random() * 3)) ?? null);
        look(tab, seen);
        check(tab, seen, `seed ${seed}: ${trail.slice(-5).join(', ')}`);
      }
      for (const one of trail) kinds.add(one.split(' ')[0] ?? '');
      tab.workspace.close();
    }
    assert.deepEqual([...kinds].sort(), [
      'delivery-changed',
      'interaction-assigned',
      'interaction-done',
      'interaction-merged',
      'message-sent',
    ]);
  });
});
