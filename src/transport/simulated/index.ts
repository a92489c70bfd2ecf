import { Observable, asyncScheduler, defer, throwError } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { DEFAULT_POLICY, workbinOwner } from '../../model/index.js';
import type {
  Agent,
  Command,
  Contact,
  Content,
  Cursor,
  MediaRef,
  Policy,
  Query,
  ReceiptOf,
  ResultOf,
} from '../../model/index.js';
import { TransportError } from '../adapter.js';
import type { DeclaredFile, MediaSource, TransportAdapter, TransportFrame, UploadStep } from '../adapter.js';
import type { Faults } from './faults.js';
import type { Persona } from './persona.js';
import type { Scenario } from './scenario.js';
import { findTemplates } from './templates.js';
import { findResponses } from './responses.js';
import { transcriptPart } from './transcript-part.js';
import { searchTranscript } from './transcript-search.js';
import { Simulation } from './simulation.js';
import { Wire, notConnected } from './wire.js';

export { PERSONAS } from './dialogues.js';
export { Faults } from './faults.js';
export { MediaStore } from './media-store.js';
export { persona } from './persona.js';
export type { Line, Persona, Turn } from './persona.js';
export { sampleFile } from './sample-files.js';
export type { FileFacts, SampleFile } from './sample-files.js';
export type { Scenario } from './scenario.js';

export interface SimulatedOptions {
  /** The same seed and the same commands at the same times give the same frames; 1 by default. */
  readonly seed?: number | string;
  /** Where time comes from; a virtual one makes tests exact. */
  readonly scheduler?: SchedulerLike;
  /** Contacts of this language write first, and the workbins have names in it, where it is known; a BCP 47 tag. Mixed, with English names, by default. */
  readonly locale?: string;
  /** Ana Silva, who is ready, unless said otherwise. */
  readonly agent?: Partial<Agent>;
  /** Who writes; the shipped contacts by default. */
  readonly contacts?: readonly Persona[];
  /** `calm` by default. */
  readonly scenario?: Scenario;
  readonly policy?: Partial<Policy>;
  /** How many facts the log keeps at least; a cursor older than that gets a snapshot. 5,000 by default. */
  readonly keep?: number;
}

/** A contact centre in the browser, as seen by one agent. */
export interface SimulatedTransport extends TransportAdapter {
  /** What goes wrong; may be changed at any time. */
  readonly faults: Faults;
  send<C extends Command>(command: C): Observable<ReceiptOf<C>>;
  query<Q extends Query>(query: Q): Observable<ResultOf<Q>>;
  upload(id: string, blob: Blob, declared: DeclaredFile): Observable<UploadStep>;
  media(media: MediaRef): Observable<MediaSource>;
  /**
   * Lets a contact write.
   * @param contact A contact, the id of one, or any name: somebody of that name writes then.
   * @param content Text, or anything else that WhatsApp carries.
   * @returns The id of the interaction that the message belongs to.
   */
  write(contact: string | Contact, content: string | Content): string;
  /** Two contacts, by id or name, turn out to be one person: of their open conversations one goes on. */
  merge(one: string, other: string): void;
  /** Another connection to the same contact centre: a second page of the same agent, or another agent. */
  another(agent?: Partial<Agent>): SimulatedTransport;
}

/**
 * A contact centre with contacts, WhatsApp and a gateway, all of it in memory: a reload begins anew. Nothing happens before somebody connects; it goes on
 * while nobody is connected, without a timer: what was missed is there at the next connection.
 */
export function simulatedTransport(options: SimulatedOptions = {}): SimulatedTransport {
  const agent: Agent = { id: 'ana', name: 'Ana Silva', status: 'ready', reason: null, ...options.agent };
  const simulation = new Simulation({
    seed: String(options.seed ?? 1),
    scheduler: options.scheduler ?? asyncScheduler,
    locale: options.locale,
    agent,
    contacts: options.contacts,
    scenario: options.scenario ?? 'calm',
    policy: { ...DEFAULT_POLICY, ...options.policy },
    keep: options.keep ?? 5_000,
  });
  return new Desk(simulation, agent);
}

