import {
  CentreKernel,
  failureNotice,
  FAILURES_TOLD,
  FAILURES_TOLD_FOR,
  isAmiss,
  relievedAuthor,
  isAddressed,
  mergeInteractions,
  personalWorkbin,
  receive,
  receiveChange,
  TEAM_WORKBIN,
} from '../../model/index.js';
import type {
  Agent,
  CentreKernelOptions,
  Command,
  Contact,
  Cursor,
  Delivery,
  DomainEvent,
  EventDraft,
  InboundMessage,
  LogEntry,
  Message,
  MessageChange,
  Policy,
  Receipt,
  RefusalKind,
  Snapshot,
  Workbin,
} from '../../model/index.js';
import type { Agenda } from './agenda.js';
import { Records } from './records.js';
import type { Past } from './records.js';

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
  /** A file that an agent has brought; null when there is no such. */
  readonly fileOf?: CentreKernelOptions['fileOf'];
  readonly templateOf?: CentreKernelOptions['templateOf'];
  readonly isResponse?: CentreKernelOptions['isResponse'];
}

/**
 * What a gateway does, in memory: the kernel of the model with a clock, transcripts and listeners. Knows nothing of links and of what contacts have in
 * mind.
 */
export class Centre {
  readonly epoch: string;
  readonly policy: Policy;
  readonly records: Records;
  readonly #options: CentreOptions;
  readonly #agenda: Agenda;
  readonly #kernel: CentreKernel;
  readonly #ids = new Map<string, number>();
  readonly #listeners = new Set<(entries: readonly LogEntry[]) => void>();

