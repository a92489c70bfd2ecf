import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  CentreKernel,
  DEFAULT_POLICY,
  EMPTY_STATE,
  TEAM_WORKBIN,
  isAddressed,
  mergeInteractions,
  personalWorkbin,
  receive,
  reduce,
} from '../../src/model/index.js';
import type { Command, Interaction, LogEntry, Snapshot } from '../../src/model/index.js';
import { NOON, aContact, anAgent, countedIds } from '../support/builders.js';

const AGENTS = ['ana', 'ben'] as const;
const CONTACTS = 4;

/** A contact centre in which anything may happen. */
class Centre {
  readonly #kernel = new CentreKernel({
    policy: DEFAULT_POLICY,
    isOpenWorkbin: (workbin) => workbin === TEAM_WORKBIN,
  });
  readonly #newId = countedIds();
  readonly #random: () => number;
  #now = NOON;

  constructor(random: () => number) {
    this.#random = random;
    for (const id of AGENTS) {
      this.#kernel.agents.set(id, anAgent({ id }));
      this.#kernel.enter(id);
    }
  }

  get log(): readonly LogEntry[] {
    return this.#kernel.log;
  }

  step(): void {
    this.#now += 1_000;
    const roll = this.#random();
    if (roll < 0.4) this.#contactWrites();
    else if (roll < 0.9) this.#agentWishes();
    else if (roll < 0.95) this.#contactsTurnOutToBeOne();
    else this.#offersEnd();
    this.#kernel.route(this.#now);
  }

  snapshot(agent: string): Snapshot {
    const count = (workbin: string) => this.#kernel.countIn(workbin);
    return {
      seq: this.#kernel.head,
      agent: anAgent({ id: agent }),
      interactions: this.#kernel.deskOf(agent),
      workbins: [
        { id: personalWorkbin(agent), name: 'Mine', owner: agent, count: count(personalWorkbin(agent)) },
        { id: TEAM_WORKBIN, name: 'Team', owner: null, count: count(TEAM_WORKBIN) },
      ],
    };
  }

  get #moment() {
    return { now: this.#now, newId: this.#newId };
  }

  get #interactions(): readonly Interaction[] {
    return [...this.#kernel.interactions.values()];
  }

  #contactWrites(): void {
    const id = `contact-${Math.floor(this.#random() * CONTACTS)}`;
    const open = this.#interactions.find(({ contact, state }) => contact.id === id && state !== 'done');
    const inbound = {
      channel: 'c',
      contact: aContact({ id }),
      at: this.#now,
      content: { kind: 'text' as const, text: 'Hi' },
      context: null,
    };
    this.#kernel.append(receive(open ?? null, inbound, this.#moment));
  }

  #agentWishes(): void {
    const agent = this.#any(AGENTS);
    const interaction = this.#any(this.#interactions);
    if (!agent || !interaction) return;
    const id = this.#newId();
    const args = { interaction: interaction.id };
    const wishes: readonly Command[] = [
      { id, name: 'accept-interaction', args },
      { id, name: 'reject-interaction', args },
      { id, name: 'open-interaction', args },
      {
        id,
        name: 'move-to-workbin',
        args: { ...args, workbin: this.#any([TEAM_WORKBIN, personalWorkbin(agent)]) ?? '' },
      },
      { id, name: 'mark-done', args },
      { id, name: 'send-message', args: { ...args, content: { kind: 'text', text: 'Hello' } } },
    ];
    const command = this.#any(wishes);
    if (command) this.#kernel.execute(anAgent({ id: agent }), command, this.#moment);
  }

  #contactsTurnOutToBeOne(): void {
    const [a, b] = [this.#any(this.#interactions), this.#any(this.#interactions)];
    if (!a || !b || a.id === b.id || a.state === 'done' || b.state === 'done') return;
    this.#kernel.append(mergeInteractions(a, b, this.#now));
  }

  #offersEnd(): void {
    this.#now += DEFAULT_POLICY.offerTimeout;
    this.#kernel.endOffers(this.#now);
  }

  #any<T>(of: readonly T[]): T | undefined {
    return of[Math.floor(this.#random() * of.length)];
  }
}

/** mulberry32 */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const sorted = (interactions: Iterable<Interaction>) =>
  [...interactions].sort((a, b) => (a.id < b.id ? -1 : 1));

describe('a desk that follows the log', () => {
  it('knows at every place what a fresh snapshot there would tell it, and sees nothing that is not for it', () => {
    for (let seed = 1; seed <= 8; seed++) {
      const centre = new Centre(seeded(seed));
      const first = { agent: '', state: EMPTY_STATE, told: 0 };
      const desks = AGENTS.map((agent) => ({ ...first, agent }));
      for (const desk of desks) {
        desk.state = reduce(desk.state, {
          kind: 'welcome',
          agent: anAgent({ id: desk.agent }),
          epoch: 'e',
          policy: DEFAULT_POLICY,
        });
        desk.state = reduce(desk.state, { kind: 'snapshot', snapshot: centre.snapshot(desk.agent) });
      }
      for (let step = 0; step < 150; step++) {
        centre.step();
        for (const desk of desks) {
          for (const { event, audience } of centre.log.slice(desk.told)) {
            if (isAddressed(audience, desk.agent)) desk.state = reduce(desk.state, { kind: 'event', event });
          }
          desk.told = centre.log.length;
          const fresh = centre.snapshot(desk.agent);
          assert.deepEqual(sorted(desk.state.interactions.values()), sorted(fresh.interactions));
          assert.deepEqual([...desk.state.workbins.values()], fresh.workbins);
        }
      }
    }
  });
});
