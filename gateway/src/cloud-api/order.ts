import type { Content, OrderLine } from 'whatsapp-workspace/model';
import { asId, asList, asNumber, asObject, asText, type JsonObject } from './json.js';

/** What a contact ordered from a catalogue; null when the message has no order in it. */
export function readOrder(message: JsonObject): Content | null {
  const order = asObject(message['order']);
  const items = asList(order['product_items']).map((item) => readLine(asObject(item)));
  const text = asText(order['text']);
  if (items.length === 0 && text === null) return null;
  const sum = items.reduce((count, { quantity }) => count + quantity, 0);
  // Sums of absurd quantities are no numbers any more, and JSON would make null of them.
  const itemCount = Number.isFinite(sum) ? sum : items.length;
  return { kind: 'order', itemCount, items, catalog: asId(order['catalog_id']), text };
}

function readLine(item: JsonObject): OrderLine {
  return {
    product: asId(item['product_retailer_id']) ?? '?',
    quantity: asNumber(item['quantity']) ?? 1,
    price: asNumber(item['item_price']),
    currency: asText(item['currency']),
  };
}
