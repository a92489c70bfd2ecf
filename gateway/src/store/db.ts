import { randomInt } from 'node:crypto';
import pg from 'pg';
import { ask } from './ask.js';
import { DedicatedConnection, type Hold } from './dedicated-connection.js';

export type { Hold };

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

/** The database. */
export interface Db extends Queryable {
  /** Commits what `work` did when it returns, undoes it when it throws. */
  tx<T>(work: (tx: Tx) => Promise<T>, isolation?: Isolation): Promise<T>;
  /** Calls back at each notification of a channel, over a connection of its own that reconnects by itself. */
  listen(channel: string, notified: () => void): Promise<{ stop(): Promise<void> }>;
  /**
   * Holds an advisory lock for as long as this process lives and reaches the database; others can see whether it is held. Its second key is another one
   * on each connection: who lost a connection does not wait for what the server may still hold for it.
   * @param space The first key, a whole number from 0 to 2^31 - 1.
   * @param taken Told of each new second key before the lock counts as held.
   */
  hold(space: number, taken: (q: Queryable, key: number) => Promise<void>): Promise<Hold>;
  close(): Promise<void>;
}

const INT8 = 20;
const FLOAT8 = 701;
// Counters and milliseconds: all of them far below 2^53.
pg.types.setTypeParser(INT8, Number);
pg.types.setTypeParser(FLOAT8, Number);

/** SQLSTATEs after which the same transaction may well succeed at once: deadlock, serialization. */
const CONTENTION = new Set(['40P01', '40001']);
/** SQLSTATEs of who waited too long: for a lock, or for the statement. Somebody else may hold the lock for as long again. */
const LOCK_TIME_OUT = '55P03';
const TIME_OUTS = new Set([LOCK_TIME_OUT, '57014']);
/**
 * Classes of SQLSTATE that blame the database and not what was to be stored: connections, states of transactions, contention, a schema that is not
 * ours, no room, locks and settings, an operator, the system, damage.
 */
const FAULTS_OF_THE_DATABASE = new Set(['08', '25', '40', '42', '53', '55', '57', '58', 'XX']);
const DEFECTS = new Set(['42', 'XX']);
const ATTEMPTS = 5;

/** No connection could be had, or the one that was had broke: whatever the reason, it says nothing of what was to be done. */
export class ConnectionFailed extends Error {
  override readonly name = 'ConnectionFailed';
  /** Of the connection's own failure: of the network (EHOSTUNREACH, …) or of the server (28P01, …). */
  readonly code: string | undefined;

  constructor(reason: Error, cause: unknown = reason) {
    super(`Connection failed: ${reason.message}`, { cause });
    this.code = (reason as NodeJS.ErrnoException).code;
  }
}

/** Whether the database could not be reached, asked or written to; what was to be stored may be fine. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof ConnectionFailed || FAULTS_OF_THE_DATABASE.has(stateOf(error).slice(0, 2));
}

/**
 * Whether a statement itself made the database fail (it does not fit the schema, an internal error). Both may lie with what one item brings, and then
 * trying again leads here again.
 */
export function isDefect(error: unknown): boolean {
  return DEFECTS.has(stateOf(error).slice(0, 2));
}

/** How long the rest of a transaction waits for each lock, in milliseconds. */
export async function waitForLocks(tx: Tx, patience: number): Promise<void> {
  await tx.query(`select set_config('lock_timeout', $1, true)`, [String(patience)]);
}

/** Whether a transaction waited too long for what others hold. */
export function isLockTimeOut(error: unknown): boolean {
  return stateOf(error) === LOCK_TIME_OUT;
}

/** Whether a transaction waited too long for what others hold, or took too long itself. */
export function isTimeOut(error: unknown): boolean {
  return TIME_OUTS.has(stateOf(error));
}

/**
 * Whether a transaction waited too long for something that concerns only some: a contact, an interaction. The log is everybody's. PostgreSQL names the
 * table where it waited for a row; an advisory lock, which stands for an address, has no table.
 */
export function isHeldRow(error: unknown): boolean {
  if (!isTimeOut(error)) return false;
  const { where = '' } = error as { readonly where?: string };
  return isLockTimeOut(error) ? !where.includes('"stream"') : /"(interaction|contact|agent)"/.test(where);
}

/** The SQLSTATE of a statement that failed; empty for other errors. What the server says of a connection is about no statement. */
function stateOf(error: unknown): string {
  const { code } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  return error instanceof ConnectionFailed ? '' : (code ?? '');
}

export interface DbOptions {
  /** The most connections; 10 by default. */
  readonly max?: number;
  /** What the connections are for, as operators see it in `pg_stat_activity`. */
  readonly purpose?: string;
  /**
   * How long one statement may take, in milliseconds: then its connection is given up, and others go on. Null: as long as it likes. 10,000 by
   * default.
   */
  readonly answerTimeout?: number | null;
  /** How long a statement waits for a lock, in milliseconds; 5,000 by default. Nobody holds one for long: who waits longer met a fault. */
  readonly lockTimeout?: number;
}

const ANSWER_TIMEOUT = 10_000;
const LOCK_TIMEOUT = 5000;
/** Of the time that a statement has: the server notices first, when it can, and the connection lives on. */
const SERVER_SHARE = 0.8;

/**
 * Opens a pool of connections.
 * @param url `postgresql://…`, or what pg takes for a socket folder.
 * @param onIdleError Told when an idle connection breaks; the pool replaces it.
 */
