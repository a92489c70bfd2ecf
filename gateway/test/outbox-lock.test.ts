import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import type { Db, Hold, Queryable } from '../src/store/db.js';
import { useOutbox, type TestWorker } from './support/outbox.js';
import { accepted, failing, type OpenRequest } from './support/sender.js';
import { until } from './support/until.js';
import { newWamid } from './support/webhooks.js';

const { database, db, closing, leave, workerOn, stateOf } = await useOutbox();

let keys = 0;

/** A worker's lock on a connection that breaks, and is made again, when the test says so. */
class BreakableLock implements Hold {
  isHeld = false;
  #client: pg.Client | null = null;
  #take = (): Promise<void> => Promise.resolve();

  get db(): Partial<Db> {
    return {
      hold: async (space, taken) => {
        this.#take = () => this.#hold(space, taken);
        await this.#take();
        return this;
      },
    };
  }

  async breakOff(): Promise<void> {
    this.isHeld = false;
    await this.#client?.end();
    this.#client = null;
  }

  makeAgain(): Promise<void> {
    return this.#take();
  }

  stop(): Promise<void> {
    return this.breakOff();
  }

  async #hold(space: number, taken: (q: Queryable, key: number) => Promise<void>): Promise<void> {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    this.#client = client;
    const key = ++keys;
    await client.query('select pg_advisory_lock($1, $2)', [space, key]);
    await taken(db, key);
    this.isHeld = true;
  }
}

/** Another worker, and how often it has looked at all leases. */
function watcher(): TestWorker & { readonly looks: () => number; readonly later: (ms: number) => void } {
  let looks = 0;
  let now = 0;
  const query: Db['query'] = (sql, params) => {
    if (sql.includes('"isHeld"')) looks++;
    return db.query(sql, params);
  };
  const made = workerOn({ query }, { stopwatch: () => now });
  return { ...made, looks: () => looks, later: (ms) => (now += ms) };
}

/** A worker with a message on its way, and another that watches. */
async function onItsWay(text: string) {
  await leave([text]);
  const lock = new BreakableLock();
  const { worker, sender } = workerOn(lock.db);
  closing.push(() => lock.breakOff());
  sender.held = true;
  await worker.start();
  const request: OpenRequest = await until('the request has left', () => sender.open[0]);
  const other = watcher();
  await other.worker.start();
  const looked = async () => {
    const before = other.looks();
    await until('the other has looked again', () => other.looks() > before + 1);
  };
  await looked();
  return { lock, worker, sender, request, other, looked };
}

const end = async ({ worker, sender, other }: Awaited<ReturnType<typeof onItsWay>>) => {
  sender.held = false;
  await Promise.all([worker.stop(), other.worker.stop()]);
};

test('a worker whose connection breaks for a moment is not taken for dead', async () => {
  const text = 'Broken for a moment';
  const all = await onItsWay(text);
  const { lock, sender, request, other, looked } = all;
  for (let breaks = 0; breaks < 3; breaks++) {
    await lock.breakOff();
    await looked();
    assert.equal(await stateOf(text), 'leased');
    await lock.makeAgain();
    other.later(4000);
    await looked();
  }
  sender.held = false;
  request.answer(accepted());
  await until('it is sent', async () => (await stateOf(text)) === 'sent');
  assert.equal(sender.requests.length + other.sender.requests.length, 1);
  await end(all);
});

test('a worker that stays away leaves its message in doubt', async () => {
  const text = 'Gone';
  const all = await onItsWay(text);
  await all.lock.breakOff();
  await all.looked();
  all.other.later(20_000);
  await until('it is in doubt', async () => (await stateOf(text)) === 'unknown');
  all.request.answer(failing('unknown'));
  await end(all);
});

for (const [said, answer, state] of [
  ['was not sent, which may go later', failing('retry', 131056, 'pair'), 'failed'],
  ['was refused', failing('refused', 131026), 'failed'],
  ['was taken', accepted(newWamid()), 'sent'],
] as const) {
  test(`that a message in doubt ${said}, is certain and holds; it is not sent a second time`, async () => {
    const text = `In doubt, but it ${said}`;
    const all = await onItsWay(text);
    const { lock, sender, request, other, looked } = all;
    await lock.breakOff();
    await looked();
    other.later(20_000);
    await until('it is in doubt', async () => (await stateOf(text)) === 'unknown');
    await lock.makeAgain();
    sender.held = false;
    request.answer(answer);
    await until(`it is ${state}`, async () => (await stateOf(text)) === state);
    const [row] = await database.query<{ state: string; code: number | null }>(
      `select m.delivery ->> 'state' as state, (m.delivery -> 'error' ->> 'code')::int as code
       from outbox o join message m on m.id = o.message where o.payload ->> 'text' = $1`,
      [text],
    );
    if (answer.outcome !== 'accepted')
      assert.deepEqual(row, { state: 'failed', code: answer.outcome === 'retry' ? 131056 : 131026 });
    assert.equal(sender.requests.length + other.sender.requests.length, 1);
    await end(all);
  });
}
