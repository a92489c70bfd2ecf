import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import pg from 'pg';
import { DEFAULT_POLICY } from 'whatsapp-workspace/model';
import { parseWebhook } from '../src/cloud-api/index.js';
import type { Gateway } from '../src/gateway.js';
import { Ingest } from '../src/inbox/ingest.js';
import { Unclaimed } from '../src/inbox/unclaimed.js';
import { Ledger } from '../src/ledger/ledger.js';
import { Metrics } from '../src/metrics.js';
import { openDb, type Db } from '../src/store/db.js';
import { useDatabase } from './support/database.js';
import { startGateway } from './support/gateway.js';
import { silentLog } from './support/log.js';
import { ScriptedSender } from './support/sender.js';
import { post, textChange, webhook } from './support/webhooks.js';

const database = await useDatabase();

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function open(): Promise<Gateway> {
  const gateway = await startGateway({
    databaseUrl: database.url,
    deps: { senderFor: () => new ScriptedSender(), ingestLimits: { stalledAfter: 100 } },
  });
  closing.push(() => gateway.close());
  return gateway;
}

/** Something to wait for until somebody opens it. */
function gate(): { readonly promise: Promise<void>; resolve(): void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve: () => resolve() };
}

let people = 0;
const newPhone = () => `3460095${String(++people).padStart(4, '0')}`;
const says = (phone: string, text: string) => textChange({ phone }, text);

/** What a contact's transcript says, in its order. */
async function transcriptOf(phone: string): Promise<readonly string[]> {
  const rows = await database.query<{ text: string }>(
    `select m.body -> 'content' ->> 'text' as text from message m join interaction i on i.id = m.interaction
     join contact c on c.id = i.contact where c.phone = $1 order by m.place`,
    [phone],
  );
  return rows.map(({ text }) => text);
}

test('messages of one contact stay in order when others of their webhook wait for a lock', async () => {
  const gateway = await open();
  const [held, free] = [newPhone(), newPhone()];
  assert.equal((await post(gateway.url, webhook(says(held, 'Zero')))).status, 200);
  const holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  closing.push(() => holder.end());
  await holder.query('begin');
  await holder.query(
    'select from interaction i join contact c on c.id = i.contact where c.phone = $1 for update of i',
    [held],
  );
  const body = webhook(says(free, 'One'), says(held, 'Held'), says(free, 'Two'), says(free, 'Three'));
  assert.equal((await post(gateway.url, body)).status, 503);
  assert.deepEqual(await transcriptOf(free), ['One', 'Two', 'Three']);
  assert.deepEqual(await transcriptOf(held), ['Zero']);
});

/** An ingest whose first transaction hangs until it is told to go on. */
function hangingIngest(stalledAfter: number) {
  const db = openDb(database.url, () => undefined);
  closing.push(() => db.close());
  const begun = gate();
  const goOn = gate();
  const count = { transactions: 0 };
  const hanging: Db = {
    query: (sql, params) => db.query(sql, params),
    listen: (channel, notified) => db.listen(channel, notified),
    hold: (space, taken) => db.hold(space, taken),
    close: () => db.close(),
    tx: async (work, isolation) => {
      if (++count.transactions === 1) {
        begun.resolve();
        await goOn.promise;
      }
      return db.tx(work, isolation);
    },
  };
  const ingest = new Ingest({
    ledger: new Ledger({ db: hanging, clock: { now: () => Date.now() }, notify: false }),
    policy: DEFAULT_POLICY,
    metrics: new Metrics(),
    log: silentLog,
    unclaimed: new Unclaimed({ numbers: [], metrics: new Metrics(), log: silentLog }),
    limits: { stalledAfter, patience: 60_000 },
  });
  const add = (...changes: readonly object[]) => ingest.add(parseWebhook(webhook(...changes), Date.now()));
  return { add, begun: begun.promise, goOn: () => goOn.resolve(), count };
}

test('a transaction that hangs is not overtaken by later messages of its contacts, only by those of others', async () => {
  const { add, begun, goOn, count } = hangingIngest(1);
  const [held, other] = [newPhone(), newPhone()];
  const first = add(says(held, 'One'));
  await begun;
  const second = add(says(held, 'Two'));
  const third = add(says(held, 'Three'));
  await add(says(other, 'Hello'));
  goOn();
  await Promise.all([first, second, third]);
  assert.deepEqual(await transcriptOf(held), ['One', 'Two', 'Three']);
  assert.deepEqual(await transcriptOf(other), ['Hello']);
  assert.equal(count.transactions, 3);
});

test('what waits together goes in the order in which its contact wrote it, and in that of its coming within a second', async () => {
  const { add, begun, goOn } = hangingIngest(60_000);
  const [phone, other] = [newPhone(), newPhone()];
  const sent = (seconds: number, text: string) =>
    textChange({ phone }, text, { at: 1_795_176_000 + seconds });
  const first = add(says(other, 'Before'));
  await begun;
  // As when WhatsApp was told to come again with the first.
  const rest = [
    add(sent(2, 'Two'), says(other, 'Between'), sent(2, 'Two too')),
    add(sent(3, 'Three'), sent(1, 'One')),
  ];
  goOn();
  await Promise.all([first, ...rest]);
  assert.deepEqual(await transcriptOf(phone), ['One', 'Two', 'Two too', 'Three']);
  assert.deepEqual(await transcriptOf(other), ['Before', 'Between']);
});
