import { NO_CONTEXT, type MessageContext, type Referral } from 'whatsapp-workspace/model';
import { asId, asObject, asText, isObject, type JsonObject } from './json.js';

/** WhatsApp's id of the message that this one answers; null when it answers none. */
export function answeredMessage(message: JsonObject): string | null {
  return asId(asObject(message['context'])['id']);
}

/**
 * What WhatsApp says about a message besides its content; null when there is nothing to say. Which message of ours it answers is left open: only
 * WhatsApp's id of it stands here.
 */
export function readContext(message: JsonObject): MessageContext | null {
  const context = asObject(message['context']);
  const forwardedOften = context['frequently_forwarded'] === true;
  const known: MessageContext = {
    ...NO_CONTEXT,
    reply: answeredMessage(message) !== null,
    forwarded: forwardedOften || context['forwarded'] === true,
    forwardedOften,
    referral: readReferral(message['referral']),
    product: readProduct(asObject(context['referred_product'])),
  };
  const says = known.reply || known.forwarded || known.referral !== null || known.product !== null;
  return says ? known : null;
}

function readReferral(value: unknown): Referral | null {
  if (!isObject(value)) return null;
  return {
    source: asText(value['source_type']),
    id: asId(value['source_id']),
    url: asText(value['source_url']),
    headline: asText(value['headline']),
    body: asText(value['body']),
    mediaUrl: asText(value['image_url']) ?? asText(value['video_url']) ?? asText(value['thumbnail_url']),
    click: asText(value['ctwa_clid']),
  };
}

function readProduct(value: JsonObject): MessageContext['product'] {
  const product = asId(value['product_retailer_id']);
  return product === null ? null : { catalog: asId(value['catalog_id']), product };
}
