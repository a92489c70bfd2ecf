import type { RefusalKind } from '../../model/index.js';

/** What the faults act on; the links of one simulation. */
export interface FaultTarget {
  readonly now: () => number;
  /** Ends all living links as a lost network does. */
  cut(): void;
  /** Ends all living links as a gateway does that no longer accepts the token. */
  expel(): void;
}

/**
 * Switches for what goes wrong, at any time: `transport.faults.latency = 2000`. They concern all connections of a simulation. Durations are milliseconds
 * unless the name says seconds.
 */
export class Faults {
  /** How long everything takes in each direction. */
  latency = 0;
  /** Sends each event twice. */
  duplicateFrames = false;
  /** How many of the next receipts get lost: the command has its effect and `send` runs into its time-out. */
  loseReceipts = 0;
  /** Refuses every command with this kind; null for none. */
  refuseCommands: RefusalKind | null = null;
  /** Messages that are sent from now on fail at WhatsApp with this code (131026: the contact cannot be reached; 131047: the service window is closed). */
  failMessages: number | null = null;
  /** Messages that are sent from now on stay where they are: no status comes from WhatsApp. */
  withholdStatuses = false;

  /** Takes no files: each upload fails for good. */
  refuseUploads = false;

  readonly #target: FaultTarget;
  #refuseCredentials = false;
  #outageUntil = -Infinity;
  #stalledUntil = -Infinity;

  constructor(target: FaultTarget) {
    this.#target = target;
  }

  /** Refuses the credentials, those of living connections too: they end with `unauthorized`. */
  get refuseCredentials(): boolean {
    return this.#refuseCredentials;
  }

  set refuseCredentials(refuse: boolean) {
    this.#refuseCredentials = refuse;
    if (refuse) this.#target.expel();
  }

  /** Whether an outage lasts. */
  get out(): boolean {
    return this.#target.now() < this.#outageUntil;
  }

  /** Until when nothing is delivered, in milliseconds since the epoch. */
  get stalledUntil(): number {
    return this.#stalledUntil;
  }

  /** Ends the living connections; new ones succeed. */
  dropLink(): void {
    this.#target.cut();
  }

  /** Ends the living connections and lets none succeed for a while. The contact centre goes on meanwhile. */
  outage(seconds: number): void {
    this.#outageUntil = this.#target.now() + seconds * 1000;
    this.#target.cut();
  }

  /** The connection stays and nothing comes through for a while; then all of it comes at once. */
  stall(seconds: number): void {
    this.#stalledUntil = this.#target.now() + seconds * 1000;
  }
}
