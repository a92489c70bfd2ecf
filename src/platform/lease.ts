import {
  EMPTY,
  Observable,
  Subscription,
  asyncScheduler,
  catchError,
  defer,
  finalize,
  take,
  tap,
  timeout,
  timer,
} from 'rxjs';
import type { ObservableInput, SchedulerLike } from 'rxjs';

/** Who holds a lock. What is stored has no instants: clocks jump, and a tab that looks counts for how long nothing has moved. */
export interface Lease {
  /** The tab; null when it is free. */
  readonly holder: string | null;
  /** Whether the holder could be seen when it last said that it lives. */
  readonly visible: boolean;
  /** Grows with each sign of life, and with each change of the holder. */
  readonly beat: number;
  /** Whether a tab that can be seen wants it from a holder that cannot. */
  readonly wanted: boolean;
}

export const FREE: Lease = { holder: null, visible: false, beat: 0, wanted: false };

/** Leases that all tabs share. */
export interface LeaseStore {
  /** Reads, changes and writes in one transaction. Emits once it is committed. Null leaves the lease as it is. */
  change(name: string, to: (lease: Lease) => Lease | null): ObservableInput<unknown>;
}

interface Pace {
  /** How often a holder shows that it lives, and those who wait look, in milliseconds. */
  readonly beat: number;
  /** How long after its last sign of life a holder still trusts that it holds. Less than `expires`. */
  readonly trusts: number;
  /** How long a holder is believed that shows no sign of life. */
  readonly expires: number;
  /** A tab that looks after a longer pause has slept, and begins to count anew: so may have the holder. */
  readonly slept: number;
}

export const VISIBLE_PACE: Pace = { beat: 2_000, trusts: 8_000, expires: 10_000, slept: 6_000 };

/** Hidden tabs may be given a timer once a minute only. */
export const HIDDEN_PACE: Pace = { beat: 20_000, trusts: 70_000, expires: 80_000, slept: 70_000 };

/** How soon a hidden tab looks again at a lease that it found free, which one that can be seen may take before, in milliseconds. */
export const FREE_FOR = 1_000;

/** Tells the other tabs that looking is worth while. Nothing depends on it. */
export interface HintChannel {
  readonly messages$: Observable<unknown>;
  post(message: unknown): void;
  close(): void;
}

export interface LeaseOptions {
  readonly store: LeaseStore;
  readonly channel: () => HintChannel;
  /** Emits when the page is left, also into the back-forward cache. It is back when it can be seen. */
  readonly pagehide$: Observable<unknown>;
  readonly newId: () => string;
  /** Milliseconds since any moment; never jumps. */
  readonly now: () => number;
  readonly scheduler?: SchedulerLike;
}

/**
 * Queues for a lock by a lease, as `BrowserLocks.hold` does. A holder that could not show in time that it lives, because it was throttled or
 * frozen, gives up by itself. Where nothing can be stored there is nobody to agree with: each tab holds it.
 */
export function holdLease(
  name: string,
  visible$: Observable<boolean>,
  options: LeaseOptions,
): Observable<boolean> {
  return new Observable((subscriber) => {
    const channel = options.channel();
    const tenant = new Tenant(name, options, channel, (held) => subscriber.next(held));
    const standing = channel.messages$.subscribe(() => tenant.look());
    standing.add(visible$.subscribe((visible) => tenant.see(visible)));
    standing.add(options.pagehide$.subscribe(() => tenant.away().subscribe()));
    standing.add(() => tenant.leave());
    return standing;
  });
}

/** What follows from a look at the lease. */
type Finding =
  | { readonly kind: 'hold'; readonly lease: Lease }
  /** Something was written that others should see soon. */
  | { readonly kind: 'hint'; readonly lease: Lease }
  | { readonly kind: 'wait' }
  /** It is free, and a tab that can be seen may take it first. */
  | { readonly kind: 'wait-shortly' };

/** One tab that wants one lease. */
class Tenant {
  readonly #name: string;
  readonly #options: LeaseOptions;
  readonly #channel: HintChannel;
  readonly #tell: (held: boolean) => void;
  readonly #id: string;
  readonly #watch = new Watch();
  #visible = false;
  #held = false;
  /** Whether this tab wants no lease: the page is being left. */
  #away = false;
  #looking = false;
  #lookAgain = false;
  /** Whether the store has ever answered. */
  #answered = false;
  /** Until when a held lease is trusted. */
  #trustedUntil = 0;
  #nextLook = Subscription.EMPTY;
  #trustEnds = Subscription.EMPTY;

  constructor(name: string, options: LeaseOptions, channel: HintChannel, tell: (held: boolean) => void) {
    this.#name = name;
    this.#options = options;
    this.#channel = channel;
    this.#tell = tell;
    this.#id = options.newId();
  }

  see(visible: boolean): void {
    this.#visible = visible;
    if (visible) this.#away = false;
    this.look();
  }

