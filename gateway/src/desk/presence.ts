import type { Clock } from 'whatsapp-workspace/model';
import { errorFields, type Log } from '../log.js';
import type { Db } from '../store/db.js';
import { savePresence } from '../store/agents.js';

const HEARTBEAT = 5000;
/** How long an agent counts as connected without a heartbeat: two of them may fail. */
export const SEEN_FOR = 15_000;
/** How long an agent counts as connected after the last socket closed: as long as it takes to load a page again. */
const GRACE = 8000;

/** Which agents are connected. Every gateway tells of its own sockets; a killed gateway's agents fade out. */
export class Presence {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #heartbeat: number;
  readonly #sockets = new Map<string, number>();
  #timer: NodeJS.Timeout | null = null;

  /** @param heartbeat How often to tell who is connected, in milliseconds. */
  constructor(db: Db, clock: Clock, log: Log, heartbeat: number = HEARTBEAT) {
    this.#db = db;
    this.#clock = clock;
    this.#log = log;
    this.#heartbeat = heartbeat;
  }

  start(): void {
    this.#timer = setInterval(
      () => void this.#save([...this.#sockets.keys()], SEEN_FOR, false),
      this.#heartbeat,
    );
  }

  /**
   * An agent has one more socket here. Resolves when offers may come.
   * @throws When the database fails; then the socket does not count.
   */
  async join(agent: string): Promise<void> {
    this.#sockets.set(agent, (this.#sockets.get(agent) ?? 0) + 1);
    try {
      await savePresence(this.#db, [agent], this.#clock.now() + SEEN_FOR);
    } catch (error) {
      this.#remove(agent);
      throw error;
    }
  }

  /** How many sockets an agent has here. */
  socketsOf(agent: string): number {
    return this.#sockets.get(agent) ?? 0;
  }

  /** An agent has one socket less here. */
  async leave(agent: string): Promise<void> {
    this.#remove(agent);
    if (!this.#sockets.has(agent)) await this.#save([agent], GRACE, true);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  #remove(agent: string): void {
    const left = (this.#sockets.get(agent) ?? 1) - 1;
    if (left > 0) this.#sockets.set(agent, left);
    else this.#sockets.delete(agent);
  }

  async #save(agents: readonly string[], seenFor: number, cut: boolean): Promise<void> {
    try {
      await savePresence(this.#db, agents, this.#clock.now() + seenFor, cut);
    } catch (error) {
      this.#log.warn('Presence could not be stored', errorFields(error));
    }
  }
}
