import type { DeliveryError } from 'whatsapp-workspace/model';
import { readError } from './error.js';
import { asId, asList, asObject, isObject, type JsonObject } from './json.js';

export interface CloudApiOptions {
  /** With the version, for example `https://graph.facebook.com/v23.0`. */
  readonly baseUrl: string;
  readonly phoneNumberId: string;
  readonly accessToken: string;
  /** For tests; the global one by default. */
  readonly fetch?: typeof fetch;
  /** How long an answer may take, in milliseconds; 15,000 by default. */
  readonly timeout?: number;
}

export interface TextToSend {
  /** The number is used when it is known, else the user id. */
  readonly to: { readonly phone: string | null; readonly bsuid: string | null };
  /** At most 4096 characters. */
  readonly text: string;
  /** Comes back in each status of the message; at most 512 characters. */
  readonly callbackData: string;
  /** Whether WhatsApp shows a preview of the first link; it does by default. */
  readonly previewUrl?: boolean;
}

/**
 * What became of a request.
 * - `accepted`: WhatsApp took the message; statuses will tell the rest.
 * - `refused`: this message will never go as it is.
 * - `retry`: certainly not sent, may go later. `retryAfter` is what WhatsApp asked for, in milliseconds.
 * - `unknown`: the request left and no clear answer came. A status with its callback data may tell; sending again may double the message.
 * - `blocked`: token, permission or address are wrong: nothing will go over this number until an operator mends it.
 */
export type SendResult =
  | { readonly outcome: 'accepted'; readonly wamid: string }
  | { readonly outcome: 'refused'; readonly error: DeliveryError; readonly retryAfter: null }
  | { readonly outcome: 'retry'; readonly error: DeliveryError; readonly retryAfter: number | null }
  | { readonly outcome: 'unknown'; readonly error: DeliveryError }
  | { readonly outcome: 'blocked'; readonly error: DeliveryError };

const TIMEOUT = 15_000;
/** Rates of app, business, number and pair; and Meta's own trouble, which it reports instead of sending. */
const RETRY_CODES = new Set([2, 4, 80007, 130429, 131000, 131016, 131056, 131057]);
/** Token and permission; 200 to 299 are permissions too. */
const BLOCKED_CODES = new Set([0, 3, 10, 190, 131005]);
const BLOCKED_STATUSES = new Set([401, 403]);
/** `Unsupported post request`: no such phone number id, or not for this token. */
const NO_SUCH_OBJECT = { code: 100, subcode: 33 } as const;
/** Failures to connect: nothing of the request has left. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The sending side of one business phone number. Keeps no state; never throws for what the network or the Cloud API does. */
export class CloudApi {
  readonly #url: string;
  readonly #accessToken: string;
  readonly #fetch: typeof fetch;
  readonly #timeout: number;

  constructor(options: CloudApiOptions) {
    const base = options.baseUrl.replace(/\/+$/, '');
    this.#url = `${base}/${encodeURIComponent(options.phoneNumberId)}/messages`;
    this.#accessToken = options.accessToken;
    this.#fetch = options.fetch ?? fetch;
    this.#timeout = options.timeout ?? TIMEOUT;
  }

  /** Sends one text message. Not idempotent at the Cloud API: call it again only after `retry`. */
  async sendText(message: TextToSend): Promise<SendResult> {
    const recipient = address(message.to);
    if (recipient === null) return refused({ code: null, detail: 'The contact has no address' });
    return this.#post({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      ...recipient,
      type: 'text',
      text: { body: message.text, preview_url: message.previewUrl ?? true },
      biz_opaque_callback_data: message.callbackData,
    });
  }

  async #post(body: JsonObject): Promise<SendResult> {
    let response: Response | null = null;
    try {
      response = await this.#fetch(this.#url, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.#accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        // A redirect would take the token elsewhere.
        redirect: 'manual',
        signal: AbortSignal.timeout(this.#timeout),
      });
      return classifyAnswer(response, parse(await response.text()));
    } catch (thrown) {
      // Once there is an answer, only its body can be missing: its status alone has to do.
      return response === null ? classifyFailure(thrown) : classifyAnswer(response, null);
    }
  }
}

/** `recipient` for user ids: in `to` the Cloud API takes them for numbers, answers 200 and delivers nothing. */
function address(to: TextToSend['to']): JsonObject | null {
  if (to.phone) return { to: to.phone };
  return to.bsuid ? { recipient: to.bsuid } : null;
}

function classifyAnswer(response: Response, answer: unknown): SendResult {
  const error = asObject(answer)['error'];
  if (isObject(error)) return classifyError(response, error);
  const [message] = asList(asObject(answer)['messages']);
  const wamid = asId(asObject(message)['id']);
  if (response.ok && wamid !== null) return { outcome: 'accepted', wamid };
  return classifyStatus(response, {
    code: null,
    detail: `The Cloud API answered with status ${response.status}`,
  });
}

/** The Cloud API says what is wrong. Its code tells more than the status of the answer. */
function classifyError(response: Response, envelope: JsonObject): SendResult {
  const error = readError(envelope);
  const code = error.code ?? -1;
  const noSuchObject = code === NO_SUCH_OBJECT.code && envelope['error_subcode'] === NO_SUCH_OBJECT.subcode;
  if (RETRY_CODES.has(code)) return { outcome: 'retry', error, retryAfter: retryAfter(response) };
  if (BLOCKED_CODES.has(code) || (code >= 200 && code < 300) || noSuchObject)
    return { outcome: 'blocked', error };
  return classifyStatus(response, error);
}

function classifyStatus(response: Response, error: DeliveryError): SendResult {
  const { status } = response;
  const after = retryAfter(response);
  if (status === 429) return { outcome: 'retry', error, retryAfter: after };
  // Whoever says when to come back turned the request away; other failures of a server may come after it did its work.
  if (status === 503 && after !== null) return { outcome: 'retry', error, retryAfter: after };
  if (status >= 500 || response.ok) return { outcome: 'unknown', error };
  if (BLOCKED_STATUSES.has(status) || status < 400) return { outcome: 'blocked', error };
  return refused(error);
}

function classifyFailure(thrown: unknown): SendResult {
  const failure = describe(thrown);
  const error: DeliveryError = { code: null, detail: failure.text };
  return failure.beforeSending
    ? { outcome: 'retry', error, retryAfter: null }
    : { outcome: 'unknown', error };
}

/** `fetch` hides what happened in causes, and in lists of them when a name has several addresses. */
function describe(thrown: unknown): { readonly text: string; readonly beforeSending: boolean } {
  const root = rootCause(thrown);
  const { code, syscall } = root as NodeJS.ErrnoException;
  const certificate = typeof code === 'string' && /CERT|ERR_TLS|SELF_SIGNED/.test(code);
  const beforeSending = BEFORE_SENDING.has(code ?? '') || syscall === 'connect' || certificate;
  const words = root.message || code || root.name;
  return {
    text: root.name === 'TimeoutError' ? 'The Cloud API did not answer in time' : words,
    beforeSending,
  };
}

function rootCause(thrown: unknown): Error {
  if (!(thrown instanceof Error)) return new Error(String(thrown));
  const inner: unknown = thrown instanceof AggregateError ? thrown.errors[0] : thrown.cause;
  return inner instanceof Error ? rootCause(inner) : thrown;
}

function refused(error: DeliveryError): SendResult {
  return { outcome: 'refused', error, retryAfter: null };
}

/** `Retry-After` in milliseconds: seconds or a date; null when absent or unreadable. */
function retryAfter(response: Response): number | null {
  const header = response.headers.get('retry-after')?.trim();
  if (!header) return null;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
