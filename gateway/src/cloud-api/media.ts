import type { DeliveryError } from 'whatsapp-workspace/model';
import { classifyError, classifyFailure, classifyStatus, parse, type SendResult } from './client.js';
import { postForm, type FormFile } from './post-form.js';
import { asId, asNumber, asObject, asText, isObject, type JsonObject } from './json.js';

export interface CloudMediaOptions {
  /** With the version, for example `https://graph.facebook.com/v23.0`. */
  readonly baseUrl: string;
  readonly accessToken: string;
  /** For tests; the global one by default. */
  readonly fetch?: typeof fetch;
  /** How often to look whether a file gets on, in milliseconds; for tests. */
  readonly lookEvery?: number;
}

/** Where WhatsApp has a file, for five minutes. */
export interface LocatedFile {
  readonly outcome: 'located';
  readonly url: string;
  /** In hex; null when WhatsApp does not say. */
  readonly sha256: string | null;
  readonly bytes: number | null;
}

/**
 * Why a file cannot be had.
 * - `gone`: WhatsApp has the file no more.
 * - `unseen`: WhatsApp has no such file, or shows it to another token only: which of both it does not say.
 * - `retry`: it may be had later; `retryAfter` is what WhatsApp asked for, in milliseconds.
 * - `blocked`: nothing can be had until an operator mends the access.
 */
export type NotFetched =
  | { readonly outcome: 'gone' | 'unseen'; readonly error: DeliveryError }
  | { readonly outcome: 'retry'; readonly error: DeliveryError; readonly retryAfter: number | null }
  | { readonly outcome: 'blocked'; readonly error: DeliveryError };

/** Takes a file's bytes, one part after the other. */
export type Sink = (chunk: Uint8Array) => Promise<void>;

/** What became of handing a file over: WhatsApp's id of it, or why there is none. It is never in doubt: a file may be handed over twice. */
export type HandedOver =
  | { readonly outcome: 'uploaded'; readonly id: string }
  | Extract<SendResult, { readonly outcome: 'refused' | 'retry' | 'blocked' }>;

/** How long an answer without a file may take, in milliseconds. */
const ANSWER_TIMEOUT = 15_000;
/** How often to look whether a file gets on, and how long the answer to a file may take, in milliseconds. */
const LOOK_EVERY = 30_000;
/** What is slower takes a hand from others that are not, in bytes a second. */
const LEAST_RATE = 16_000;
/** How long a file may take as a whole, in milliseconds: 100 MB in that time are 110 kB a second. */
const LONGEST = 15 * 60_000;
/** `Unsupported get request`: no such file, or not for this token. */
const NO_SUCH_OBJECT = { code: 100, subcode: 33 } as const;
const NO_SUCH_MEDIA = 131052;

/** Files at the Cloud API. Keeps no state; never throws for what the network or the Cloud API does. */
export class CloudMedia {
  readonly #base: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #fetch: typeof fetch;
  readonly #lookEvery: number;

  constructor(options: CloudMediaOptions) {
    this.#base = options.baseUrl.replace(/\/+$/, '');
    this.#headers = { authorization: `Bearer ${options.accessToken}` };
    this.#fetch = options.fetch ?? fetch;
    this.#lookEvery = options.lookEvery ?? LOOK_EVERY;
  }

