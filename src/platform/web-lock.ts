/** Lets go of a lock, or leaves its queue. */
type Release = () => void;

/**
 * One tab's candidacy for a Web Lock, for which tabs that can be seen go before those that cannot.
 *
 * The lock itself is never stolen, so no two tabs hold it. Beside it are two more: hidden tabs need the `turn` to wait for the lock or to keep it, and
 * a visible tab steals the turn: whoever loses it lets go of the lock and queues again, behind. Visible tabs share `wanted` while they wait, so that a
 * holder that is being hidden can tell whether one of them waits.
 */
export class WebLockCandidate {
  readonly #manager: LockManager;
  readonly #name: string;
  readonly #tell: (held: boolean) => void;
  readonly #refused: () => void;
  #visible: boolean | null = null;
  #held = false;
  #lock: Release | null = null;
  #turn: Release | null = null;
  #wanted: Release | null = null;

  /**
   * @param tell Hears true when the lock is held, and false before it is let go: what is done under the lock must end within the call.
   * @param refused The browser has the locks and does not give any.
   */
  constructor(manager: LockManager, name: string, tell: (held: boolean) => void, refused: () => void) {
    this.#manager = manager;
    this.#name = name;
    this.#tell = tell;
    this.#refused = refused;
  }

  /** Stands for the lock, as a tab that can be seen or not. */
  stand(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    if (!this.#held) this.#queueAgain();
    else if (visible) this.#dropTurn();
    else this.#keepWhileHidden();
  }

  leave(): void {
    this.#visible = null;
    this.#letGo();
  }

  #queueAgain(): void {
    this.#letGo();
    if (this.#visible === null) return;
    if (this.#visible) this.#queueVisible();
    else this.#turn = this.#request('turn', {}, () => this.#requestLock());
  }

  #queueVisible(): void {
    this.#wanted = this.#request('wanted', { mode: 'shared' }, () => {
      // The turn is free again when the lock has been asked for: hidden tabs queue behind.
      this.#turn = this.#request('turn', { steal: true }, () => {
        this.#requestLock();
        this.#dropTurn();
      });
    });
  }

  #requestLock(): void {
    this.#lock = this.#request('', {}, () => {
      this.#held = true;
      this.#wanted?.();
      this.#wanted = null;
      this.#tell(true);
    });
  }

  #keepWhileHidden(): void {
    this.#turn = this.#request('turn', { steal: true }, () => {
      const ask = this.#manager.request(this.#nameOf('wanted'), { ifAvailable: true }, (lock) => {
        if (!lock && this.#visible === false) this.#queueAgain();
      });
      ask.catch(() => undefined);
    });
  }

  #dropTurn(): void {
    this.#turn?.();
    this.#turn = null;
  }

  #letGo(): void {
    if (this.#held) {
      this.#held = false;
      this.#tell(false);
    }
    this.#dropTurn();
    this.#wanted?.();
    this.#lock?.();
    this.#wanted = null;
    this.#lock = null;
  }

  /** Queues for one of the locks. When it is stolen, everything begins anew. */
  #request(which: '' | 'turn' | 'wanted', options: LockOptions, granted: () => void): Release {
    const abort = new AbortController();
    let over = false;
    let release: Release = () => abort.abort();
    // A request that steals does not queue, and takes no signal.
    const whole: LockOptions = options.steal ? options : { ...options, signal: abort.signal };
    const request = this.#manager.request(this.#nameOf(which), whole, () => {
      if (over) return undefined;
      return new Promise<void>((resolve) => {
        release = resolve;
        granted();
      });
    });
    request.catch((error: unknown) => {
      if (over) return;
      // By its name: the manager may be another frame's, and so its errors.
      if ((error as { readonly name?: unknown } | null)?.name === 'AbortError') this.#queueAgain();
      else this.#refuse();
    });
    return () => {
      over = true;
      release();
    };
  }

  #refuse(): void {
    this.leave();
    this.#refused();
  }

  #nameOf(which: '' | 'turn' | 'wanted'): string {
    return which === '' ? this.#name : `${this.#name} ${which}`;
  }
}