  constructor(options: CentreOptions) {
    this.#options = options;
    this.#agenda = options.agenda;
    this.epoch = options.epoch;
    this.policy = options.policy;
    this.records = new Records(options.past);
    this.#kernel = new CentreKernel({
      policy: options.policy,
      isOpenWorkbin: (workbin) => workbin === TEAM_WORKBIN,
      placeOf: (message) => this.records.placeOf(message),
      messageOf: (message) => this.records.message(message),
      ...(options.fileOf && { fileOf: options.fileOf }),
      ...(options.templateOf && { templateOf: options.templateOf }),
      ...(options.isResponse && { isResponse: options.isResponse }),
    });
  }

  get head(): number {
    return this.#kernel.head;
  }

  get cursor(): Cursor {
    return { epoch: this.epoch, seq: this.head };
  }

  agent(id: string): Agent | null {
    return this.#kernel.agents.get(id) ?? null;
  }

  /** Hires an agent; one who is known already keeps name and status. */
  hire(agent: Agent): Agent {
    const known = this.#kernel.agents.get(agent.id) ?? agent;
    this.#kernel.agents.set(agent.id, known);
    return known;
  }

  /** @returns What ends it. The listener gets the facts of one decision together. */
  listen(listener: (entries: readonly LogEntry[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** An agent has a link: offers come. @returns What ends it. */
  enter(agent: string): () => void {
    const leave = this.#kernel.enter(agent);
    this.#route();
    return leave;
  }

  /** The facts after a place, or null when the log does not reach back that far. */
  after(cursor: Cursor): readonly LogEntry[] | null {
    const { log } = this.#kernel;
    const known = cursor.epoch === this.epoch && cursor.seq <= this.head;
    const start = log.length - (this.head - cursor.seq);
    return known && start >= 0 ? log.slice(start) : null;
  }

  snapshot(agent: Agent): Snapshot {
    const { own, team } = this.#options.workbinNames;
    const workbin = (id: string, name: string, owner: string | null): Workbin => ({
      id,
      name,
      owner,
      count: this.#kernel.countIn(id),
    });
    return {
      seq: this.head,
      agent: this.#kernel.agents.get(agent.id) ?? agent,
      interactions: this.#kernel.deskOf(agent.id),
      workbins: [workbin(personalWorkbin(agent.id), own, agent.id), workbin(TEAM_WORKBIN, team, null)],
      failures: this.#failuresOf(agent.id),
    };
  }

  /** A contact writes. @returns The interaction that the message belongs to. */
  receive(inbound: InboundMessage): string {
    const { contact } = inbound;
    const open = this.records.openOf(contact.id);
    const context = { now: this.#agenda.now, newId: this.#idsOf(contact) };
    const drafts = receive(open, inbound, context, this.records.latestOf(contact.id));
    this.#append(drafts);
    return open?.id ?? drafts[0]?.interaction ?? '';
  }

  /** Something happens to a message of a contact or to one of ours. @param what null: nothing does. */
  change(id: string | null, what: (message: Message) => MessageChange | null): void {
    const message = id === null ? null : this.records.message(id);
    const interaction = message && this.records.interaction(message.interaction);
    if (!message || !interaction) return;
    const open = interaction.state === 'done' ? null : interaction;
    const context = { now: this.#agenda.now, newId: this.#idsOf(interaction.contact) };
    this.#append(receiveChange(message, what(message), open, context));
  }

  /** Two contacts turn out to be one person. Of their open conversations one goes on. @returns The person. */
  merge(one: Contact, other: Contact): Contact {
    const person = { ...one, phone: one.phone ?? other.phone, bsuid: one.bsuid ?? other.bsuid };
    const [a, b] = [this.records.openOf(one.id), this.records.openOf(other.id)];
    if (a && b && a !== b) this.#append(mergeInteractions(a, b, this.#agenda.now, person));
    return person;
  }

  /** News of WhatsApp about an outbound message. */
  report(message: Message, delivery: Delivery): void {
    const interaction = this.records.interaction(message.interaction);
    const notice = interaction && failureNotice(interaction, message, delivery);
    const before = message.delivery;
    const relieved = interaction && before && relievedAuthor(interaction, message, before, delivery);
    const body = { message: message.id, delivery, ...(notice && { notice }), ...(relieved && { relieved }) };
    const fact = { at: this.#agenda.now, interaction: message.interaction, actor: null, command: null };
    this.#append([{ ...fact, type: 'delivery-changed', body }]);
  }

  #failuresOf(agent: string): readonly DomainEvent[] {
    const since = this.#agenda.now - FAILURES_TOLD_FOR;
    const told = this.#kernel.log.filter(({ event }) => {
      if (event.type !== 'delivery-changed' || event.body.notice?.author !== agent) return false;
      const delivery = this.records.message(event.body.message)?.delivery;
      return event.at > since && !!delivery && isAmiss(delivery);
    });
    return told.slice(-FAILURES_TOLD).map(({ event }) => event);
  }

  execute(agentId: string, command: Command): Receipt {
    const agent = this.#kernel.agents.get(agentId);
    if (!agent) return this.refuse(command, 'not-found');
    const named = 'interaction' in command.args ? this.records.interaction(command.args.interaction) : null;
    const newId = named ? this.#idsOf(named.contact) : () => command.id;
    const { receipt, entries } = this.#kernel.execute(agent, command, { now: this.#agenda.now, newId });
    this.#follow(entries);
    return receipt;
  }

  /** A refusal for a reason that is not the rules'. It is not remembered: the command may be tried again. */
  refuse({ id }: Command, kind: RefusalKind): Receipt {
    const sentence = 'The simulation was told to refuse this.';
    return { id, ok: false, seq: this.head, error: { kind, sentence, retryable: kind === 'unavailable' } };
  }

  #append(drafts: readonly EventDraft[]): void {
    this.#follow(this.#kernel.append(drafts));
  }

  /** What follows from facts: transcripts, news, offers, and what happens later. */
  #follow(entries: readonly LogEntry[]): void {
    if (entries.length === 0) return;
    for (const { event, interaction } of entries) {
      if (interaction) this.records.keep(interaction, event);
      // Who let it go by may get it again after as long as an offer rings.
      if (event.type === 'interaction-queued') this.#later(() => this.#route());
      if (event.type === 'interaction-offered')
        this.#later(() => this.#follow(this.#kernel.endOffers(this.#agenda.now)));
    }
    for (const listener of this.#listeners) listener(entries);
    const { keep } = this.#options;
    if (this.#kernel.log.length > 2 * keep) this.#kernel.trim(keep);
    this.#route();
  }

  #later(action: () => void): void {
    this.#agenda.in(this.policy.offerTimeout, action);
  }

  #route(): void {
    this.#follow(this.#kernel.route(this.#agenda.now));
  }

  #idsOf(contact: Contact): () => string {
    return () => {
      const count = (this.#ids.get(contact.id) ?? 0) + 1;
      this.#ids.set(contact.id, count);
      return `${contact.id}-${count}`;
    };
  }
}

/** Whether an entry is for an agent. */
export function isFor({ audience }: LogEntry, agent: string): boolean {
  return isAddressed(audience, agent);
}
