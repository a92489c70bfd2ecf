import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  parseWebhook,
  verifySignature,
  type StatusItem,
  type WebhookItem,
} from '../../src/cloud-api/index.js';

export const SECRETS = {
  appSecret: 'app-secret',
  accessToken: 'token-1',
  phoneNumberId: '42',
  verifyToken: 'verify-me',
} as const;

/** One delivery of a webhook. */
export interface Delivery {
  readonly raw: Buffer;
  readonly signed: boolean;
  readonly items: readonly WebhookItem[];
  /** What it was answered with. */
  readonly status: number;
}

/** A gateway that only takes webhooks. */
export class Receiver {
  readonly deliveries: Delivery[] = [];
  /** Answers to the next deliveries; 200 when there are none left. */
  readonly nextStatuses: number[] = [];
  /** Answers to the next handshakes; the right one when there are none left. */
  readonly nextHandshakes: number[] = [];
  readonly #emitter = new EventEmitter();
  readonly #server = createServer((request, response) => {
    if (request.method === 'GET') {
      const { searchParams } = new URL(request.url ?? '', 'http://x');
      const good = searchParams.get('hub.verify_token') === SECRETS.verifyToken;
      response
        .writeHead(this.nextHandshakes.shift() ?? (good ? 200 : 403))
        .end(searchParams.get('hub.challenge'));
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks);
      const signature = request.headers['x-hub-signature-256'];
      const status = this.nextStatuses.shift() ?? 200;
      const signed = verifySignature(
        SECRETS.appSecret,
        raw,
        typeof signature === 'string' ? signature : undefined,
      );
      this.deliveries.push({ raw, signed, items: parseWebhook(JSON.parse(raw.toString())), status });
      response.writeHead(status).end();
      this.#emitter.emit('delivery');
    });
  });

  /** Where it listens, once started. */
  url = '';

  async start(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/webhooks/whatsapp`;
    return this.url;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Waits until the condition holds, looking after each delivery. The test's own time-out ends it. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await once(this.#emitter, 'delivery');
  }

  /** Items of all deliveries that were answered with 200. */
  items(): WebhookItem[] {
    return this.deliveries.filter(({ status }) => status === 200).flatMap(({ items }) => items);
  }

  statuses(wamid: string): StatusItem[] {
    return this.items().filter((item): item is StatusItem => item.kind === 'status' && item.wamid === wamid);
  }
}
