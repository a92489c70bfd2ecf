import { NEVER, Observable, of } from 'rxjs';
import type { Subscriber } from 'rxjs';
import { DEFAULT_POLICY } from '../../src/model/index.js';
import type {
  Command,
  DomainEvent,
  EventBodies,
  EventType,
  Interaction,
  Receipt,
} from '../../src/model/index.js';
import { TransportError } from '../../src/transport/adapter.js';
import type { TransportAdapter, TransportFrame } from '../../src/transport/adapter.js';
import { anAgent, anEvent } from './builders.js';

/** A transport whose other side a test plays. Welcomes with a snapshot as soon as it is connected to. */
export class FakeTransport implements TransportAdapter {
  readonly sent: Command[] = [];
  interactions: readonly Interaction[] = [];
  connections = 0;
  /** When the token ends; milliseconds since the epoch. */
  tokenExpiresAt: number | null = null;
  #out: Subscriber<TransportFrame> | null = null;
  #seq = 10;

  get connected(): boolean {
    return this.#out !== null && !this.#out.closed;
  }

  connect(): Observable<TransportFrame> {
    return new Observable((out) => {
      this.connections++;
      this.#out = out;
      out.next({
        kind: 'welcome',
        agent: anAgent(),
        issuer: `test ${Math.random()}`,
        epoch: 'e1',
        head: this.#seq,
        serverTime: Date.now(),
        policy: DEFAULT_POLICY,
        tokenExpiresAt: this.tokenExpiresAt,
      });
      const { interactions } = this;
      out.next({
        kind: 'snapshot',
        snapshot: { seq: this.#seq, agent: anAgent(), interactions, workbins: [] },
      });
    });
  }

  send(command: Command): Observable<Receipt> {
    this.sent.push(command);
    return of({ id: command.id, ok: true, seq: this.#seq, result: null });
  }

  query(): Observable<never> {
    return NEVER;
  }

  /** Something happens at the other side. */
  happen<T extends EventType>(
    type: T,
    body: EventBodies[T],
    interaction: string | null = 'interaction-1',
    command: string | null = null,
  ): void {
    const seq = ++this.#seq;
    const event = {
      ...anEvent(type, body, { interaction, command, at: Date.now() }),
      seq,
      id: `event-${seq}`,
    };
    this.#out?.next({ kind: 'event', event: event as unknown as DomainEvent });
  }

  /** The other side takes a renewed token. */
  renewToken(expiresAt: number): void {
    this.#out?.next({ kind: 'token', expiresAt });
  }

  /** The link breaks. */
  lose(kind: TransportError['kind'] = 'offline'): void {
    this.#out?.error(new TransportError(kind, 'The link was lost.'));
  }
}
