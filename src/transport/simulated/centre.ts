import {
  audienceOf,
  byUrgency,
  chooseAgent,
  decide,
  endOffer,
  evolve,
  isAddressed,
  offerTo,
  personalWorkbin,
  receive,
  TEAM_WORKBIN,
} from '../../model/index.js';
import type {
  Agent,
  Command,
  Contact,
  Cursor,
  Delivery,
  DomainEvent,
  EventBodies,
  EventDraft,
  InboundMessage,
  Interaction,
  Policy,
  Receipt,
  RefusalKind,
  Snapshot,
  Workbin,
} from '../../model/index.js';
import type { Agenda } from './agenda.js';
import { Records } from './records.js';
import type { Past } from './records.js';

/** A fact with the agents that it is for. */
export interface Entry {
  readonly event: DomainEvent;
  readonly audience: readonly string[];
}

export interface CentreOptions {
  readonly agenda: Agenda;
  readonly epoch: string;
  readonly policy: Policy;
  /** What the workbins are called. */
  readonly workbinNames: { readonly own: string; readonly team: string };
  /** Earlier interactions of the contacts. */
  readonly past: Past;
  /** How many facts the log keeps: older cursors get a snapshot. */
  readonly keep: number;
}

interface Answered {
  readonly wish: string;
  readonly receipt: Receipt;
}

/**
 * What a gateway does, in memory: a log with places and audiences, interactions as its fold, commands by the rules of the model, routing. Knows
 * nothing of links and of what contacts have in mind.
 */
export class Centre {
  readonly epoch: string;
  readonly policy: Policy;
  readonly records: Records;
  readonly #options: CentreOptions;
  readonly #agenda: Agenda;
  readonly #agents = new Map<string, Agent>();
  /** How many links each agent has. */
  readonly #present = new Map<string, number>();
  readonly #busySince = new Map<string, number>();
  readonly #answered = new Map<string, Answered>();
  readonly #ids = new Map<string, number>();
  readonly #listeners = new Set<(entries: readonly Entry[]) => void>();
  #log: Entry[] = [];
  #head = 0;
  #routing = false;

  constructor(options: CentreOptions) {
    this.#options = options;
    this.#agenda = options.agenda;
    this.epoch = options.epoch;
    this.policy = options.policy;
    this.records = new Records(options.past);
  }

  get head(): number {
    return this.#head;
  }