  /** Asks where a file is. The address is good for five minutes. */
  async locate(id: string, channel: string): Promise<LocatedFile | NotFetched> {
    const url = `${this.#base}/${encodeURIComponent(id)}?phone_number_id=${encodeURIComponent(channel)}`;
    let response: Response | null = null;
    try {
      response = await this.#fetch(url, {
        headers: this.#headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(ANSWER_TIMEOUT),
      });
      return readLocation(response, asObject(parse(await response.text())), this.#base);
    } catch (thrown) {
      return again(classifyFailure(thrown));
    }
  }

  /**
   * Reads a file where it is, without holding more than a part of it.
   * @throws What the sink throws, and when it is told to stop.
   */
  async download(
    url: string,
    sink: Sink,
    stop: AbortSignal,
  ): Promise<{ readonly outcome: 'fetched' } | NotFetched> {
    const pace = new Pace(this.#lookEvery);
    const sinking = { failed: false };
    try {
      const response = await this.#fetch(url, {
        headers: this.#headers,
        // The token is for this address and no other.
        redirect: 'error',
        signal: AbortSignal.any([pace.signal, stop]),
      });
      if (!response.ok || !response.body) {
        await response.body?.cancel();
        return fromStatus(response, { code: null, detail: `The file came with status ${response.status}` });
      }
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        pace.moved(chunk.byteLength);
        sinking.failed = true;
        await sink(chunk);
        sinking.failed = false;
      }
      return { outcome: 'fetched' };
    } catch (thrown) {
      if (sinking.failed || stop.aborted) throw thrown;
      return again(classifyFailure(thrown));
    } finally {
      pace.end();
    }
  }

  /** Hands a file over for one business number; WhatsApp keeps it 30 days. @throws When it is told to stop. */
  async upload(channel: string, file: FormFile, stop: AbortSignal): Promise<HandedOver> {
    const url = `${this.#base}/${encodeURIComponent(channel)}/media`;
    const form = { fields: { messaging_product: 'whatsapp', type: file.mime }, file };
    const pace = new Pace(this.#lookEvery);
    const signal = AbortSignal.any([pace.signal, stop]);
    let left = 0;
    const onLeft = (bytes: number) => {
      left += bytes;
      pace.moved(bytes);
      // From now on it is the answer that is waited for.
      if (left >= file.bytes) pace.begin();
    };
    let response: Response | null = null;
    try {
      response = await postForm(url, this.#headers, form, signal, onLeft);
      return readUpload(response, asObject(parse(await response.text())));
    } catch (thrown) {
      if (stop.aborted) throw thrown;
      return certain(response ? classifyStatus(response, NO_ANSWER) : classifyFailure(thrown));
    } finally {
      pace.end();
    }
  }
}

const NO_ANSWER: DeliveryError = { code: null, detail: 'The Cloud API did not answer about a file' };

/** Ends a request with a file that does not get on: one that comes or leaves byte by byte would hold its hand for ever. */
class Pace {
  readonly #controller = new AbortController();
  readonly #lookEvery: number;
  readonly #whole = setTimeout(() => this.#stop(), LONGEST);
  #looks: NodeJS.Timeout | undefined;
  /** Since the last look. */
  #bytes = 0;
  #hasEnded = false;

  constructor(lookEvery: number) {
    this.#lookEvery = lookEvery;
    this.begin();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  moved(bytes: number): void {
    this.#bytes += bytes;
  }

  /** Looks a whole interval after now, whatever went on before. Does nothing once it has ended: the last part of a file may leave after its answer has come. */
  begin(): void {
    clearInterval(this.#looks);
    if (this.#hasEnded) return;
    this.#bytes = 0;
    this.#looks = setInterval(() => this.#look(), this.#lookEvery);
  }

  end(): void {
    this.#hasEnded = true;
    clearInterval(this.#looks);
    clearTimeout(this.#whole);
  }

  #look(): void {
    if (this.#bytes < (LEAST_RATE * this.#lookEvery) / 1000) this.#stop();
    this.#bytes = 0;
  }

  #stop(): void {
    this.#controller.abort(new Error('The file did not get on in time'));
  }
}

function readLocation(response: Response, answer: JsonObject, base: string): LocatedFile | NotFetched {
  const { error } = answer;
  if (isObject(error)) {
    const outcome = absence(error);
    const result = classifyError(response, error);
    return outcome === null
      ? again(result)
      : { outcome, error: 'error' in result ? result.error : NO_ANSWER };
  }
  const url = asText(answer['url']);
  if (!response.ok || url === null || !isSafe(url, base))
    return fromStatus(response, {
      code: null,
      detail: `WhatsApp says with status ${response.status} of no address`,
    });
  return {
    outcome: 'located',
    url,
    sha256: asText(answer['sha256']),
    bytes: asNumber(answer['file_size']),
  };
}

function absence(error: JsonObject): 'gone' | 'unseen' | null {
  const [code, subcode] = [asNumber(error['code']), asNumber(error['error_subcode'])];
  if (code === NO_SUCH_MEDIA) return 'gone';
  return code === NO_SUCH_OBJECT.code && subcode === NO_SUCH_OBJECT.subcode ? 'unseen' : null;
}

/** The token goes to where the Cloud API says, but never in the clear: that only to a server of this machine that is the Cloud API itself, in trials. */
function isSafe(url: string, base: string): boolean {
  if (!URL.canParse(url)) return false;
  return new URL(url).protocol === 'https:' || new URL(url).origin === new URL(base).origin;
}

function fromStatus(response: Response, error: DeliveryError): NotFetched {
  // The address has ended, or was never good.
  if (response.status === 404 || response.status === 410)
    return { outcome: 'retry', error, retryAfter: null };
  return again(classifyStatus(response, error));
}

/** A file that was not fetched can always be asked for again: nothing is in doubt. */
function again(result: SendResult): NotFetched {
  switch (result.outcome) {
    case 'blocked':
      return { outcome: 'blocked', error: result.error };
    case 'retry':
      return { outcome: 'retry', error: result.error, retryAfter: result.retryAfter };
    case 'accepted':
      return { outcome: 'retry', error: NO_ANSWER, retryAfter: null };
    case 'unknown':
    case 'refused':
      return { outcome: 'retry', error: result.error, retryAfter: null };
  }
}

function readUpload(response: Response, answer: JsonObject): HandedOver {
  const id = asId(answer['id']);
  if (response.ok && id !== null) return { outcome: 'uploaded', id };
  const { error } = answer;
  return certain(isObject(error) ? classifyError(response, error) : classifyStatus(response, NO_ANSWER));
}

function certain(result: SendResult): HandedOver {
  switch (result.outcome) {
    case 'accepted':
      return { outcome: 'retry', error: NO_ANSWER, retryAfter: null, scope: 'message' };
    case 'unknown':
      return { outcome: 'retry', error: result.error, retryAfter: null, scope: 'message' };
    default:
      return result;
  }
}
