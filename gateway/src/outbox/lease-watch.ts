import type { OpenLease } from '../store/outbox.js';

interface Sighting {
  readonly attempts: number;
  readonly since: number;
  /** Since when its worker's lock is gone; null while it is held. */
  readonly goneSince: number | null;
}

export interface LeaseWatchOptions {
  /** How long a lease may last, in milliseconds of the stopwatch. */
  readonly longest: number;
  /** How long a worker's lock may be gone, in milliseconds of the stopwatch: a connection that broke is made again. */
  readonly grace: number;
  readonly stopwatch: () => number;
}

/**
 * Finds leases of which nobody knows whether their request left: those of workers that died, and those that have lasted too long. How long is measured
 * here, from when it was first seen: no clock that is put forward or back makes a lease run out.
 */
export class LeaseWatch {
  readonly #options: LeaseWatchOptions;
  #seen = new Map<number, Sighting>();

  constructor(options: LeaseWatchOptions) {
    this.#options = options;
  }

  /** A lease begins here. */
  note({ id, attempts }: Pick<OpenLease, 'id' | 'attempts'>): void {
    this.#seen.set(id, { attempts, since: this.#options.stopwatch(), goneSince: null });
  }

  /** The leases cannot be seen, so that nobody could end one either: all of them begin again. */
  interrupt(): void {
    this.#seen.clear();
  }

  /** Takes all leases that there are. Returns those that are lost. */
  look(leases: readonly OpenLease[]): readonly OpenLease[] {
    const { longest, grace, stopwatch } = this.#options;
    const now = stopwatch();
    const before = this.#seen;
    const lost: OpenLease[] = [];
    this.#seen = new Map();
    for (const lease of leases) {
      const { id, attempts, isHeld } = lease;
      const known = before.get(id);
      const same = known?.attempts === attempts ? known : null;
      const goneSince = isHeld ? null : (same?.goneSince ?? now);
      const since = same?.since ?? now;
      this.#seen.set(id, { attempts, since, goneSince });
      if (now - since > longest || (goneSince !== null && now - goneSince > grace)) lost.push(lease);
    }
    return lost;
  }
}
