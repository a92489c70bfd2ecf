import type { Delivery, DeliveryError } from 'whatsapp-workspace/model';
import { holdBeside } from '../contacts/identify.js';
import { applyStatuses, stopBehind, type StatusItem } from '../delivery/statuses.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Work } from '../ledger/work.js';
import type { Tx } from '../store/db.js';
import { lockWamids, takeWaiting } from '../store/inbox.js';
import { lockInteractions } from '../store/interactions.js';
import { findInteractions, readDeliveries, saveWamid } from '../store/messages.js';
import type { StoredDelivery } from '../store/messages.js';
import { awaitSent, endLease, type Ending, type Lease } from '../store/outbox.js';

type Told = Pick<Lease, 'interaction' | 'clientId'>;
type Leased = Told & Pick<Lease, 'id' | 'attempts'>;

/** The Cloud API took a message: it has WhatsApp's id from now on, and statuses that came too early are applied. */
export async function recordAccepted(ledger: Ledger, lease: Leased, wamid: string): Promise<void> {
  await ledger.write(async (work) => {
    await lockWamids(work.tx, [wamid]);
    const message = await hold(work, lease);
    await endLease(work.tx, lease, 'sent', null);
    // A status may have named it by our id before.
    if (!isTold(message.delivery)) await awaitSent(work.tx, lease, work.now);
    await saveWamid(work.tx, message.id, wamid);
    work.deliver(message, { state: 'sending', at: work.now, error: null });
    await applyStatuses(work, await takeWaiting<StatusItem>(work.tx, [wamid], work.now));
  }, about(lease));
}

/** A message failed, or nobody knows what became of it. */
export function recordEnding(
  ledger: Ledger,
  lease: Leased,
  state: Exclude<Ending, 'sent'>,
  error: DeliveryError,
): Promise<void> {
  return tellEnding(ledger, lease, state, error, (tx) => endLease(tx, lease, state, error));
}

/**
 * Tells the end of a message to its author.
 * @param end Ends its row of the outbox; false when others have done that: then nothing is told.
 */
export async function tellEnding(
  ledger: Ledger,
  told: Told,
  state: Exclude<Ending, 'sent'>,
  error: DeliveryError,
  end: (tx: Tx) => Promise<boolean>,
): Promise<void> {
  await ledger.write(async (work) => {
    const message = await hold(work, told);
    if (!(await end(work.tx))) return;
    work.deliver(message, { state, at: work.now, error });
    if (state === 'failed') await stopBehind(work, [message.id]);
  }, about(told));
}

/** Whether WhatsApp has said what became of it. */
function isTold({ state }: Delivery): boolean {
  return state !== 'queued' && state !== 'sending' && state !== 'unknown';
}

const about = ({ interaction }: Told) => ({ about: interaction });

async function hold(work: Work, { clientId }: Told): Promise<StoredDelivery> {
  work.hold(await lockInteractions(work.tx, { ids: await findInteractions(work.tx, [], [clientId]) }));
  await holdBeside(work);
  const [message] = await readDeliveries(work.tx, [], [clientId]);
  if (!message) throw new Error('A message of the outbox is gone.');
  return message;
}
