import type { DeliveryError } from 'whatsapp-workspace/model';
import { asNumber, asObject, asText, type JsonObject } from './json.js';

/** WhatsApp's own words about an error, the most telling first; null when it has none. */
export function errorDetail(error: JsonObject): string | null {
  return (
    asText(asObject(error['error_data'])['details']) ??
    asText(error['details']) ??
    asText(error['error_user_msg']) ??
    asText(error['message']) ??
    asText(error['title'])
  );
}

/** An error object of a webhook or an answer. */
export function readError(error: JsonObject): DeliveryError {
  return { code: asNumber(error['code']), detail: errorDetail(error) ?? '' };
}
