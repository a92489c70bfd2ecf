import type { Delivery } from 'whatsapp-workspace/model';
import type { WebhookItem } from '../cloud-api/index.js';
import type { Work } from '../ledger/work.js';
import { takeWaiting } from '../store/inbox.js';
import { readDeliveries, saveWamid, type StoredDelivery } from '../store/messages.js';
import { BEHIND_FAILED, failBehind, noteSent, settleOutbox } from '../store/outbox.js';

export type StatusItem = Extract<WebhookItem, { readonly kind: 'status' }>;

/**
 * Applies statuses to the messages that they are about. A message is known by WhatsApp's id or, before that has come, by the id that we sent
 * along. The messages' interactions and WhatsApp's ids must be held.
 * @returns Keys of the statuses whose message is not known yet.
 */
export async function applyStatuses(work: Work, statuses: readonly StatusItem[]): Promise<readonly string[]> {
  if (statuses.length === 0) return [];
  const known = await readDeliveries(work.tx, wamidsOf(statuses), clientIdsOf(statuses));
  const outcomes = new Map<string, 'sent' | 'failed'>();
  const learned = new Map<string, string>();
  const waiting: string[] = [];
  for (const status of statuses) {
    const message = messageOf(status, known, learned);
    if (!message || !work.interaction(message.interaction)) {
      waiting.push(status.key);
      continue;
    }
    if (message.wamid === null) learned.set(status.wamid, message.id);
    work.recordStatus(message, status.channel, deliveryOf(status));
    const failed = status.state === 'failed';
    if (!failed || !outcomes.has(message.id)) outcomes.set(message.id, failed ? 'failed' : 'sent');
  }
  for (const [wamid, message] of learned) await saveWamid(work.tx, message, wamid);
  await settleOutbox(work.tx, outcomes);
  if (await noteSent(work.tx, [...outcomes.keys()])) work.freeLanes();
  await stopBehind(
    work,
    [...outcomes].flatMap(([message, outcome]) => (outcome === 'failed' ? message : [])),
  );
  // Others that came earlier and named only WhatsApp's id.
  const late = await takeWaiting<StatusItem>(work.tx, [...learned.keys()], work.now);
  return [...waiting, ...(await applyStatuses(work, late))];
}

/** Parts of what was sent together have failed: what is behind them in the same conversation has not gone, and says so. */
export async function stopBehind(work: Work, failed: readonly string[]): Promise<void> {
  if (failed.length === 0) return;
  const stopped = await failBehind(work.tx, failed);
  if (stopped.length === 0) return;
  for (const message of await readDeliveries(work.tx, [], stopped))
    work.deliver(message, { state: 'failed', at: work.now, error: BEHIND_FAILED });
}

function deliveryOf({ state, at, error, pricing }: StatusItem): Delivery {
  return { state, at, error, ...(pricing && { pricing }) };
}

export function wamidsOf(statuses: readonly StatusItem[]): readonly string[] {
  return statuses.map(({ wamid }) => wamid);
}

/** Ids of our own that came back with statuses. */
export function clientIdsOf(statuses: readonly StatusItem[]): readonly string[] {
  return statuses.flatMap(({ callbackData }) => callbackData ?? []);
}

function messageOf(
  { wamid, callbackData }: StatusItem,
  known: readonly StoredDelivery[],
  learned: ReadonlyMap<string, string>,
): StoredDelivery | null {
  const byWamid = known.find((message) => message.wamid === wamid || learned.get(wamid) === message.id);
  // An id of ours that belongs to a message with another id of WhatsApp's is not believed.
  const isTaken = (id: string) => [...learned.values()].includes(id);
  const byClientId = known.find(
    (message) =>
      message.clientId !== null &&
      message.clientId === callbackData &&
      message.wamid === null &&
      !isTaken(message.id),
  );
  return byWamid ?? byClientId ?? null;
}
