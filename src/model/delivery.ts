import type { Open } from './open.js';

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
  readonly state: Open<DeliveryState>;
  /** When it became so, in milliseconds since the epoch. */
  readonly at: number;
  readonly error: DeliveryError | null;
  /** What the message costs, once WhatsApp has said it. */
  readonly pricing?: Pricing | undefined;
}

/** How WhatsApp charges a message. The words are Meta's and open; prices are not told. */
export interface Pricing {
  readonly billable: boolean;
  /** `PMP` (per message) or, before July 2025, `CBP`. */
  readonly model: string | null;
  /** `regular`, `free_customer_service`, `free_entry_point`, … */
  readonly type: string | null;
  /** `service`, `utility`, `marketing`, … */
  readonly category: string | null;
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

// What a later version says is news to whatever has not reached WhatsApp; what WhatsApp says is never hidden by it.
const UNKNOWN_RANK = 2.5;

function rankOf(state: Open<DeliveryState>): number {
  return Object.hasOwn(RANK, state) ? RANK[state as DeliveryState] : UNKNOWN_RANK;
}

/** Joins two reports about one message. States never go backwards. Returns `known` itself when `news` adds nothing. */
export function mergeDelivery(known: Delivery, news: Delivery): Delivery {
  const winner = isAhead(news, known) ? news : known;
  const pricing = dearer(known.pricing, news.pricing);
  return pricing === winner.pricing ? winner : { ...winner, pricing };
}

function isAhead(news: Delivery, known: Delivery): boolean {
  const ahead = rankOf(news.state) - rankOf(known.state) || known.at - news.at;
  // States that are not known share a rank: any order will do, as long as it is one.
  return ahead > 0 || (ahead === 0 && news.state > known.state);
}

/** All statuses of a message tell the same; if they ever do not, the choice must not depend on their order. */
function dearer(a: Pricing | undefined, b: Pricing | undefined): Pricing | undefined {
  if (!a || !b) return a ?? b;
  return order(b) > order(a) ? b : a;
}

function order({ billable, model, type, category }: Pricing): string {
  return JSON.stringify([billable, model, type, category]);
}

/** Whether WhatsApp took the message to the contact for certain. */
export function isDelivered(state: Open<DeliveryState>): boolean {
  return rankOf(state) >= RANK.delivered;
}
