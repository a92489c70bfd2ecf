import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import {
  EMPTY_STATE,
  reduce,
  type Command,
  type CommandArgs,
  type CommandName,
  type Cursor,
  type DomainEvent,
  type Interaction,
  type Query,
  type Receipt,
  type Refusal,
  type ResultOf,
  type WorkspaceState,
} from 'whatsapp-workspace/model';
import { readResult, SOCKET_PATH, SUBPROTOCOL, type ServerFrame } from 'whatsapp-workspace/protocol';
import { tokenFor } from './gateway.js';
import { until } from './until.js';

export interface DeskOptions {
  readonly agent: string;
  readonly cursor?: Cursor | null;
  readonly token?: string;
  readonly origin?: string;
}

type Answer<Q extends Query> =
  { readonly ok: true; readonly result: ResultOf<Q> } | { readonly ok: false; readonly error: Refusal };
type ResultFrame = Extract<ServerFrame, { type: 'result' }>;

/** A desk without a screen: folds what the gateway pushes, as the elements' workspace does. */
export class Desk {
  readonly frames: ServerFrame[] = [];
  state: WorkspaceState = EMPTY_STATE;
  closed: { readonly code: number; readonly reason: string } | null = null;
  readonly #socket: WebSocket;

  constructor(url: string, origin?: string) {
    this.#socket = new WebSocket(url.replace(/^http/, 'ws') + SOCKET_PATH, SUBPROTOCOL, { origin });
    this.#socket.on('message', (data: Buffer) => this.#receive(JSON.parse(data.toString()) as ServerFrame));
    this.#socket.on('close', (code, reason) => (this.closed = { code, reason: reason.toString() }));
    this.#socket.on('error', () => undefined);
  }

  /** Connects, says hello, and waits until the desk is up to date. */
  static async open(url: string, options: DeskOptions): Promise<Desk> {
    const desk = new Desk(url, options.origin);
    if (options.cursor) desk.state = { ...EMPTY_STATE, epoch: options.cursor.epoch, cursor: options.cursor };
    await desk.hello(options);
    const { head } = await until('a welcome', () => desk.frame('welcome') ?? desk.#refusal());
    await until('the desk is up to date', () => (desk.state.cursor?.seq ?? -1) >= head || desk.#refusal());
    return desk;
  }

  get interactions(): readonly Interaction[] {
    return [...this.state.interactions.values()];
  }

  get events(): readonly DomainEvent[] {
    return this.frames.flatMap((frame) => (frame.type === 'event' ? [frame.event as DomainEvent] : []));
  }

  /** Keeps the socket from reading; what comes stays in the buffers of both sides. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  async hello({ agent, cursor = null, token }: DeskOptions): Promise<void> {
    await this.opened();
    this.sendRaw({ type: 'hello', token: token ?? (await tokenFor(agent)), cursor });
  }

  async opened(): Promise<void> {
    await until('the socket is open', () => this.#socket.readyState !== WebSocket.CONNECTING);
  }

  sendRaw(frame: unknown): void {
    this.#socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** The first frame of a type that has come. */
  frame<T extends ServerFrame['type']>(type: T): Extract<ServerFrame, { type: T }> | undefined {
    return this.frames.find((frame): frame is Extract<ServerFrame, { type: T }> => frame.type === type);
  }

  /** Sends a command and waits for its receipt. */
  async command<N extends CommandName>(
    name: N,
    args: CommandArgs[N],
    id: string = randomUUID(),
  ): Promise<Receipt> {
    const known = this.frames.length;
    this.sendRaw({ type: 'command', command: { id, name, args } as unknown as Command });
    return until(`a receipt for ${name}`, () => {
      const receipts = this.frames
        .slice(known)
        .flatMap((f) => (f.type === 'receipt' ? [f.receipt as Receipt] : []));
      return receipts.find((receipt) => receipt.id === id);
    });
  }

  /** Like `command`, and the desk has seen what follows from it. */
  async does<N extends CommandName>(name: N, args: CommandArgs[N], id?: string): Promise<void> {
    const receipt = await this.command(name, args, id);
    if (!receipt.ok) throw new Error(`${name} was refused: ${receipt.error.kind}`);
    await until(`the desk knows of ${name}`, () => (this.state.cursor?.seq ?? -1) >= receipt.seq);
  }

  async ready(): Promise<void> {
    await this.does('set-agent-status', { status: 'ready', reason: null });
  }

  async query<Q extends Query>(query: Q): Promise<Answer<Q>> {
    const id = randomUUID();
    this.sendRaw({ type: 'query', id, query });
    const found = () => this.frames.find((f): f is ResultFrame => f.type === 'result' && f.id === id);
    const frame = await until(`a result of ${query.name}`, found);
    if (!frame.ok) return frame;
    const name: Q['name'] = query.name;
    const reading = readResult(name, frame.result);
    if (!reading.ok) throw new Error(reading.sentence);
    return { ok: true, result: reading.value };
  }

  /** Waits for an interaction that rings here. */
  async offered(): Promise<Interaction> {
    return until('an offer', () => this.interactions.find(({ state }) => state === 'offered'));
  }

  /** Waits for an offer and accepts it. */
  async accept(): Promise<Interaction> {
    const { id } = await this.offered();
    await this.does('accept-interaction', { interaction: id });
    return until('the interaction is on the desk', () => this.state.interactions.get(id));
  }

  close(): void {
    this.#socket.terminate();
  }

  #refusal(): false {
    if (this.closed)
      throw new Error(`The gateway closed the socket: ${this.closed.code} ${this.closed.reason}`);
    return false;
  }

  #receive(frame: ServerFrame): void {
    this.frames.push(frame);
    switch (frame.type) {
      case 'welcome':
        this.state = reduce(this.state, { kind: 'welcome', ...frame });
        break;
      case 'reset':
        this.state = reduce(this.state, { kind: 'snapshot', snapshot: frame.snapshot });
        break;
      case 'event':
        this.state = reduce(this.state, { kind: 'event', event: frame.event });
        break;
      case 'cursor':
        this.state = reduce(this.state, { kind: 'cursor', seq: frame.seq });
        break;
      case 'ping':
        this.sendRaw({ type: 'pong' });
        break;
      default:
        break;
    }
  }
}
