import { timer } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';

interface Candidate {
  visible: boolean;
  readonly tell: (held: boolean) => void;
}

/** A lock that is held by one, who yields to visible ones when hidden. */
export class FakeLock {
  readonly #candidates = new Set<Candidate>();
  readonly #scheduler: SchedulerLike;
  readonly #lag: () => number;
  #holder: Candidate | null = null;

  /** @param lag How long the news that it is held takes, in milliseconds. */
  constructor(scheduler: SchedulerLike, lag: () => number) {
    this.#scheduler = scheduler;
    this.#lag = lag;
  }

  /** Queues, visible candidates first; returns what leaves the queue, and gives the lock to the next. */
  queue(visible$: Observable<boolean>, tell: (held: boolean) => void): () => void {
    const candidate: Candidate = { visible: false, tell };
    this.#candidates.add(candidate);
    const watching = visible$.subscribe((visible) => {
      candidate.visible = visible;
      this.#elect();
    });
    return () => {
      watching.unsubscribe();
      this.#candidates.delete(candidate);
      if (this.#holder !== candidate) return;
      this.#holder = null;
      this.#elect();
    };
  }

  #elect(): void {
    const [first] = [...this.#candidates].sort((a, b) => Number(b.visible) - Number(a.visible));
    const holder = this.#holder;
    if (!first || holder === first || (holder && holder.visible >= first.visible)) return;
    holder?.tell(false);
    this.#holder = first;
    const lag = this.#lag();
    if (lag === 0) first.tell(true);
    else timer(lag, this.#scheduler).subscribe(() => this.#holder === first && first.tell(true));
  }
}
