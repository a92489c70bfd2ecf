import type pg from 'pg';
import { ask } from './ask.js';

/** What a connection is for: it can be ended, and be told whether it serves now. */
export interface Hold {
  /** Whether it is held now, as far as this process knows. */
  readonly isHeld: boolean;
  stop(): Promise<void>;
}

export interface DedicatedOptions {
  readonly newClient: () => pg.Client;
  /** Makes a new connection into what it is for. */
  readonly prepare: (client: pg.Client) => Promise<void>;
  readonly onError: (error: Error) => void;
  /** How long the server may take to answer, in milliseconds; also how often it is asked for a sign of life. Null: it is not asked. */
  readonly answerTimeout: number | null;
}

const RECONNECT = 500;
const GOODBYE = 1000;

/** A connection outside of the pool that is made again, and prepared again, when it breaks or falls silent. */
export class DedicatedConnection implements Hold {
  readonly #options: DedicatedOptions;
  #client: pg.Client | null = null;
  #retry: NodeJS.Timeout | null = null;
  #pulse: NodeJS.Timeout | null = null;
  #isPrepared = false;
  #stopped = false;

  constructor(options: DedicatedOptions) {
    this.#options = options;
  }

  get isHeld(): boolean {
    return this.#isPrepared;
  }

  async start(): Promise<void> {
    const client = this.#options.newClient();
    this.#client = client;
    client.on('error', (error) => this.#lost(client, error));
    client.on('end', () => this.#lost(client, null));
    try {
      await client.connect();
      await this.#options.prepare(client);
      this.#isPrepared = this.#client === client;
      this.#listenToPulse(client);
    } catch (error) {
      this.#lost(client, error instanceof Error ? error : null);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#retry) clearTimeout(this.#retry);
    if (this.#pulse) clearInterval(this.#pulse);
    const client = this.#client;
    // A server that is silent does not say goodbye either.
    const impatience = setTimeout(() => client?.connection.stream.destroy(), GOODBYE);
    await client?.end().catch(() => undefined);
    clearTimeout(impatience);
  }

  /** Nothing is asked over this connection for hours: that the way to the server is gone would be noticed by nobody. */
  #listenToPulse(client: pg.Client): void {
    const { answerTimeout } = this.#options;
    if (answerTimeout === null || this.#client !== client || this.#stopped) return;
    this.#pulse = setInterval(() => {
      ask(client, { text: 'select 1' }, answerTimeout).catch((error: Error) => this.#lost(client, error));
    }, answerTimeout);
  }

  #lost(client: pg.Client, error: Error | null): void {
    if (this.#stopped || this.#client !== client) return;
    this.#client = null;
    this.#isPrepared = false;
    if (this.#pulse) clearInterval(this.#pulse);
    if (error) this.#options.onError(error);
    client.connection.stream.destroy();
    this.#retry = setTimeout(() => void this.start(), RECONNECT);
  }
}
