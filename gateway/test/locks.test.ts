import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { DEFAULT_POLICY } from 'whatsapp-workspace/model';
import { handleCommand } from '../src/commands/handle.js';
import { KnownTemplates } from '../src/templates/known-templates.js';
import { Ledger } from '../src/ledger/ledger.js';
import { PACE } from '../src/outbox/worker.js';
import { lockAgent } from '../src/store/agents.js';
import { isUnavailable, openDb } from '../src/store/db.js';
import { findOffers, lockInteractions } from '../src/store/interactions.js';
import { leaseMessages } from '../src/store/outbox.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { until } from './support/until.js';
import { CHANNEL, post, textChange, webhook } from './support/webhooks.js';

const database = await useDatabase();
const gateway = await startGateway({ databaseUrl: database.url });
const db = openDb(database.url, () => undefined);
atEnd(() => db.close());
atEnd(() => gateway.close());

test('a connection that breaks in a transaction is out of reach, and no fault of what was to be stored', async () => {
  const work = db.tx(async (tx) => {
    const [row] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
    await database.query('select pg_terminate_backend($1)', [row?.pid]);
    const alive = () => database.query('select from pg_stat_activity where pid = $1', [row?.pid]);
    await until('the connection is gone', async () => (await alive()).length === 0);
    // Time to hear of it before the next statement.
    await alive();
    await tx.query('select 1');
  });
  const error = await work.catch((reason: unknown) => reason);
  assert.ok(isUnavailable(error), String(error));
});

test('sending does not wait for those who store new messages of the same number', async () => {
  await database.query('insert into channel (id, registered_at) values ($1, 0) on conflict do nothing', [
    CHANNEL,
  ]);
  await db.tx(async (tx) => {
    // As the check of a reference to the number does, until its transaction ends.
    await tx.query('select from channel where id = $1 for key share', [CHANNEL]);
    const now = Date.now();
    const options = { limit: 1, now, owed: 0, pace: PACE, worker: 1 };
    assert.deepEqual(await leaseMessages(db, CHANNEL, options), []);
  });
});

test('an agent who accepts in one tab and becomes not ready in another makes no deadlock', async () => {
  const desk = await Desk.open(gateway.url, { agent: 'ana' });
  await desk.ready();
  await post(gateway.url, webhook(textChange({ phone: '34600500000' }, 'Hello')));
  const { id } = await desk.offered();
  const ledger = new Ledger({ db, clock: { now: () => Date.now() }, notify: false });
  const command = { id: randomUUID(), name: 'accept-interaction', args: { interaction: id } } as const;
  let accepting: ReturnType<typeof handleCommand> | null = null;
  let tries = 0;
  await db.tx(async (tx) => {
    assert.equal(++tries, 1, 'both get what they want at the first try');
    // Becoming not ready, step by step; it is not to wait so long that PostgreSQL has to find the deadlock.
    await tx.query(`set local lock_timeout = '500ms'`);
    await lockAgent(tx, 'ana');
    accepting = handleCommand(
      ledger,
      { policy: DEFAULT_POLICY, templates: new KnownTemplates([]) },
      'ana',
      command,
    );
    const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await until('the other one waits', async () => (await database.query(waiting)).length > 0);
    const ids = await findOffers(tx, 'ana');
    assert.equal((await lockInteractions(tx, { ids })).length, 1);
  });
  assert.equal((await (accepting as unknown as ReturnType<typeof handleCommand>)).ok, true);
  desk.close();
});

test('whoever falls asleep in a transaction loses what he holds', async () => {
  const hasty = openDb(database.url, () => undefined, { answerTimeout: 300 });
  atEnd(() => hasty.close());
  let wake: () => void = () => undefined;
  const asleep = hasty.tx(async (tx) => {
    await tx.query('select from stream for update');
    await new Promise<void>((resolve) => (wake = resolve));
    await tx.query('select 1');
  });
  const failed = asleep.catch((error: unknown) => error);
  const isFree = () =>
    database.query('select from stream for update nowait').then(
      () => true,
      () => false,
    );
  await until('it is held', async () => !(await isFree()));
  await until('it is free again', isFree);
  wake();
  assert.ok(isUnavailable(await failed));
});
