import type { Delivery } from 'whatsapp-workspace/model';
import type { WebhookItem } from '../cloud-api/index.js';
import type { Work } from '../ledger/work.js';
import { readDeliveries, saveWamid, type StoredDelivery } from '../store/messages.js';
import { settleOutbox } from '../store/outbox.js';

export type StatusItem = Extract<WebhookItem, { readonly kind: 'status' }>;

/**
 * Applies statuses to the messages that they are about. A message is known by WhatsApp's id or, before that has come, by the id that we sent
 * along. The messages' interactions must be held.
 * @returns Keys of the statuses whose message is not known yet.
 */
export async function applyStatuses(work: Work, statuses: readonly StatusItem[]): Promise<readonly string[]> {
  if (statuses.length === 0) return [];
  const known = await readDeliveries(work.tx, wamidsOf(statuses), clientIdsOf(statuses));
  const settled = new Map<string, 'sent' | 'failed'>();
  const waiting: string[] = [];
  for (const status of statuses) {
    const message = messageOf(status, known);
    if (!message || !work.interaction(message.interaction)) {
      waiting.push(status.key);
      continue;
    }
    if (message.wamid === null) await saveWamid(work.tx, message.id, status.wamid);
    work.deliver(message, deliveryOf(status));
    if (status.state !== 'failed' || !settled.has(message.id)) {
      settled.set(message.id, status.state === 'failed' ? 'failed' : 'sent');
    }
  }
  await settleOutbox(work.tx, settled);
  return waiting;
}

export function wamidsOf(statuses: readonly StatusItem[]): readonly string[] {
  return statuses.map(({ wamid }) => wamid);
}

/** Ids of our own that came back with statuses. */
export function clientIdsOf(statuses: readonly StatusItem[]): readonly string[] {
  return statuses.flatMap(({ callbackData }) => callbackData ?? []);
}

function messageOf(status: StatusItem, known: readonly StoredDelivery[]): StoredDelivery | null {
  const byWamid = known.find(({ wamid }) => wamid === status.wamid);
  // An id of ours that belongs to a message with another id of WhatsApp's is not believed.
  const byClientId = known.find(
    ({ clientId, wamid }) => clientId === status.callbackData && clientId !== null && wamid === null,
  );
  return byWamid ?? byClientId ?? null;
}

function deliveryOf({ state, at, error }: StatusItem): Delivery {
  return { state, at, error };
}
