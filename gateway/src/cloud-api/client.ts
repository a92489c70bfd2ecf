import type { DeliveryError, SendingTrouble } from 'whatsapp-workspace/model';
import { readError, retryScope, troubleOf } from './error.js';
import { bareIdentity, isReachable, readAddresses, type ContactIdentity } from './identity.js';
import { asId, asList, asNumber, asObject, isObject, type JsonObject } from './json.js';
import { contentBody, type Sendable } from './outbound.js';

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

export interface MessageToSend {
  /** The number is used when it is known, else the user id. */
  readonly to: { readonly phone: string | null; readonly bsuid: string | null };
  readonly content: Sendable;
  /** WhatsApp's id of the message that this one answers; reactions answer none. */
  readonly replyTo: string | null;
  /** Comes back in each status of the message; at most 512 characters. */
  readonly callbackData: string;
}

/**
 * What became of a request.
 * - `accepted`: WhatsApp took the message; statuses will tell the rest.
 * - `refused`: this message will never go as it is.
 * - `retry`: certainly not sent, may go later. `retryAfter` is what WhatsApp asked for, in milliseconds.
 * - `unknown`: the request left and no clear answer came. A status with its callback data may tell; sending again may double the message.
 * - `blocked`: certainly not sent, and nothing will go over this number until an operator mends what `trouble` names.
 */
export type SendResult =
  | {
      readonly outcome: 'accepted';
      readonly wamid: string;
      /** Whom WhatsApp took the address for, where it says so. */
      readonly recipient?: ContactIdentity;
    }
  | { readonly outcome: 'refused'; readonly error: DeliveryError }
  | {
      readonly outcome: 'retry';
      readonly error: DeliveryError;
      readonly retryAfter: number | null;
      readonly scope: RetryScope;
    }
  | { readonly outcome: 'unknown'; readonly error: DeliveryError }
  | { readonly outcome: 'blocked'; readonly error: DeliveryError; readonly trouble: SendingTrouble };

/**
 * What has to wait: the message, all messages to the same contact, or all of the business number. `message` is trouble of Meta's, or of the way there:
 * for one alone the message waits.
 */
export type RetryScope = 'message' | 'pair' | 'number';

/** That a message of a contact was read. */
export interface ReadMark {
  readonly wamid: string;
  /** Whether the contact also sees that somebody writes. */
  readonly typing: boolean;
}

const TIMEOUT = 15_000;
const BLOCKED_STATUSES = new Set([401, 403]);
/** From here on codes are WhatsApp's own, and say what they are about; those below are of the Graph API, whose status says more. */
const FIRST_OWN_CODE = 130_000;
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

  /** Sends one message. Not idempotent at the Cloud API: call it again only when the result says that it was certainly not sent. */
  async send({ to, content, replyTo, callbackData }: MessageToSend): Promise<SendResult> {
    const recipient = address(to);
    if (recipient === null) return refused({ code: null, detail: 'The contact has no address' });
    return this.#post({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      ...recipient,
      ...(replyTo === null || content.kind === 'reaction' ? {} : { context: { message_id: replyTo } }),
      ...contentBody(content),
      biz_opaque_callback_data: callbackData,
    });
  }

  /**
   * Marks a message, and all before it, as read at the contact's, and may show that somebody writes: for 25 seconds, or until a message comes. Takes messages of
   * the last 30 days.
   * @returns What was wrong, as a sentence; null when it is done. Never throws.
   */
  async markRead({ wamid, typing }: ReadMark): Promise<string | null> {
    try {
      const response = await this.#request({
        messaging_product: 'whatsapp',
        status: 'read',
        message_id: wamid,
        ...(typing && { typing_indicator: { type: 'text' } }),
      });
      const answer = asObject(parse(await response.text()));
      if (response.ok) return null;
      return isObject(answer['error']) ? readError(answer['error']).detail : `Status ${response.status}`;
    } catch (thrown) {
      return describe(thrown).text;
    }
  }

  #request(body: JsonObject): Promise<Response> {
    return this.#fetch(this.#url, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      // A redirect would take the token elsewhere.
      redirect: 'manual',
      signal: AbortSignal.timeout(this.#timeout),
    });
  }

  async #post(body: JsonObject): Promise<SendResult> {
    let response: Response | null = null;
    try {
      response = await this.#request(body);
      return classifyAnswer(response, parse(await response.text()));
    } catch (thrown) {
      // Once there is an answer, only its body can be missing: its status alone has to do.
      return response === null ? classifyFailure(thrown) : classifyAnswer(response, null);
    }
  }
}

/** `recipient` for user ids: in `to` the Cloud API takes them for numbers, answers 200 and delivers nothing. */
function address(to: MessageToSend['to']): JsonObject | null {
  if (to.phone) return { to: to.phone };
  return to.bsuid ? { recipient: to.bsuid } : null;
}

function classifyAnswer(response: Response, answer: unknown): SendResult {
  const error = asObject(answer)['error'];
  if (isObject(error)) return classifyError(response, error);
  const [message] = asList(asObject(answer)['messages']);
  const wamid = asId(asObject(message)['id']);
  if (response.ok && wamid !== null) {
    const [contact] = asList(asObject(answer)['contacts']);
    const recipient = readRecipient(asObject(contact));
    return { outcome: 'accepted', wamid, ...(isReachable(recipient) && { recipient }) };
  }
  return classifyStatus(response, {
    code: null,
    detail: `The Cloud API answered with status ${response.status}`,
  });
}

function readRecipient(contact: JsonObject): ContactIdentity {
  return bareIdentity(readAddresses(contact['wa_id'], contact['user_id'], contact['parent_user_id']));
}

/** The Cloud API says what is wrong. Its code tells more than the status of the answer. */
export function classifyError(response: Response, envelope: JsonObject): SendResult {
  const error = readError(envelope);
  const scope = retryScope(error.code);
  if (scope !== null) return { outcome: 'retry', error, retryAfter: retryAfter(response), scope };
  const trouble = troubleOf(error.code, asNumber(envelope['error_subcode']));
  return trouble === null ? classifyStatus(response, error) : { outcome: 'blocked', error, trouble };
}

export function classifyStatus(response: Response, error: DeliveryError): SendResult {
  const { status } = response;
  const after = retryAfter(response);
  if (status === 429) return { outcome: 'retry', error, retryAfter: after, scope: 'number' };
  // Whoever says when to come back turned the request away; other failures of a server may come after it did its work.
  if (status === 503 && after !== null)
    return { outcome: 'retry', error, retryAfter: after, scope: 'message' };
  if (status >= 500 || response.ok) return { outcome: 'unknown', error };
  // 130497 comes with 403, and is about the contact's country: everybody else is written to as before.
  const isAboutMessage = error.code !== null && error.code >= FIRST_OWN_CODE;
  if ((BLOCKED_STATUSES.has(status) && !isAboutMessage) || status < 400)
    return { outcome: 'blocked', error, trouble: 'access' };
  return refused(error);
}

export function classifyFailure(thrown: unknown): SendResult {
  const failure = describe(thrown);
  const error: DeliveryError = { code: null, detail: failure.text };
  return failure.beforeSending
    ? { outcome: 'retry', error, retryAfter: null, scope: 'message' }
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
  return { outcome: 'refused', error };
}

/** `Retry-After` in milliseconds: seconds or a date; null when absent or unreadable. */
function retryAfter(response: Response): number | null {
  const header = response.headers.get('retry-after')?.trim();
  if (!header) return null;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
