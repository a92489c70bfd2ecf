import { Observable } from 'rxjs';
import type { Subscriber } from 'rxjs';
import type { Cursor, LogEntry } from '../../model/index.js';
import { CHECK_PATIENCE, TransportError } from '../adapter.js';
import type { TransportErrorKind, TransportFrame } from '../adapter.js';
import type { Agenda } from './agenda.js';
import { isFor } from './centre.js';
import type { Centre } from './centre.js';
import type { Faults } from './faults.js';

/** How long an answer to a command or a query may take, in milliseconds. */
export const ANSWER_TIMEOUT = 10_000;

const FEATURES = [
  'send-text',
  'send-media',
  'send-reaction',
  'forward-media',
  'send-location',
  'send-contacts',
  'send-interactive',
  'mark-read',
  'media',
  'upload',
  'transcript-parts',
  'transcript-search',
  'responses',
  'favourite-responses',
  'send-template',
  'templates',
];

/** What the wires of one simulation share. */
export interface Surroundings {
  readonly agenda: Agenda;
  readonly centre: Centre;
  readonly faults: Faults;
  readonly issuer: string;
}

/** One connection of an agent: everything on it takes its time and comes in its order. */
export class Wire {
  readonly #surroundings: Surroundings;
  readonly #agent: string;
  readonly #out: Subscriber<TransportFrame>;
  readonly #undo: (() => void)[] = [];
  readonly #asking = new Set<(error: TransportError) => void>();
  #ended = false;
  #welcomed = false;
  #checking = false;
  /** When what was sent last will have arrived. */
  #arrivesAt = -Infinity;

  constructor(surroundings: Surroundings, agent: string, out: Subscriber<TransportFrame>) {
    this.#surroundings = surroundings;
    this.#agent = agent;
    this.#out = out;
  }

  /** Whether commands and queries can leave. */
  get live(): boolean {
    return this.#welcomed && !this.#ended;
  }

  open(cursor: Cursor | null): void {
    const watching = this.#surroundings.agenda.watch();
    this.#undo.push(() => watching.unsubscribe());
    this.arrive(() => {
      const { faults } = this.#surroundings;
      if (faults.out) this.fail('offline', 'The simulation plays an outage.');
      else if (faults.refuseCredentials) this.fail('unauthorized', 'The simulation refuses the credentials.');
      else this.#welcome(cursor);
    });
  }

  /** Lets something happen at the other end of the wire, unless the link ends before. */
  arrive(action: () => void): void {
    const { agenda, faults } = this.#surroundings;
    this.#arrivesAt = Math.max(agenda.now + faults.latency, this.#arrivesAt, faults.stalledUntil);
    agenda.at(this.#arrivesAt, () => {
      if (!this.#ended) action();
    });
  }

  /** Asks the other end for a sign of life: when none comes in time, the link is lost. */
  check(): void {
    if (!this.live || this.#checking) return;
    const { agenda } = this.#surroundings;
    const lost = () =>
      this.fail('offline', 'The simulation did not answer when it was asked for a sign of life.');
    const forget = agenda.in(CHECK_PATIENCE, lost);
    this.#checking = true;
    this.#undo.push(forget);
    this.arrive(() =>
      this.arrive(() => {
        forget();
        this.#checking = false;
        this.#out.next({ kind: 'time', serverTime: agenda.now });
      }),
    );
  }

  fail(kind: TransportErrorKind, sentence: string): void {
    this.#out.error(new TransportError(kind, sentence));
  }

  /** Calls back when the link is lost. @returns What forgets that. */
  onEnd(lost: (error: TransportError) => void): () => void {
    this.#asking.add(lost);
    return () => this.#asking.delete(lost);
  }

  end(): void {
    this.#ended = true;
    for (const undo of this.#undo.splice(0)) undo();
    const lost = new TransportError('timeout', 'The link was lost before the answer came.');
    for (const fail of this.#asking) fail(lost);
  }

  /**
   * Asks the other end. Errors as an adapter does: `offline` when the question cannot leave, `timeout` when no answer comes.
   * @param answer Runs at the other end; null is an answer that gets lost on its way, what it throws is the answer.
   */
  ask<T>(answer: () => T | null): Observable<T> {
    return new Observable<T>((out) => {
      if (!this.live) {
        out.error(notConnected());
        return undefined;
      }
      const fail = (error: unknown) => out.error(error);
      this.#asking.add(fail);
      const forget = this.#surroundings.agenda.in(ANSWER_TIMEOUT, () =>
        fail(new TransportError('timeout', 'The simulation did not answer in time.')),
      );
      this.arrive(() => this.#answer(answer, out));
      return () => {
        forget();
        this.#asking.delete(fail);
      };
    });
  }

  #answer<T>(answer: () => T | null, out: Subscriber<T>): void {
    try {
      const value = answer();
      if (value === null) return;
      this.arrive(() => {
        out.next(value);
        out.complete();
      });
    } catch (error) {
      this.arrive(() => out.error(error));
    }
  }

  #welcome(cursor: Cursor | null): void {
    const { centre, issuer, agenda } = this.#surroundings;
    const agent = centre.agent(this.#agent);
    if (!agent) return this.fail('unauthorized', 'There is no such agent.');
    const { epoch, head, policy } = centre;
    const missed = cursor && centre.after(cursor);
    const place = { epoch, head, serverTime: agenda.now };
    this.#send({
      kind: 'welcome',
      agent,
      issuer,
      ...place,
      policy,
      features: FEATURES,
      tokenExpiresAt: null,
    });
    if (missed) this.#tell(missed);
    else this.#send({ kind: 'snapshot', snapshot: centre.snapshot(agent) });
    this.#undo.push(centre.listen((entries) => this.#tell(entries)));
    this.#undo.push(centre.enter(this.#agent));
    return undefined;
  }

  #tell(entries: readonly LogEntry[]): void {
    const { faults } = this.#surroundings;
    for (const entry of entries) {
      if (!isFor(entry, this.#agent)) continue;
      this.#send({ kind: 'event', event: entry.event });
      if (faults.duplicateFrames) this.#send({ kind: 'event', event: entry.event });
    }
    const last = entries.at(-1);
    if (last && !isFor(last, this.#agent)) this.#send({ kind: 'cursor', seq: last.event.seq });
  }

  #send(frame: TransportFrame): void {
    this.arrive(() => {
      if (frame.kind === 'welcome') this.#welcomed = true;
      this.#out.next(frame);
    });
  }
}

export function notConnected(): TransportError {
  return new TransportError('offline', 'There is no connection to the simulation.');
}
