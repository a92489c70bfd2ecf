import { Observable } from 'rxjs';
import type { Subscriber } from 'rxjs';
import { DEFAULT_POLICY, messageItem } from 'whatsapp-workspace/model';
import type { Interaction, Message, Query, ReceiptOf, Command, ResultOf } from 'whatsapp-workspace/model';
import { aContact, aMessage, anAgent, anInteraction } from '../../test/support/builders.js';
import type { TransportAdapter, TransportFrame } from 'whatsapp-workspace';

const EPOCH = 'bench';
const AGENT = anAgent();
const DAY = 86_400_000;

/** A contact centre in memory, as a host would write a transport: no more work than handing the frames over. */
export class Centre implements TransportAdapter {
  readonly #began = Date.now();
  readonly #open: number;
  #history: Message[] = [];
  #seq = 1;
  #link: Subscriber<TransportFrame> | null = null;

  constructor(open: number) {
    this.#open = open;
  }

  connect(): Observable<TransportFrame> {
    return new Observable((subscriber) => {
      this.#link = subscriber;
      const common = { epoch: EPOCH, head: this.#seq, serverTime: Date.now(), features: [] };
      subscriber.next({ kind: 'welcome', agent: AGENT, issuer: 'bench', policy: DEFAULT_POLICY, ...common });
      const interactions = Array.from({ length: this.#open }, (_, i) => this.#interaction(i));
      const workbins = [{ id: 'team', name: 'Team', owner: null, count: 0 }];
      subscriber.next({
        kind: 'snapshot',
        snapshot: { seq: this.#seq, agent: AGENT, interactions, workbins },
      });
      return () => (this.#link = null);
    });
  }

  async send<C extends Command>(): Promise<ReceiptOf<C>> {
    throw new Error('Nothing is sent here.');
  }

  async query<Q extends Query>({ args }: Q): Promise<ResultOf<Q>> {
    const { before, limit } = args as { readonly before: string | null; readonly limit: number };
    const history = this.#history;
    const end = before === null ? history.length : history.findLastIndex(({ id }) => id === before);
    const start = Math.max(0, end - limit);
    const items = history.slice(start, end).map(messageItem);
    const next = start > 0 ? { interaction: 'i0', before: items[0]?.id ?? null } : null;
    return { items, next, cursor: { epoch: EPOCH, seq: this.#seq } } as unknown as ResultOf<Q>;
  }

  load(texts: readonly string[]): void {
    this.#history = texts.map((text, i) => this.#message(`h${i}`, text, 0, this.#began + i));
  }

  say(text: string, interaction: number): void {
    const seq = ++this.#seq;
    const message = this.#message(`m${seq}`, text, interaction, Date.now());
    if (interaction === 0) this.#history.push(message);
    const facts = { seq, id: `e${seq}`, at: message.at, interaction: message.interaction };
    const event = {
      type: 'message-received',
      actor: null,
      command: null,
      body: { message },
      ...facts,
    } as const;
    this.#link?.next({ kind: 'event', event });
  }

  #message(id: string, text: string, interaction: number, at: number): Message {
    const ids = { id, interaction: `i${interaction}`, session: `s${interaction}` };
    return aMessage({ ...ids, at, content: { kind: 'text', text } });
  }

  #interaction(i: number): Interaction {
    return anInteraction({
      id: `i${i}`,
      contact: aContact({ id: `c${i}`, name: `Contact ${i}` }),
      session: { id: `s${i}`, direction: 'inbound', startedAt: this.#began },
      agent: AGENT.id,
      createdAt: this.#began,
      pendency: null,
      windowClosesAt: this.#began + DAY,
    });
  }
}
