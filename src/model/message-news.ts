import { mergeDelivery } from './delivery.js';
import type { Delivery } from './delivery.js';
import type { Message } from './message.js';
import { changeMessage } from './message-change.js';
import type { RevisedChange } from './message-change.js';

/** What has become of a message since it was told. */
export interface MessageNews {
  readonly delivery: Delivery | null;
  /** In the order of their `rev`. */
  readonly changes: readonly RevisedChange[];
}

/** A message with its news; the same reference when they are part of it already. */
export function withNews(message: Message, { delivery, changes }: MessageNews): Message {
  const changed = changes.reduce(changeMessage, message);
  if (!delivery || !changed.delivery) return changed;
  const merged = mergeDelivery(changed.delivery, delivery);
  return merged === changed.delivery ? changed : { ...changed, delivery: merged };
}

/** Two reports about one message as one. */
export function joinNews(known: MessageNews, more: MessageNews): MessageNews {
  const delivery =
    known.delivery && more.delivery
      ? mergeDelivery(known.delivery, more.delivery)
      : (more.delivery ?? known.delivery);
  const newest = known.changes.at(-1)?.rev ?? 0;
  return { delivery, changes: [...known.changes, ...more.changes.filter(({ rev }) => rev > newest)] };
}

/** Two states of one message, as a page and events tell it, as one. */
export function joinMessages(a: Message, b: Message): Message {
  const newer = b.rev > a.rev ? b : a;
  const older = newer === a ? b : a;
  return older.delivery ? withNews(newer, { delivery: older.delivery, changes: [] }) : newer;
}
