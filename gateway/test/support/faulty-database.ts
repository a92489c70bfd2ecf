import { afterEach } from 'node:test';
import type { Gateway, GatewayDeps } from '../../src/gateway.js';
import { useDatabase, type TestDatabase } from './database.js';
import { startGateway } from './gateway.js';
import { holding } from './holding.js';
import { ScriptedSender } from './sender.js';

/** A database that a test makes trouble with, and gateways on it. What a test has begun ends with it. */
export interface FaultyDatabase {
  readonly database: TestDatabase;
  /** What is to be done when the test ends, whatever comes of it; the last is done first. */
  readonly closing: (() => unknown)[];
  /** A gateway on the database, by whatever way leads there. */
  readonly open: (deps?: GatewayDeps, databaseUrl?: string) => Promise<Gateway>;
  /** Another session holds something until it is told to let go. */
  readonly hold: (sql: string, params?: readonly unknown[]) => Promise<() => Promise<void>>;
  /** The number of somebody who has not written yet. */
  readonly newPhone: () => string;
}

export async function useFaultyDatabase(): Promise<FaultyDatabase> {
  const database = await useDatabase();
  const closing: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });
  let people = 0;
  return {
    database,
    closing,
    open: async (deps = {}, databaseUrl = database.url) => {
      const gateway = await startGateway({
        databaseUrl,
        policy: { agentCapacity: 100 },
        deps: { senderFor: () => new ScriptedSender(), ...deps },
      });
      closing.push(() => gateway.close());
      return gateway;
    },
    hold: async (sql, params) => {
      const letGo = await holding(database.url, sql, params);
      closing.push(letGo);
      return letGo;
    },
    newPhone: () => `3460080${String(++people).padStart(4, '0')}`,
  };
}
