import { randomUUID } from 'node:crypto';
import type { CommandArgs, CommandName, DomainEvent } from 'whatsapp-workspace/model';
import type { AnyReceipt } from 'whatsapp-workspace/protocol';
import { Desk } from './desk.js';
import { until } from './until.js';

const PATIENCE = 60_000;

/** A desk that connects again whenever the link is lost, and repeats each command until it has its receipt. */
export class TirelessDesk {
  readonly events: DomainEvent[] = [];
  readonly #url: string;
  readonly #agent: string;
  #desk: Desk;
  #folded = 0;
  #closed = false;

  constructor(url: string, agent: string) {
    this.#url = url;
    this.#agent = agent;
    this.#desk = new Desk(url);
    void this.#run();
  }

  /** Interactions that ring. */
  get ringing(): ReadonlySet<string> {
    return new Set(this.#desk.interactions.filter(({ state }) => state === 'offered').map(({ id }) => id));
  }

  /** How often it had to connect. */
  connections = 0;

  async command<N extends CommandName>(name: N, args: CommandArgs[N]): Promise<AnyReceipt> {
    const id = randomUUID();
    let sentTo: Desk | null = null;
    return until(
      `a receipt for ${name}`,
      () => {
        const desk = this.#desk;
        const receipt = desk.frames.flatMap((f) =>
          f.type === 'receipt' && f.receipt.id === id ? [f.receipt] : [],
        )[0];
        if (receipt && (receipt.ok || !receipt.error.retryable)) return receipt;
        if (desk.frame('welcome') && !desk.closed && (sentTo !== desk || receipt)) {
          sentTo = desk;
          desk.sendRaw({ type: 'command', command: { id, name, args } });
        }
        return null;
      },
      PATIENCE,
    );
  }

  /** Texts of messages, in the order in which they came. */
  texts(type: 'message-received' | 'message-sent'): readonly string[] {
    this.#collect();
    return this.events.flatMap((event) =>
      event.type === type && 'message' in event.body && typeof event.body.message === 'object'
        ? [event.body.message.content.kind === 'text' ? event.body.message.content.text : '']
        : [],
    );
  }

  /** The newest delivery state of an outbound message. */
  delivery(text: string): string | undefined {
    const sent = this.events.find(
      (event) =>
        event.type === 'message-sent' &&
        event.body.message.content.kind === 'text' &&
        event.body.message.content.text === text,
    );
    const id = sent?.type === 'message-sent' ? sent.body.message.id : null;
    const news = this.events.findLast(
      (event) => event.type === 'delivery-changed' && event.body.message === id,
    );
    return news?.type === 'delivery-changed' ? news.body.delivery.state : undefined;
  }

  close(): void {
    this.#closed = true;
    this.#desk.close();
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      const { cursor } = this.#desk.state;
      this.#collect();
      this.#folded = 0;
      const next = new Desk(this.#url);
      next.state = this.#desk.state;
      this.#desk = next;
      this.connections++;
      await next.hello({ agent: this.#agent, cursor }).catch(() => undefined);
      await until('the link is lost', () => next.closed ?? this.#closed, 600_000);
    }
  }

  #collect(): void {
    const { events } = this.#desk;
    this.events.push(...events.slice(this.#folded));
    this.#folded = events.length;
  }
}
