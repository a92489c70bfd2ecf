import pg from 'pg';

/** A row of a result; columns are checked where they are read. */
export type Row = Readonly<Record<string, unknown>>;

/** What runs statements: the pool, or one transaction. */
export interface Queryable {
  /** Rows of one statement. `R` is what the statement selects. */
  query<R extends object = Row>(sql: string, params?: readonly unknown[]): Promise<R[]>;
}

/** One transaction; inside it, never use the outer handle. */
export type Tx = Queryable;

export type Isolation = 'read committed' | 'repeatable read';

/** An advisory lock. */
export interface Hold {
  /** Whether it is held now, as far as this process knows. */
  readonly isHeld: boolean;
  stop(): Promise<void>;
}

/** The database. */
export interface Db extends Queryable {
  /** Commits what `work` did when it returns, undoes it when it throws. */
  tx<T>(work: (tx: Tx) => Promise<T>, isolation?: Isolation): Promise<T>;
  /** Calls back at each notification of a channel, over a connection of its own that reconnects by itself. */
  listen(channel: string, notified: () => void): Promise<{ stop(): Promise<void> }>;
  /**
   * Holds an advisory lock for as long as this process lives and reaches the database; others can see whether it is held.
   * @param key Two whole numbers from 0 to 2^31 - 1.
   */
  hold(key: readonly [number, number]): Promise<Hold>;
  close(): Promise<void>;
}

const INT8 = 20;
const FLOAT8 = 701;
// Counters and milliseconds: all of them far below 2^53.
pg.types.setTypeParser(INT8, Number);
pg.types.setTypeParser(FLOAT8, Number);

/** SQLSTATEs after which the same transaction may well succeed: deadlock, serialization, lock time-out. */
const CONTENTION = new Set(['40P01', '40001', '55P03']);
/**
 * Classes of SQLSTATE that blame the database and not what was to be stored: connections, states of transactions, contention, a schema that is not
 * ours, no room, locks and settings, an operator, the system, damage.
 */
const FAULTS_OF_THE_DATABASE = new Set(['08', '25', '40', '42', '53', '55', '57', '58', 'XX']);
const SOCKET_ERRORS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
const ATTEMPTS = 5;
const RECONNECT = 500;

/** Whether the database could not be reached, asked or written to; what was to be stored may be fine. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (SOCKET_ERRORS.has(code) || FAULTS_OF_THE_DATABASE.has(code.slice(0, 2))) return true;
  return /Connection terminated|timeout exceeded when trying to connect/.test(error.message);
}

/**
 * Opens a pool of connections.
 * @param url `postgresql://…`, or what pg takes for a socket folder.
 * @param onIdleError Told when an idle connection breaks; the pool replaces it.
 */
export function openDb(url: string, onIdleError: (error: Error) => void, max = 10): Db {
  return new PgDb(
    new pg.Pool({ ...connection(url), max }),
    () => new pg.Client(connection(url)),
    onIdleError,
  );
}

function connection(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'whatsapp-workspace',
    // Nobody holds a lock for long: who waits longer met a fault, and its work is tried again.
    options: '-c lock_timeout=5s -c idle_in_transaction_session_timeout=30s',
  };
}

const names = new Map<string, string>();

/** Statements with parameters are parsed and planned once for each connection. Their texts are few: no value is ever written into one. */
function prepared(sql: string, params: readonly unknown[]): pg.QueryConfig {
  if (params.length === 0) return { text: sql };
  const name = names.get(sql) ?? `s${names.size}`;
  names.set(sql, name);
  return { name, text: sql, values: [...params] };
}

class PgDb implements Db {
  readonly #pool: pg.Pool;
  readonly #newClient: () => pg.Client;
  readonly #onIdleError: (error: Error) => void;

  constructor(pool: pg.Pool, newClient: () => pg.Client, onIdleError: (error: Error) => void) {
    this.#pool = pool;
    this.#newClient = newClient;
    this.#onIdleError = onIdleError;
    pool.on('error', onIdleError);
  }

  async query<R extends object>(sql: string, params: readonly unknown[] = []): Promise<R[]> {
    return (await this.#pool.query<R & pg.QueryResultRow>(prepared(sql, params))).rows;
  }

  async tx<T>(work: (tx: Tx) => Promise<T>, isolation: Isolation = 'read committed'): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#once(work, isolation);
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? '';
        if (!CONTENTION.has(code) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  async listen(channel: string, notified: () => void): Promise<{ stop(): Promise<void> }> {
    return this.#dedicate(async (client) => {
      client.on('notification', notified);
      await client.query(`listen ${channel}`);
      // What was said while nobody listened.
      notified();
    });
  }

  async hold(key: readonly [number, number]): Promise<Hold> {
    return this.#dedicate(
      async (client) => void (await client.query('select pg_advisory_lock($1, $2)', [...key])),
    );
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #dedicate(prepare: (client: pg.Client) => Promise<void>): Promise<Hold> {
    const connection = new DedicatedConnection(this.#newClient, prepare, this.#onIdleError);
    await connection.start();
    return connection;
  }

  async #once<T>(work: (tx: Tx) => Promise<T>, isolation: Isolation): Promise<T> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    const onError = (error: Error) => (broken = error);
    client.on('error', onError);
    const tx: Tx = {
      query: async <R extends object>(sql: string, params: readonly unknown[] = []) =>
        (await client.query<R & pg.QueryResultRow>(prepared(sql, params))).rows,
    };
    try {
      await client.query(`begin isolation level ${isolation}`);
      const result = await work(tx);
      await client.query('commit');
      return result;
    } catch (error) {
      // A connection that cannot even roll back is thrown away; the server undoes its work.
      await client.query('rollback').catch((failure: Error) => (broken = failure));
      // A statement after the break fails with words that say nothing of it: whoever is told must not blame the work.
      throw broken ? new Error('Connection terminated inside a transaction', { cause: error }) : error;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }
}

/** A connection outside of the pool that is made again, and prepared again, when it breaks. */
class DedicatedConnection implements Hold {
  readonly #newClient: () => pg.Client;
  readonly #prepare: (client: pg.Client) => Promise<void>;
  readonly #onError: (error: Error) => void;
  #client: pg.Client | null = null;
  #retry: NodeJS.Timeout | null = null;
  #isPrepared = false;
  #stopped = false;

  constructor(
    newClient: () => pg.Client,
    prepare: (client: pg.Client) => Promise<void>,
    onError: (error: Error) => void,
  ) {
    this.#newClient = newClient;
    this.#prepare = prepare;
    this.#onError = onError;
  }

  get isHeld(): boolean {
    return this.#isPrepared;
  }

  async start(): Promise<void> {
    const client = this.#newClient();
    this.#client = client;
    client.on('error', (error) => this.#lost(client, error));
    client.on('end', () => this.#lost(client, null));
    try {
      await client.connect();
      await this.#prepare(client);
      this.#isPrepared = this.#client === client;
    } catch (error) {
      this.#lost(client, error instanceof Error ? error : null);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#retry) clearTimeout(this.#retry);
    await this.#client?.end().catch(() => undefined);
  }

  #lost(client: pg.Client, error: Error | null): void {
    if (this.#stopped || this.#client !== client) return;
    this.#client = null;
    this.#isPrepared = false;
    if (error) this.#onError(error);
    void client.end().catch(() => undefined);
    this.#retry = setTimeout(() => void this.start(), RECONNECT);
  }
}