  /** Looks at the lease: renews it, takes it, or waits. One look at a time. */
  look(): void {
    if (this.#away) return;
    if (this.#held && this.#options.now() > this.#trustedUntil) this.#lose();
    this.#lookAgain = this.#looking;
    if (this.#looking) return;
    this.#looking = true;
    const visible = this.#visible;
    const { beat, trusts } = paceOf(visible);
    const trustedUntil = this.#options.now() + trusts;
    let finding: Finding = { kind: 'wait' };
    this.#lookIn(beat);
    this.#change((lease) => {
      finding = this.#find(lease, visible);
      return 'lease' in finding ? finding.lease : null;
    }).subscribe({
      next: () => this.#conclude(finding, trustedUntil),
      error: () => this.#fail(),
    });
  }

  /** The page is left: another may have it at once. */
  away(): Observable<unknown> {
    this.#away = true;
    this.#nextLook.unsubscribe();
    this.#lose();
    const released$ = this.#change((lease) => (lease.holder === this.#id ? freed(lease) : null));
    return released$.pipe(
      tap(() => this.#channel.post('look')),
      catchError(() => EMPTY),
    );
  }

  leave(): void {
    this.away()
      .pipe(finalize(() => this.#channel.close()))
      .subscribe();
  }

  /** Within the transaction. */
  #find(lease: Lease, visible: boolean): Finding {
    if (this.#away) return { kind: 'wait' };
    const mine: Lease = { holder: this.#id, visible, beat: lease.beat + 1, wanted: false };
    if (lease.holder === this.#id) {
      if (visible || !lease.wanted) return { kind: 'hold', lease: mine };
      // Lost before that is written: nobody else can hold it sooner.
      this.#lose();
      return { kind: 'hint', lease: freed(lease) };
    }
    this.#lose();
    if (this.#watch.mayTake(lease, visible, this.#options.now())) return { kind: 'hold', lease: mine };
    if (lease.holder === null) return { kind: 'wait-shortly' };
    const wants = visible && !lease.visible && !lease.wanted;
    return wants ? { kind: 'hint', lease: { ...lease, wanted: true } } : { kind: 'wait' };
  }

  #conclude(finding: Finding, trustedUntil: number): void {
    this.#answered = true;
    if (!this.#away) {
      if (finding.kind === 'hint') this.#channel.post('look');
      if (finding.kind === 'wait-shortly') this.#lookIn(FREE_FOR);
      if (finding.kind === 'hold') this.#hold(trustedUntil);
    }
    this.#endLook();
  }

  #fail(): void {
    if (!this.#answered && !this.#away) this.#hold(Infinity);
    this.#endLook();
  }

  #endLook(): void {
    this.#looking = false;
    if (this.#lookAgain) this.look();
  }

  #hold(trustedUntil: number): void {
    const rest = trustedUntil - this.#options.now();
    if (rest <= 0) {
      this.#lose();
      return;
    }
    this.#trustedUntil = trustedUntil;
    this.#trustEnds.unsubscribe();
    if (Number.isFinite(rest)) this.#trustEnds = timer(rest, this.#scheduler).subscribe(() => this.#lose());
    if (this.#held) return;
    this.#held = true;
    this.#tell(true);
  }

  #lose(): void {
    this.#trustEnds.unsubscribe();
    if (!this.#held) return;
    this.#held = false;
    this.#tell(false);
  }

  #change(to: (lease: Lease) => Lease | null): Observable<unknown> {
    return defer(() => this.#options.store.change(this.#name, to)).pipe(
      take(1),
      timeout({ first: VISIBLE_PACE.trusts, scheduler: this.#scheduler }),
    );
  }

  #lookIn(delay: number): void {
    this.#nextLook.unsubscribe();
    this.#nextLook = timer(delay, this.#scheduler).subscribe(() => this.look());
  }

  get #scheduler(): SchedulerLike {
    return this.#options.scheduler ?? asyncScheduler;
  }
}

/** Watches another tab's lease, or a free one, over several looks. */
class Watch {
  #beat = -1;
  #since = 0;
  #last = 0;
  #times = 0;

  /** Whether nothing has moved for so long that the lease can be taken. */
  mayTake({ holder, visible: holderVisible, beat }: Lease, visible: boolean, now: number): boolean {
    if (beat !== this.#beat || now - this.#last > paceOf(visible).slept) {
      this.#beat = beat;
      this.#since = now;
      this.#times = 0;
    }
    this.#last = now;
    this.#times++;
    const unmoved = now - this.#since;
    if (holder === null) return visible || unmoved >= FREE_FOR;
    // After a sleep of the machine the holder needs a moment to show that it lives: one late look proves nothing.
    return this.#times > 2 && unmoved >= paceOf(holderVisible).expires;
  }
}

function paceOf(visible: boolean): Pace {
  return visible ? VISIBLE_PACE : HIDDEN_PACE;
}

function freed({ beat }: Lease): Lease {
  return { ...FREE, beat: beat + 1 };
}
