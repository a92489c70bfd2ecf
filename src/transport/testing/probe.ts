import { firstValueFrom, from, throwIfEmpty } from 'rxjs';
import type { Subscription } from 'rxjs';
import { EMPTY_STATE, reduce } from '../../model/index.js';
import type {
  Command,
  CommandArgs,
  CommandName,
  Cursor,
  DomainEvent,
  EventType,
  Interaction,
  Query,
  Receipt,
  RefusalKind,
  ResultOf,
  Snapshot,
  UnknownEvent,
  WorkspaceInput,
  WorkspaceState,
} from '../../model/index.js';
import { TransportError } from '../adapter.js';
import type { TransportAdapter, TransportErrorKind, TransportFrame, WelcomeFrame } from '../adapter.js';
import { ContractViolation, expect, expectSame } from './expect.js';

/** One connection: what has come on it, and its fold. */
export class Probe {
  readonly frames: TransportFrame[] = [];
  state: WorkspaceState = EMPTY_STATE;
  /** Why it ended; null while it lives. */
  error: unknown = null;
  readonly #adapter: TransportAdapter;
  readonly #patience: number;
  readonly #watchers = new Set<() => void>();
  #subscription: Subscription | null = null;

  constructor(adapter: TransportAdapter, patience: number) {
    this.#adapter = adapter;
    this.#patience = patience;
  }

  /** Connects, without waiting for anything. */
  connect(cursor: Cursor | null): this {
    this.error = null;
    this.#subscription = this.#adapter.connect(cursor).subscribe({
      next: (frame) => this.#onFrame(frame),
      error: (error: unknown) => {
        this.error = error;
        this.#look();
      },
      complete: () => {
        this.error = new ContractViolation('A connection completed by itself.');
        this.#look();
      },
    });
    return this;
  }

  disconnect(): void {
    this.#subscription?.unsubscribe();
  }

  get welcome(): WelcomeFrame {
    const welcome = this.frames.findLast((frame) => frame.kind === 'welcome');
    expect(welcome !== undefined, 'There was no welcome.');
    return welcome;
  }

  get cursor(): Cursor {
    expect(this.state.cursor !== null, 'The desk does not know its place in the log.');
    return this.state.cursor;
  }

  get snapshots(): readonly Snapshot[] {
    return this.frames.flatMap((frame) => (frame.kind === 'snapshot' ? [frame.snapshot] : []));
  }

  get events(): readonly (DomainEvent | UnknownEvent)[] {
    return this.frames.flatMap((frame) => (frame.kind === 'event' ? [frame.event] : []));
  }

  eventsOf<T extends EventType>(type: T): readonly DomainEvent<T>[] {
    return this.events.filter((event): event is DomainEvent<T> => event.type === type);
  }

  interaction(id: string): Interaction {
    const interaction = this.state.interactions.get(id);
    expect(interaction !== undefined, `Interaction ${id} is not on the desk.`);
    return interaction;
  }

  /** The interaction of a contact on this desk. */
  find(contact: string): Interaction | undefined {
    return [...this.state.interactions.values()].find((known) => known.contact.name === contact);
  }

  apply(input: WorkspaceInput): void {
    this.state = reduce(this.state, input);
  }

  /** Waits until something is there, looking after each frame; `more` milliseconds longer than what should be at once. */
  async until<T>(what: string, look: () => T | undefined | null | false, more = 0): Promise<T> {
    return new Promise((resolve, reject) => {
      const watch = () => {
        const found = look();
        if (found === undefined || found === null || found === false) return false;
        end();
        resolve(found);
        return true;
      };
      const watcher = () => {
        if (watch() || this.error === null) return;
        end();
        reject(new ContractViolation(`Waiting for ${what}, the link was lost.`, { cause: this.error }));
      };
      const timeout = setTimeout(() => {
        end();
        reject(new ContractViolation(`This did not come in ${this.#patience + more} ms: ${what}.`));
      }, this.#patience + more);
      const end = () => {
        clearTimeout(timeout);
        this.#watchers.delete(watcher);
      };
      this.#watchers.add(watcher);
      watcher();
    });
  }

  /** Waits until the link is lost, `more` milliseconds longer than what should be at once. */
  async lost(more = 0): Promise<TransportErrorKind> {
    const error = await this.until('the end of the connection', () => this.error, more).catch(
      (failure: unknown) => {
        if (this.error === null) throw failure;
        return this.error;
      },
    );
    expect(error instanceof TransportError, `A connection ended with something else: ${String(error)}`);
    return error.kind;
  }

  /** Waits until the desk has come as far as the receipt says, and gives the receipt. */
  async command<N extends CommandName>(
    name: N,
    args: CommandArgs[N],
    more: Partial<Command> = {},
  ): Promise<Receipt> {
    const command = { id: newId(), name, args, ...more } as Command;
    const receipt = await this.send(command);
    expect(receipt.id === command.id, 'A receipt has the id of another command.');
    if (receipt.ok) await this.until(`place ${receipt.seq} of the log`, () => this.cursor.seq >= receipt.seq);
    return receipt;
  }

  /** As `command`, for what must be carried out. */
  async does<N extends CommandName>(
    name: N,
    args: CommandArgs[N],
    more: Partial<Command> = {},
  ): Promise<void> {
    const receipt = await this.command(name, args, more);
    expect(receipt.ok, `${name} was refused: ${receipt.ok ? '' : receipt.error.sentence}`);
  }

  send(command: Command): Promise<Receipt> {
    return firstValueFrom(
      from(this.#adapter.send(command)).pipe(
        throwIfEmpty(() => new ContractViolation('A command got no receipt.')),
      ),
    );
  }

  query<Q extends Query>(query: Q): Promise<ResultOf<Q>> {
    return firstValueFrom(
      from(this.#adapter.query(query)).pipe(
        throwIfEmpty(() => new ContractViolation('A query got no result.')),
      ),
    );
  }

  #onFrame(frame: TransportFrame): void {
    this.frames.push(frame);
    if (frame.kind !== 'time' && frame.kind !== 'token') this.apply(frame);
    this.#look();
  }

  #look(): void {
    for (const watcher of this.#watchers) watcher();
  }
}

/** The kind of the TransportError that a promise is rejected with. */
export async function kindOfFailure(promise: Promise<unknown>): Promise<TransportErrorKind> {
  let failure: unknown;
  try {
    failure = await promise.then((value) => new ContractViolation(`It succeeded: ${JSON.stringify(value)}`));
  } catch (error) {
    failure = error;
  }
  expect(failure instanceof TransportError, `This is no TransportError: ${String(failure)}`);
  return failure.kind;
}

let ids = 0;

/** Ids of commands, unique in this process and, by the time, beyond it. */
export function newId(): string {
  return `contract-${Date.now().toString(36)}-${++ids}`;
}

/** That a command is refused, and why. */
export async function expectRefusal<N extends CommandName>(
  desk: Probe,
  kind: RefusalKind,
  name: N,
  args: CommandArgs[N],
): Promise<void> {
  const receipt = await desk.command(name, args);
  expectSame(receipt.ok ? 'carried out' : receipt.error.kind, kind, `What became of ${name}`);
  if (!receipt.ok) expect(receipt.error.sentence.length > 0, 'A refusal says why.');
}
