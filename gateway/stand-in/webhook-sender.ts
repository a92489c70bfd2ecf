import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { signBody } from '../src/cloud-api/index.js';
import type { Faults } from './faults.js';
import { encodeWebhook } from './payloads.js';

export interface WebhookSenderOptions {
  /** Where the gateway takes webhooks. */
  readonly url: string;
  readonly appSecret: string;
  readonly verifyToken: string;
  readonly faults: Faults;
  /** Milliseconds before the first retry, and the most that doubling leads to. */
  readonly retry: { readonly base: number; readonly max: number };
  /** Told when deliveries begin to succeed or fail. */
  readonly onLink: (link: Link) => void;
}

/** Whether the gateway takes webhooks; `detail` says why not. */
export type Link =
  { readonly state: 'connecting' | 'connected' } | { readonly state: 'failing'; readonly detail: string };

const ATTEMPT_TIMEOUT = 10_000;

/**
 * Delivers webhooks as Meta does: signed, at least once, again with growing pauses until they are answered with 200. Those of one lane go one
 * after the other.
 */
export class WebhookSender {
  readonly #options: WebhookSenderOptions;
  readonly #lanes = new Map<string, Promise<boolean>>();
  readonly #closing = new AbortController();

  constructor(options: WebhookSenderOptions) {
    this.#options = options;
  }

  /** Resolves to true when the gateway has taken it, to false when the sender was closed before. */
  send(lane: string, webhook: object): Promise<boolean> {
    const body = encodeWebhook(webhook);
    const before = this.#lanes.get(lane) ?? Promise.resolve(true);
    const delivery = before.then(() => this.#unlessClosed(() => this.#deliver(body)));
    this.#lanes.set(lane, delivery);
    void delivery.then(() => {
      if (this.#lanes.get(lane) === delivery) this.#lanes.delete(lane);
    });
    return delivery;
  }

  /** Makes the handshake with which Meta checks a webhook address, until it succeeds. Resolves to false when closed before. */
  subscribe(): Promise<boolean> {
    return this.#unlessClosed(() => this.#insist(() => this.#handshake()));
  }

  close(): void {
    this.#closing.abort();
  }

  async #unlessClosed(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (this.#closing.signal.aborted) return false;
      throw error;
    }
  }

  async #deliver(body: Buffer): Promise<void> {
    const { faults } = this.#options;
    await faults.released(this.#closing.signal);
    const copies = faults.settings.duplicateWebhooks ? [body, body] : [body];
    await Promise.all(copies.map((copy) => this.#insist(() => this.#post(copy))));
  }

  /** Tries until there is no complaint. */
  async #insist(attempt: () => Promise<string | null>): Promise<void> {
    const { retry, faults, onLink } = this.#options;
    for (let pause = retry.base; ; pause = Math.min(retry.max, pause * 2)) {
      this.#closing.signal.throwIfAborted();
      await faults.released(this.#closing.signal);
      const complaint = await attempt();
      onLink(complaint === null ? { state: 'connected' } : { state: 'failing', detail: complaint });
      if (complaint === null) return;
      await delay(pause, undefined, { signal: this.#closing.signal });
    }
  }

  #post(body: Buffer): Promise<string | null> {
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'facebookexternalua',
      'x-hub-signature-256': signBody(this.#options.appSecret, body),
    };
    const init = { method: 'POST', headers, body: new Uint8Array(body) };
    return this.#attempt(this.#options.url, init, (response) => Promise.resolve(response.status === 200));
  }

  #handshake(): Promise<string | null> {
    const challenge = String(randomBytes(4).readUInt32BE());
    const url = new URL(this.#options.url);
    url.searchParams.set('hub.mode', 'subscribe');
    url.searchParams.set('hub.challenge', challenge);
    url.searchParams.set('hub.verify_token', this.#options.verifyToken);
    return this.#attempt(url.href, {}, async (response) => {
      return response.status === 200 && (await response.text()) === challenge;
    });
  }

  /** null when it went well, else a sentence. */
  async #attempt(
    url: string,
    init: RequestInit,
    isGood: (response: Response) => Promise<boolean>,
  ): Promise<string | null> {
    try {
      const timeout = AbortSignal.timeout(ATTEMPT_TIMEOUT);
      const response = await fetch(url, {
        ...init,
        signal: AbortSignal.any([timeout, this.#closing.signal]),
      });
      const good = await isGood(response);
      if (!response.bodyUsed) await response.body?.cancel();
      return good ? null : `The gateway answered ${response.status}`;
    } catch (error) {
      this.#closing.signal.throwIfAborted();
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      return `The gateway cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`;
    }
  }
}
