import { openDb, type Db, type DbOptions } from './db.js';

/** Connections by what they are for, so that none of them waits for the work of another. */
export interface Pools {
  /** Stores webhooks. */
  readonly webhooks: Db;
  /** Commands, queries and events of desks. */
  readonly desks: Db;
  /** What goes to WhatsApp, and what became of it. */
  readonly outbox: Db;
  /** What is short and never waits for contacts: the log's tail, presence, the clock, the router. */
  readonly background: Db;
  close(): Promise<void>;
}

/** How long a statement may take, in milliseconds: all of them are short. */
const ANSWER_TIMEOUT = 5000;
/**
 * Webhooks of many contacts share a transaction, and nobody else's is to wait long because somebody holds a lock on one of them, in
 * milliseconds.
 */
const SHARED_LOCK_TIMEOUT = 1000;

/**
 * Opens the pools: at most 28 connections for each gateway, and two of its own for hints and its worker's lock.
 * @param onIdleError Told when an idle connection breaks; the pool replaces it.
 */
export function openPools(
  url: string,
  onIdleError: (error: Error) => void,
  answerTimeout: number = ANSWER_TIMEOUT,
): Pools {
  const open = (options: DbOptions) => openDb(url, onIdleError, { answerTimeout, ...options });
  const webhooks = open({ purpose: 'webhooks', max: 8, lockTimeout: SHARED_LOCK_TIMEOUT });
  const desks = open({ purpose: 'desks', max: 10 });
  const outbox = open({ purpose: 'outbox', max: 6 });
  const background = open({ purpose: 'background', max: 4, lockTimeout: SHARED_LOCK_TIMEOUT });
  return {
    webhooks,
    desks,
    outbox,
    background,
    close: async () =>
      void (await Promise.all([webhooks, desks, outbox, background].map((db) => db.close()))),
  };
}