class Desk implements SimulatedTransport {
  readonly #simulation: Simulation;
  readonly #agent: Agent;
  #wire: Wire | null = null;

  constructor(simulation: Simulation, agent: Agent) {
    this.#simulation = simulation;
    this.#agent = agent;
  }

  get faults(): Faults {
    return this.#simulation.faults;
  }

  connect(cursor: Cursor | null): Observable<TransportFrame> {
    return new Observable<TransportFrame>((out) => {
      if (this.#wire) {
        out.error(new TransportError('invalid', 'This transport is connected already.'));
        return;
      }
      this.#simulation.proceed();
      const wire = new Wire(this.#simulation, this.#agent.id, out);
      this.#wire = wire;
      const forget = this.#simulation.add(wire);
      out.add(() => {
        forget();
        this.#wire = null;
        wire.end();
      });
      wire.open(cursor);
    });
  }

  send<C extends Command>(command: C): Observable<ReceiptOf<C>> {
    return this.#ask(() => {
      const { centre, faults } = this.#simulation;
      if (faults.refuseCommands) return centre.refuse(command, faults.refuseCommands);
      const receipt = centre.execute(this.#agent.id, command);
      if (receipt.ok) this.#simulation.used.note(this.#agent.id, command);
      if (faults.loseReceipts <= 0) return receipt;
      faults.loseReceipts--;
      return null;
    });
  }

  query<Q extends Query>(query: Q): Observable<ResultOf<Q>> {
    return this.#ask(() => this.#page(query) as ResultOf<Q>);
  }

  upload(id: string, blob: Blob, declared: DeclaredFile): Observable<UploadStep> {
    return defer(() => {
      this.#simulation.proceed();
      const wire = this.#wire;
      if (!wire?.live) return throwError(notConnected);
      return this.#simulation.uploads.bring(this.#agent.id, id, blob, declared, wire);
    });
  }

  media(media: MediaRef): Observable<MediaSource> {
    return this.#ask(() => this.#simulation.files.source(media));
  }

  check(): void {
    this.#simulation.proceed();
    this.#wire?.check();
  }

  write(contact: string | Contact, content: string | Content): string {
    this.#simulation.proceed();
    return this.#simulation.people.write(
      contact,
      typeof content === 'string' ? { kind: 'text', text: content } : content,
    );
  }

  merge(one: string, other: string): void {
    this.#simulation.proceed();
    this.#simulation.people.merge(one, other);
  }

  another(agent: Partial<Agent> = {}): SimulatedTransport {
    return new Desk(this.#simulation, this.#simulation.centre.hire({ ...this.#agent, ...agent }));
  }

  #ask<T>(answer: () => T | null): Observable<T> {
    return defer(() => {
      this.#simulation.proceed();
      return this.#wire?.ask(answer) ?? throwError(notConnected);
    });
  }

  #page(query: Query): ResultOf<Query> {
    const { records, cursor } = this.#simulation.centre;
    if (query.name === 'transcript') return records.transcript(query.args, cursor);
    if (query.name === 'transcript-part') return transcriptPart(records, query.args, cursor);
    if (query.name === 'transcript-search') return searchTranscript(records, query.args, cursor);
    if (query.name === 'responses') {
      const { library, used } = this.#simulation;
      return findResponses(library, query.args, cursor, { agent: this.#agent.id, used });
    }
    if (query.name === 'response-categories')
      return { items: this.#simulation.library.categories, next: null, cursor };
    if (query.name === 'templates') return findTemplates(this.#simulation.templates, query.args, cursor);
    const owner = workbinOwner(query.args.workbin);
    if (owner !== null && owner !== this.#agent.id)
      throw new TransportError('invalid', 'The workbin belongs to another agent.');
    return records.workbin(query.args, cursor);
  }
}
