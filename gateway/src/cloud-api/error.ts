import type { DeliveryError, SendingTrouble } from 'whatsapp-workspace/model';
import type { RetryScope } from './client.js';
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

/** Meta's own trouble, which it reports instead of sending. */
const META_TROUBLE = new Set([2, 131000, 131016, 131057]);
/** Rates of the pair of business number and contact. */
const PAIR_RATES = new Set([131056]);
/** Rates of the app, the business account and the number, and the limit for what contacts took for spam. */
const NUMBER_RATES = new Set([4, 80007, 130429, 131048]);
/** Token and permission; 200 to 299 are permissions too. */
const ACCESS = new Set([0, 3, 10, 190, 131005]);
/** The business account is locked for breaking rules, or under review. */
const RESTRICTED = new Set([368, 131031]);
const PAYMENT = new Set([131042, 131044]);
const REGISTRATION = new Set([131045, 133010]);
/** `Unsupported post request`: no such phone number id, or not for this token. */
const NO_SUCH_OBJECT = { code: 100, subcode: 33 } as const;

/** What has to wait before a message may be tried again; null when its code says nothing of the kind. */
export function retryScope(code: number | null): RetryScope | null {
  if (code === null) return null;
  if (PAIR_RATES.has(code)) return 'pair';
  if (NUMBER_RATES.has(code)) return 'number';
  return META_TROUBLE.has(code) ? 'message' : null;
}

/** What an operator has to mend before anything goes over the number; null when the code concerns the message alone. */
export function troubleOf(code: number | null, subcode: number | null): SendingTrouble | null {
  if (code === null) return null;
  if (code === NO_SUCH_OBJECT.code && subcode === NO_SUCH_OBJECT.subcode) return 'access';
  if (ACCESS.has(code) || (code >= 200 && code < 300)) return 'access';
  if (RESTRICTED.has(code)) return 'restricted';
  if (PAYMENT.has(code)) return 'payment';
  return REGISTRATION.has(code) ? 'registration' : null;
}