  get cursor(): Cursor {
    return { epoch: this.epoch, seq: this.#head };
  }

  agent(id: string): Agent | null {
    return this.#agents.get(id) ?? null;
  }

  /** Hires an agent; one who is known already keeps name and status. */
  hire(agent: Agent): Agent {
    const known = this.#agents.get(agent.id) ?? agent;
    this.#agents.set(agent.id, known);
    return known;
  }

  /** @returns What ends it. The listener gets the facts of one decision together. */
  listen(listener: (entries: readonly Entry[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** An agent has a link: offers come. @returns What ends it. */
  enter(agent: string): () => void {
    this.#present.set(agent, (this.#present.get(agent) ?? 0) + 1);
    this.#route();
    return () => this.#present.set(agent, (this.#present.get(agent) ?? 1) - 1);
  }

  /** The facts after a place, or null when the log does not reach back that far. */
  after(cursor: Cursor): readonly Entry[] | null {
    const known = cursor.epoch === this.epoch && cursor.seq <= this.#head;
    const start = this.#log.length - (this.#head - cursor.seq);
    return known && start >= 0 ? this.#log.slice(start) : null;
  }

  snapshot(agent: Agent): Snapshot {
    const { own, team } = this.#options.workbinNames;
    const workbin = (id: string, name: string, owner: string | null): Workbin => ({
      id,
      name,
      owner,
      count: this.records.parkedIn(id).length,
    });
    return {
      seq: this.#head,
      agent: this.#agents.get(agent.id) ?? agent,
      interactions: this.records.interactions.filter((interaction) => isAt(interaction, agent.id)),
      workbins: [workbin(personalWorkbin(agent.id), own, agent.id), workbin(TEAM_WORKBIN, team, null)],
    };
  }

  /** A contact writes. @returns The interaction that the message belongs to. */
  receive(inbound: InboundMessage): string {
    const { contact } = inbound;
    const open = this.records.openOf(contact.id);
    const drafts = receive(open, inbound, { now: this.#agenda.now, newId: this.#idsOf(contact) });
    this.#append(drafts);
    return open?.id ?? drafts[0]?.interaction ?? '';
  }

  /** News of WhatsApp about an outbound message. */
  report(interaction: string, message: string, delivery: Delivery): void {
    const body = { message, delivery };
    const fact = { at: this.#agenda.now, interaction, actor: null, command: null };
    this.#append([{ ...fact, type: 'delivery-changed', body }]);
  }

  execute(agentId: string, command: Command): Receipt {
    const wish = JSON.stringify([agentId, command.name, command.args, command.ifVersion ?? null]);
    const known = this.#answered.get(command.id);
    if (known) return known.wish === wish ? known.receipt : this.refuse(command, 'id-reused');
    const receipt = this.#decide(agentId, command);
    this.#answered.set(command.id, { wish, receipt });
    return receipt;
  }

  /** A refusal for a reason that is not the rules'. It is not remembered: the command may be tried again. */
  refuse({ id }: Command, kind: RefusalKind): Receipt {
    const sentence =
      kind === 'id-reused'
        ? 'This id was used by another command.'
        : 'The simulation was told to refuse this.';
    return { id, ok: false, seq: this.#head, error: { kind, sentence, retryable: kind === 'unavailable' } };
  }

  #decide(agentId: string, command: Command): Receipt {
    const agent = this.#agents.get(agentId);
    if (!agent) return this.refuse(command, 'not-found');
    const named = 'interaction' in command.args ? command.args.interaction : null;
    const interaction = named === null ? null : this.records.interaction(named);
    const newId = interaction ? this.#idsOf(interaction.contact) : () => command.id;
    const { policy } = this;
    const decision = decide(command, { agent, interaction, now: this.#agenda.now, policy, newId });
    if (!decision.ok) return { id: command.id, ok: false, error: decision.error, seq: this.#head };
    this.#append(decision.events);
    if (command.name === 'set-agent-status' && command.args.status === 'not-ready') this.#leave(agentId);
    return { id: command.id, ok: true, seq: this.#head };
  }

  #append(drafts: readonly EventDraft[]): void {
    const entries = drafts.map((draft) => this.#enter(draft));
    for (const listener of this.#listeners) listener(entries);
    this.#route();
  }

  #enter(draft: EventDraft): Entry {
    const seq = ++this.#head;
    const before = draft.interaction === null ? null : this.records.interaction(draft.interaction);
    const event: DomainEvent = { ...draft, seq, id: `event-${seq}` };
    const subject = draft.type === 'interaction-created' ? draft.body.interaction : before;
    if (subject) this.records.keep(evolve(subject, draft), event);
    if (draft.type === 'agent-status-changed') this.#agents.set(draft.body.agent.id, draft.body.agent);
    // Who let it go by may get it again after as long as an offer rings.
    if (draft.type === 'interaction-queued') this.#agenda.in(this.policy.offerTimeout, () => this.#route());
    if (draft.type === 'interaction-assigned' && draft.actor) this.#busySince.set(draft.actor, draft.at);
    const entry = { event, audience: audienceOf(draft, before) };
    this.#log.push(entry);
    if (this.#log.length > 2 * this.#options.keep) this.#log = this.#log.slice(-this.#options.keep);
    return entry;
  }

  /** Rings what waits at whoever can take it. */
  #route(): void {
    if (this.#routing) return;
    this.#routing = true;
    try {
      this.#offerAll();
    } finally {
      this.#routing = false;
    }
  }

  #offerAll(): void {
    const waiting = this.records.interactions.filter(({ state }) => state === 'queued').sort(byUrgency);
    for (const interaction of waiting) {
      const agent = chooseAgent(interaction, this.#candidates(), this.#agenda.now, this.policy);
      if (agent === null) continue;
      this.#append([offerTo(interaction, agent, this.#agenda.now, this.policy)]);
      const { id, version } = interaction;
      this.#agenda.in(this.policy.offerTimeout, () => this.#endOffer(id, version + 1, 'offer-expired'));
    }
  }

  #endOffer(id: string, version: number, cause: EndOfOffer): void {
    const interaction = this.records.interaction(id);
    if (interaction?.version !== version) return;
    const ended = endOffer(interaction, cause, this.#agenda.now);
    if (ended) this.#append([ended]);
  }

  #candidates() {
    return [...this.#agents.values()]
      .map(({ id, status }) => ({
        agent: id,
        ready: status === 'ready' && (this.#present.get(id) ?? 0) > 0,
        load: this.records.interactions.filter((interaction) => isAt(interaction, id)).length,
        idleSince: this.#busySince.get(id) ?? 0,
      }))
      .filter(({ ready, load }) => ready && load < this.policy.agentCapacity);
  }

  /** What rings at an agent who is no longer ready goes on to others. */
  #leave(agent: string): void {
    for (const { id, version, offer } of this.records.interactions)
      if (offer?.agent === agent) this.#endOffer(id, version, 'agent-left');
  }

  #idsOf(contact: Contact): () => string {
    return () => {
      const count = (this.#ids.get(contact.id) ?? 0) + 1;
      this.#ids.set(contact.id, count);
      return `${contact.id}-${count}`;
    };
  }
}

type EndOfOffer = Exclude<EventBodies['interaction-queued']['cause'], 'contact-wrote' | 'rejected'>;

/** Whether an entry is for an agent. */
export function isFor({ audience }: Entry, agent: string): boolean {
  return isAddressed(audience, agent);
}

function isAt(interaction: Interaction, agent: string): boolean {
  return (interaction.offer?.agent ?? interaction.agent) === agent;
}
