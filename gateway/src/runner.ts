/** Runs a job whenever somebody asks, one run at a time: asked while it runs, it runs once more afterwards. The job must not throw. */
export class Runner {
  readonly #job: () => Promise<void>;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = false;

  constructor(job: () => Promise<void>) {
    this.#job = job;
  }

  get isStopped(): boolean {
    return this.#stopped;
  }

  /** There may be something to do. */
  hint(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#running ??= this.#run();
  }

  /** Runs no more; resolves when the present run has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      await this.#job();
    }
    // In the same turn as the last look at the flag, or a hint in between would be lost.
    this.#running = null;
  }
}
