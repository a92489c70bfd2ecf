/**
 * How far an outbound message has come. `sending` means handed to the Cloud API, `sent` and what follows are WhatsApp's statuses,
 * `unknown` means that the request left and no answer came: it is resolved by a later status and never sent again blindly.
 */
export type DeliveryState =
  'queued' | 'sending' | 'unknown' | 'sent' | 'failed' | 'delivered' | 'read' | 'played';

/** An error that WhatsApp or the gateway gave for one message. */
export interface DeliveryError {
  /** The Cloud API's error code (131047, …); null when the gateway itself refused. */
  readonly code: number | null;
  /** WhatsApp's own words, shown behind *Details*. */
  readonly detail: string;
}

export interface Delivery {
  readonly state: DeliveryState;
  /** When it became so, in milliseconds since the epoch. */
  readonly at: number;
  readonly error: DeliveryError | null;
}

// One total order makes the merge commutative, associative and idempotent, whatever order statuses come in. `failed` outranks `sent` (most
// refusals come after the Cloud API accepted the message) and yields to `delivered` (one of several devices may have failed first).
const RANK: Readonly<Record<DeliveryState, number>> = {
  queued: 0,
  sending: 1,
  unknown: 2,
  sent: 3,
  failed: 4,
  delivered: 5,
  read: 6,
  played: 7,
};

/** Joins two reports about one message. States never go backwards. Returns `known` itself when `news` adds nothing. */
export function mergeDelivery(known: Delivery, news: Delivery): Delivery {
  if (RANK[news.state] !== RANK[known.state]) return RANK[news.state] > RANK[known.state] ? news : known;
  return news.at < known.at ? news : known;
}

/** Whether WhatsApp took the message to the contact for certain. */
export function isDelivered(state: DeliveryState): boolean {
  return RANK[state] >= RANK.delivered;
}
