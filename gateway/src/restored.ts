import { ConfigError, type Config } from './config.js';
import { Ledger } from './ledger/ledger.js';
import type { Work } from './ledger/work.js';
import type { Log } from './log.js';
import { withDatabase } from './operator-database.js';
import type { Tx } from './store/db.js';
import { renameLog } from './store/events.js';
import { lockInteractions } from './store/interactions.js';
import { readDeliveries } from './store/messages.js';
import { giveUpOpen, lockOutbox } from './store/outbox.js';

const ERROR = { code: null, detail: 'A backup was restored: nobody knows whether this was sent before.' };

/**
 * For an operator who has restored a backup, before the first gateway starts on it: what waited to be sent when the backup was made may have been sent
 * since, so that its outcome is unknown from now on, and desks take a fresh snapshot, since places in the log no longer mean the same. All or nothing.
 * @returns How many messages are of unknown outcome now.
 * @throws ConfigError when a gateway works on the database.
 */
export async function afterRestore(config: Config, log: Log): Promise<number> {
  return withDatabase(config, log, { purpose: 'restored', max: 1 }, async (db) => {
    const clock = { now: () => Date.now() };
    const { result } = await new Ledger({ db, clock, notify: false }).write(giveUp);
    return result;
  });
}

async function giveUp(work: Work): Promise<number> {
  await refuseWhileGatewaysWork(work.tx);
  await renameLog(work.tx);
  const open = await giveUpOpen(work.tx, ERROR);
  work.hold(await lockInteractions(work.tx, { ids: open.map(({ interaction }) => interaction) }));
  const clientIds = open.map(({ clientId }) => clientId);
  for (const message of await readDeliveries(work.tx, [], clientIds))
    work.deliver(message, { state: 'unknown', at: work.now, error: ERROR });
  return open.length;
}

async function refuseWhileGatewaysWork(tx: Tx): Promise<void> {
  if (await lockOutbox(tx))
    throw new ConfigError(['A gateway works on this database: stop all gateways, then try again.']);
}
