import type { Agent } from './agent.js';
import { audienceOf } from './audience.js';
import type { Command, Receipt, Refusal } from './command.js';
import { decide } from './decide.js';
import type { Facts, MessagePlace } from './decide.js';
import type { DomainEvent, EventDraft } from './event.js';
import { evolve } from './evolve.js';
import type { Interaction } from './interaction.js';
import type { Message } from './message.js';
import { changeMessage } from './message-change.js';
import { needs, requestOf } from './needs.js';
import type { Needs } from './needs.js';
import type { Policy } from './policy.js';
import type { OwnFile } from './shown-content.js';
import type { Template } from './template.js';
import { endOffer, offerTo, routeQueue } from './routing.js';
import type { Candidate } from './routing.js';

/** A fact with the agents that it is for. */
export interface LogEntry {
  readonly event: DomainEvent;
  readonly audience: readonly string[];
  /** The interaction concerned, as the fact left it; null for facts about an agent or the centre. */
  readonly interaction: Interaction | null;
}

export interface CentreKernelOptions {
  readonly policy: Policy;
  /** Whether a workbin of the team takes interactions. */
  readonly isOpenWorkbin: (workbin: string) => boolean;
  /** In whose conversation a message is that the log does not have any more, or never had; null when there is no such. */
  readonly placeOf?: (message: string) => MessagePlace | null;
  /** A message as it is by now; without this, it is looked for in the log. */
  readonly messageOf?: (message: string) => Message | null;
  /** A file that an agent may send; null when there is no such. */
  readonly fileOf?: (media: string, agent: string) => OwnFile | null;
  /** Whether there is such a prepared response; without this, there is none. */
  readonly isResponse?: (response: string) => boolean;
  /** A template by name and language; null when there is no such. */
  readonly templateOf?: (name: string, language: string) => Template | null;
}

/** When something happens, and what its ids are. */
export interface Moment {
  readonly now: number;
  readonly newId: () => string;
}

const ID_REUSED: Refusal = {
  kind: 'id-reused',
  sentence: 'Another command had this id before.',
  retryable: false,
};

/**
 * A contact centre in memory: one log with places and audiences, interactions as its fold, commands once each, presence and routing, all by the rules of
 * the model. Time and ids come from outside, and nothing happens by itself.
 */
export class CentreKernel {
  readonly log: LogEntry[] = [];
  readonly agents = new Map<string, Agent>();
  readonly interactions = new Map<string, Interaction>();
  readonly #options: CentreKernelOptions;
  readonly #links = new Map<string, number>();
  readonly #busySince = new Map<string, number>();
  readonly #answered = new Map<string, { readonly request: string; readonly receipt: Receipt }>();
  #head = 0;

  constructor(options: CentreKernelOptions) {
    this.#options = options;
  }

  /** Place of the newest fact. */
  get head(): number {
    return this.#head;
  }

  /** An agent has a link: offers come. @returns What ends it. */
  enter(agent: string): () => void {
    this.#links.set(agent, (this.#links.get(agent) ?? 0) + 1);
    return () => this.#links.set(agent, (this.#links.get(agent) ?? 1) - 1);
  }

