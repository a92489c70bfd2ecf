import type { ReactiveControllerHost } from 'lit';

/** Commands that an agent gives in an element: the page is asked by an event that it may prevent, then the workspace. One at a time for each interaction. */
export class CommandRequests {
  readonly #host: ReactiveControllerHost & EventTarget;
  readonly #pending = new Set<string>();

  constructor(host: ReactiveControllerHost & EventTarget) {
    this.#host = host;
  }

  isPending(interaction: string): boolean {
    return this.#pending.has(interaction);
  }

  /** @returns What became of it; null where one is pending already, the page prevented it or there is no workspace. Commands never reject. */
  async run<Outcome>(
    interaction: string,
    event: Event,
    command: () => Promise<Outcome> | undefined,
  ): Promise<Outcome | null> {
    if (this.#pending.has(interaction) || !this.#host.dispatchEvent(event)) return null;
    const outcome = command();
    if (!outcome) return null;
    this.#pending.add(interaction);
    this.#host.requestUpdate();
    const result = await outcome;
    this.#pending.delete(interaction);
    this.#host.requestUpdate();
    return result;
  }
}
