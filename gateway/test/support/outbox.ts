import { randomUUID } from 'node:crypto';
import { Ledger } from '../../src/ledger/ledger.js';
import { Metrics } from '../../src/metrics.js';
import { OutboxWorker, type OutboxOptions } from '../../src/outbox/worker.js';
import { openDb, type Db } from '../../src/store/db.js';
import { atEnd } from './cleanup.js';
import { useDatabase, type TestDatabase } from './database.js';
import { Desk } from './desk.js';
import { startGateway } from './gateway.js';
import { holding } from './holding.js';
import { silentLog } from './log.js';
import { ScriptedSender } from './sender.js';
import { CHANNEL, post, textChange, webhook } from './webhooks.js';

/** A worker on its own, and who it sends by. */
export interface TestWorker {
  readonly worker: OutboxWorker;
  readonly sender: ScriptedSender;
}

/** A database with messages in its outbox, for workers without a gateway around them. */
export interface TestOutbox {
  readonly database: TestDatabase;
  readonly db: Db;
  /** What a test has begun; ended also when the test fails, all at once. */
  readonly closing: (() => Promise<void>)[];
  /**
   * Has a gateway take messages, each of a contact of its own, that it does not send, and leaves them to whoever comes next.
   * @returns Their interactions.
   */
  readonly leave: (texts: readonly string[], channelOf?: (text: string) => string) => Promise<string[]>;
  /** Another session holds something until it is told to let go. */
  readonly holding: (sql: string, params: readonly unknown[]) => Promise<() => Promise<void>>;
  /** A worker of its own, on a database that has its moods; `start` it. Stopped at the end. */
  readonly workerOn: (moody: Partial<Db>, more?: Partial<OutboxOptions>, on?: Db) => TestWorker;
  /** The state of a message in the outbox. */
  readonly stateOf: (text: string) => Promise<string | undefined>;
  readonly isSent: (text: string) => Promise<boolean>;
}

export async function useOutbox(): Promise<TestOutbox> {
  const database = await useDatabase();
  const db = openDb(database.url, () => undefined);
  atEnd(() => db.close());
  const closing: (() => Promise<void>)[] = [];
  atEnd(async () => void (await Promise.all(closing.map((close) => close()))));
  const stateOf = async (text: string) => {
    const rows = await database.query<{ state: string }>(
      `select state from outbox where payload ->> 'text' = $1`,
      [text],
    );
    return rows[0]?.state;
  };
  return {
    database,
    db,
    leave: leaver(database),
    closing,
    holding: async (sql, params) => {
      const letGo = await holding(database.url, sql, params);
      closing.unshift(letGo);
      return letGo;
    },
    workerOn: (moody, more = {}, on = db) => {
      const made = workerOn(moody, more, on);
      closing.push(() => made.worker.stop());
      return made;
    },
    stateOf,
    isSent: async (text) => (await stateOf(text)) === 'sent',
  };
}

function leaver(database: TestDatabase): TestOutbox['leave'] {
  let people = 0;
  return async (texts, channelOf = () => CHANNEL) => {
    const gateway = await startGateway({
      databaseUrl: database.url,
      policy: { agentCapacity: 1000 },
      deps: { senderFor: () => new ScriptedSender() },
    });
    const desk = await Desk.open(gateway.url, { agent: 'ana' });
    await desk.ready();
    const ids: string[] = [];
    for (const text of texts) {
      const phone = `346007000${String(++people).padStart(2, '0')}`;
      await post(gateway.url, webhook(textChange({ phone }, 'Hello', { channel: channelOf(text) })));
      const { id } = await desk.accept();
      ids.push(id);
      await database.query('update channel set paused_until = $1', [Date.now() + 600_000]);
      await desk.does('send-message', { interaction: id, content: { kind: 'text', text } }, randomUUID());
    }
    desk.close();
    await gateway.close();
    await database.query('update channel set paused_until = 0');
    return ids;
  };
}

function workerOn(moody: Partial<Db>, more: Partial<OutboxOptions>, on: Db): TestWorker {
  const whole: Db = {
    query: (sql, params) => on.query(sql, params),
    tx: (work, isolation) => on.tx(work, isolation),
    listen: (channel, notified) => on.listen(channel, notified),
    hold: (space, taken) => on.hold(space, taken),
    close: () => Promise.resolve(),
    ...moody,
  };
  const sender = new ScriptedSender();
  const ledger = new Ledger({ db: whole, clock: { now: () => Date.now() }, notify: false });
  const metrics = new Metrics();
  const options = { ledger, senderFor: () => sender, metrics, log: silentLog, sweepInterval: 20 };
  const worker = new OutboxWorker({ ...options, ...more });
  return { worker, sender };
}
