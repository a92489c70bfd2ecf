import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  DEFAULT_POLICY,
  EMPTY_STATE,
  TEAM_WORKBIN,
  audienceOf,
  chooseAgent,
  decide,
  endOffer,
  evolve,
  isAddressed,
  offerTo,
  personalWorkbin,
  receive,
  reduce,
} from '../../src/model/index.js';
import type { Command, DomainEvent, EventDraft, Interaction, Snapshot } from '../../src/model/index.js';
import { NOON, aContact, anAgent, countedIds } from '../support/builders.js';

const AGENTS = ['ana', 'ben'] as const;
const CONTACTS = 4;

/** The smallest contact centre: a log with audiences, and the interactions that it adds up to. */
class Centre {
  readonly log: { readonly event: DomainEvent; readonly audience: readonly string[] }[] = [];
  readonly interactions = new Map<string, Interaction>();
  readonly #newId = countedIds();
  #now = NOON;

  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  step(): void {
    this.#now += 1_000;
    const roll = this.#random();
    if (roll < 0.4) this.#contactWrites();
    else if (roll < 0.9) this.#agentWishes();
    else this.#offersEnd();
    this.#route();
  }

  snapshot(agent: string): Snapshot {
    const all = [...this.interactions.values()];
    const count = (workbin: string) => all.filter(({ parking }) => parking?.workbin === workbin).length;
    return {
      seq: this.log.length,
      agent: anAgent({ id: agent }),
      interactions: all.filter((interaction) => (interaction.offer?.agent ?? interaction.agent) === agent),
      workbins: [
        { id: personalWorkbin(agent), name: 'Mine', owner: agent, count: count(personalWorkbin(agent)) },
        { id: TEAM_WORKBIN, name: 'Team', owner: null, count: count(TEAM_WORKBIN) },
      ],
    };
  }

  #append(drafts: readonly EventDraft[]): void {
    for (const draft of drafts) {
      const before = draft.interaction === null ? null : (this.interactions.get(draft.interaction) ?? null);
      const created = draft.type === 'interaction-created' ? draft.body.interaction : before;
      if (created) this.interactions.set(created.id, evolve(created, draft));
      const seq = this.log.length + 1;
      const event = { ...draft, seq, id: `event-${seq}` } as DomainEvent;
      this.log.push({ event, audience: audienceOf(draft, before) });
    }
  }

  #contactWrites(): void {
    const id = `contact-${Math.floor(this.#random() * CONTACTS)}`;
    const open = [...this.interactions.values()].find(
      ({ contact, state }) => contact.id === id && state !== 'done',
    );
    const inbound = {
      channel: 'c',
      contact: aContact({ id }),
      at: this.#now,
      content: { kind: 'text' as const, text: 'Hi' },
      context: null,
    };
    this.#append(receive(open ?? null, inbound, { now: this.#now, newId: this.#newId }));
  }

  #agentWishes(): void {
    const agent = this.#any(AGENTS);
    const interaction = this.#any([...this.interactions.values()]);
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
    if (!command) return;
    const decision = decide(command, {
      agent: anAgent({ id: agent }),
      interaction,
      now: this.#now,
      policy: DEFAULT_POLICY,
      newId: this.#newId,
    });
    if (decision.ok) this.#append(decision.events);
  }

  #offersEnd(): void {
    for (const interaction of this.interactions.values()) {
      const ended = endOffer(interaction, 'offer-expired', this.#now);
      if (ended) this.#append([ended]);
    }
  }

  #route(): void {
    for (const interaction of this.interactions.values()) {
      if (interaction.state !== 'queued') continue;
      const candidates = AGENTS.map((agent) => ({ agent, load: 0, idleSince: 0 }));
      const agent = chooseAgent(interaction, candidates, this.#now, DEFAULT_POLICY);
      if (agent) this.#append([offerTo(interaction, agent, this.#now, DEFAULT_POLICY)]);
    }
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