  /** Gives facts their places. */
  append(drafts: readonly EventDraft[]): readonly LogEntry[] {
    const entries = drafts.map((draft) => this.#enter(draft));
    this.log.push(...entries);
    return entries;
  }

  /** Forgets the oldest facts beyond a number of them. */
  trim(keep: number): void {
    this.log.splice(0, Math.max(0, this.log.length - keep));
  }

  /** Carries a command out, once. @returns Its receipt, and what it led to. */
  execute(
    agent: Agent,
    command: Command,
    moment: Moment,
  ): { readonly receipt: Receipt; readonly entries: readonly LogEntry[] } {
    const { id } = command;
    const request = JSON.stringify([agent.id, requestOf(command)]);
    const known = this.#answered.get(id);
    if (known) {
      const reused: Receipt = { id, ok: false, error: ID_REUSED, seq: this.#head };
      return { receipt: known.request === request ? known.receipt : reused, entries: [] };
    }
    const decision = decide(command, this.facts(agent, needs(command), moment));
    const entries = decision.ok ? this.append(decision.events) : [];
    const outcome = decision.ok ? { ok: true as const, result: null } : decision;
    const receipt: Receipt = { id, seq: this.#head, ...outcome };
    this.#answered.set(id, { request, receipt });
    return { receipt, entries };
  }

  /** What a decision needs, as it is now. */
  facts(agent: Agent, needed: Needs, moment: Moment): Facts {
    const { interaction, successor, offers, workbin, message, reacted, file, template, response } = needed;
    const { policy, isOpenWorkbin, fileOf, templateOf, isResponse } = this.#options;
    const { messageOf = (id: string) => this.#messageOf(id) } = this.#options;
    return {
      ...moment,
      policy,
      agent,
      interaction: interaction === null ? null : (this.interactions.get(interaction) ?? null),
      successor: successor && interaction !== null ? this.#successorOf(interaction) : null,
      offers: offers ? this.deskOf(agent.id).filter(({ offer }) => offer !== null) : [],
      isOpenWorkbin: workbin !== null && isOpenWorkbin(workbin),
      answered: message === null ? null : this.#placeOf(message),
      reacted: reacted === null ? null : messageOf(reacted),
      file: file === null ? null : (fileOf?.(file, agent.id) ?? null),
      isUsableResponse: response !== null && (isResponse?.(response) ?? false),
      template: template === null ? null : (templateOf?.(template.name, template.language) ?? null),
    };
  }

  /** Rings what waits at whoever can take it. */
  route(now: number): readonly LogEntry[] {
    const { policy } = this.#options;
    const queue = [...this.interactions.values()].filter(({ state }) => state === 'queued');
    const { matches } = routeQueue(queue, this.#candidates(), now, policy);
    return this.append(matches.map(({ interaction, agent }) => offerTo(interaction, agent, now, policy)));
  }

  /** Takes back the offers that have rung long enough. */
  endOffers(now: number): readonly LogEntry[] {
    const ended = [...this.interactions.values()].filter(({ offer }) => offer && offer.expiresAt <= now);
    return this.append(ended.flatMap((one) => endOffer(one, 'offer-expired', now) ?? []));
  }

  /** What is on an agent's desk, and what rings there. */
  deskOf(agent: string): readonly Interaction[] {
    return [...this.interactions.values()].filter((interaction) => isAt(interaction, agent));
  }

  /** How many interactions are parked in a workbin. */
  countIn(workbin: string): number {
    return [...this.interactions.values()].filter(({ parking }) => parking?.workbin === workbin).length;
  }

  #successorOf(interaction: string): Interaction | null {
    const into = this.interactions.get(interaction)?.mergedInto;
    return into === undefined ? null : (this.#successorOf(into) ?? this.interactions.get(into) ?? null);
  }

  #placeOf(message: string): MessagePlace | null {
    const said = this.log.find(
      ({ event }) =>
        (event.type === 'message-received' || event.type === 'message-sent') &&
        event.body.message.id === message,
    );
    const interaction = this.interactions.get(said?.event.interaction ?? '');
    if (interaction) return { channel: interaction.channel, contact: interaction.contact.id };
    return this.#options.placeOf?.(message) ?? null;
  }

  #messageOf(id: string): Message | null {
    let message: Message | null = null;
    for (const { event } of this.log) {
      const isSaid = event.type === 'message-received' || event.type === 'message-sent';
      if (isSaid && event.body.message.id === id) ({ message } = event.body);
      if (message && event.type === 'message-changed' && event.body.message === id)
        message = changeMessage(message, event.body);
    }
    return message;
  }

  #enter(draft: EventDraft): LogEntry {
    const seq = ++this.#head;
    const before = draft.interaction === null ? null : (this.interactions.get(draft.interaction) ?? null);
    const subject = draft.type === 'interaction-created' ? draft.body.interaction : before;
    const interaction = subject && this.#evolve(subject, draft);
    if (draft.type === 'interaction-merged') this.#evolve(draft.body.into, draft);
    if (draft.type === 'agent-status-changed') this.agents.set(draft.body.agent.id, draft.body.agent);
    if (draft.type === 'interaction-offered' || draft.type === 'interaction-assigned') {
      const { offer, agent } = draft.body.interaction;
      const busy = offer?.agent ?? agent;
      if (busy !== null) this.#busySince.set(busy, draft.at);
    }
    const event: DomainEvent = { ...draft, seq, id: `event-${seq}` };
    return { event, audience: audienceOf(draft, before), interaction };
  }

  #evolve(interaction: Interaction, draft: EventDraft): Interaction {
    const next = evolve(interaction, draft);
    this.interactions.set(next.id, next);
    return next;
  }

  #candidates(): readonly Candidate[] {
    return [...this.agents.values()]
      .filter(({ id, status }) => status === 'ready' && (this.#links.get(id) ?? 0) > 0)
      .map(({ id }) => ({
        agent: id,
        load: this.deskOf(id).length,
        idleSince: this.#busySince.get(id) ?? 0,
      }));
  }
}

function isAt(interaction: Interaction, agent: string): boolean {
  return (interaction.offer?.agent ?? interaction.agent) === agent;
}