export function openDb(url: string, onIdleError: (error: Error) => void, options: DbOptions = {}): Db {
  const config = connection(url, options);
  const { max = 10, answerTimeout = ANSWER_TIMEOUT } = options;
  const newClient = () => new pg.Client(config);
  return new PgDb({ pool: new pg.Pool({ ...config, max }), newClient, onIdleError, answerTimeout });
}

function connection(url: string, options: DbOptions): pg.ClientConfig {
  const { purpose, answerTimeout = ANSWER_TIMEOUT, lockTimeout = LOCK_TIMEOUT } = options;
  const settings = {
    lock_timeout: lockTimeout,
    statement_timeout: answerTimeout === null ? 0 : Math.round(answerTimeout * SERVER_SHARE),
    idle_in_transaction_session_timeout: answerTimeout ?? ANSWER_TIMEOUT,
    // So that the server, too, lets go of what a gateway held that has vanished without a word. In seconds.
    tcp_keepalives_idle: 10,
    tcp_keepalives_interval: 5,
    tcp_keepalives_count: 3,
  };
  return {
    connectionString: url,
    connectionTimeoutMillis: answerTimeout ?? ANSWER_TIMEOUT,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: purpose === undefined ? 'whatsapp-workspace' : `whatsapp-workspace ${purpose}`,
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
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

interface PgDbOptions {
  readonly pool: pg.Pool;
  readonly newClient: () => pg.Client;
  readonly onIdleError: (error: Error) => void;
  readonly answerTimeout: number | null;
}

class PgDb implements Db {
  readonly #options: PgDbOptions;
  /** Connections that are not to be used again, and what broke them. */
  readonly #broken = new WeakMap<pg.PoolClient, Error>();

  constructor(options: PgDbOptions) {
    this.#options = options;
    options.pool.on('error', options.onIdleError);
    // From the first moment on: the server may end a connection in the same breath in which it lets it in, before whoever asked for it has it.
    options.pool.on('connect', (client) =>
      client.on('error', (error: Error) => this.#broken.set(client, error)),
    );
  }

  async query<R extends object>(sql: string, params: readonly unknown[] = []): Promise<R[]> {
    return this.#borrow((client) => this.#ask<R>(client, prepared(sql, params)));
  }

  async tx<T>(work: (tx: Tx) => Promise<T>, isolation: Isolation = 'read committed'): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#borrow((client) => this.#once(client, work, isolation));
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? '';
        if (!CONTENTION.has(code) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  async listen(channel: string, notified: () => void): Promise<{ stop(): Promise<void> }> {
    return this.#dedicate(async (client) => {
      client.on('notification', notified);
      await this.#ask(client, { text: `listen ${channel}` });
      // What was said while nobody listened.
      notified();
    });
  }

  async hold(space: number, taken: (q: Queryable, key: number) => Promise<void>): Promise<Hold> {
    let former: Backend | null = null;
    return this.#dedicate(async (client) => {
      // A connection that fell silent may live on at the server, and with it its lock; one that is frozen ends when it thaws.
      if (former) await this.#ask(client, { text: TERMINATE, values: [former.pid, former.since] });
      former = (await this.#ask<Backend>(client, { text: WHO_AM_I }))[0] ?? null;
      const key = randomInt(2 ** 31 - 1);
      await this.#ask(client, { text: 'select pg_advisory_lock($1, $2)', values: [space, key] });
      await taken({ query: (sql, params = []) => this.#ask(client, prepared(sql, params)) }, key);
    });
  }

  async close(): Promise<void> {
    await this.#options.pool.end();
  }

  #ask<R extends object>(client: pg.Client, query: pg.QueryConfig): Promise<R[]> {
    return ask<R & pg.QueryResultRow>(client, query, this.#options.answerTimeout);
  }

  async #dedicate(prepare: (client: pg.Client) => Promise<void>): Promise<Hold> {
    const { newClient, onIdleError, answerTimeout } = this.#options;
    const connection = new DedicatedConnection({ newClient, prepare, onError: onIdleError, answerTimeout });
    await connection.start();
    return connection;
  }

  /** Lends a connection of the pool; one that broke is not given back. */
  async #borrow<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    try {
      return await work(client);
    } catch (error) {
      // A statement after the break fails with words that say nothing of it: whoever is told must not blame the work.
      const broken = this.#broken.get(client);
      throw broken ? new ConnectionFailed(broken, error) : error;
    } finally {
      client.release(this.#broken.get(client));
    }
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      return await this.#options.pool.connect();
    } catch (error) {
      throw new ConnectionFailed(error instanceof Error ? error : new Error(String(error)));
    }
  }

  async #once<T>(client: pg.PoolClient, work: (tx: Tx) => Promise<T>, isolation: Isolation): Promise<T> {
    const tx: Tx = { query: (sql, params = []) => this.#ask(client, prepared(sql, params)) };
    try {
      await this.#ask(client, { text: `begin isolation level ${isolation}` });
      const result = await work(tx);
      await this.#ask(client, { text: 'commit' });
      return result;
    } catch (error) {
      // A connection that cannot even roll back is thrown away; the server undoes its work.
      if (!this.#broken.has(client))
        await this.#ask(client, { text: 'rollback' }).catch((failure: Error) =>
          this.#broken.set(client, failure),
        );
      throw error;
    }
  }
}

interface Backend {
  readonly pid: number;
  readonly since: string;
}

const WHO_AM_I =
  'select pid, backend_start::text as since from pg_stat_activity where pid = pg_backend_pid()';
const TERMINATE =
  'select pg_terminate_backend(pid) from pg_stat_activity where pid = $1 and backend_start::text = $2';
