import assert from 'node:assert/strict';
import { it } from 'node:test';
import pg from 'pg';
import WebSocket from 'ws';
import { gatewayTransport, type SocketConstructor } from 'whatsapp-workspace/transport/gateway';
import { transportContract, type ContractHarness } from 'whatsapp-workspace/testing';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { temporaryFolder } from './support/folder.js';
import { startGateway, tokenFor } from './support/gateway.js';
import { openLibrary } from './support/library.js';
import { ACCOUNT, saveTemplates } from './support/templates.js';
import { newWamid, post, textChange, webhook } from './support/webhooks.js';

const AGENT = 'ana';

const server = await useDatabase();
const gateways = new Set<() => Promise<void>>();
let databases = 0;
// Of cases that timed out.
atEnd(() => Promise.all([...gateways].map((close) => close())));

transportContract({ name: 'gateway', test: (name, run) => void it(name, run), patience: 10_000, create });

const LIBRARY = {
  responses: [
    { category: 'Sales', name: 'Hello', body: 'How can I help you?', shortcut: 'hello', language: 'en' },
    { category: 'Sales/Offers', name: 'Prices', body: 'Here you are.', keywords: ['cost'] },
    {
      category: 'Sales/Offers/Old',
      name: 'Précios',
      body: 'Aquí tiene.',
      shortcut: 'año',
      language: 'es-419',
    },
    { category: 'Service', name: 'شكرًا', body: 'شكرًا لك', language: 'ar', shortcut: 'شكرا' },
    { category: 'Service', name: 'Bye 🎉', body: 'See you', language: 'en', shortcut: 'bye-bye' },
  ],
};

/** A gateway of its own, with a database of its own, for each case. */
async function create(): Promise<ContractHarness> {
  const database = await createDatabase();
  const sender = { send: async () => ({ outcome: 'accepted', wamid: newWamid() }) as const };
  const mediaDir = temporaryFolder();
  const gateway = await startGateway({
    databaseUrl: database.url,
    mediaDir,
    accounts: [ACCOUNT],
    deps: { senderFor: () => sender },
  });
  const library = await openLibrary(database.url, mediaDir);
  await library.imports(LIBRARY);
  await saveTemplates(library.options.ledger.db);
  await library.close();
  const close = async () => {
    gateways.delete(close);
    await gateway.close();
    await database.drop();
  };
  gateways.add(close);
  const link = new BreakableLink();
  const adapter = (token: () => string | Promise<string>, Socket: SocketConstructor = WebSocket) =>
    gatewayTransport({ url: gateway.url, token, WebSocket: Socket });
  return {
    adapter: adapter(() => tokenFor(AGENT), link.Socket),
    otherAdapter: adapter(() => tokenFor(AGENT)),
    refusedAdapter: adapter(() => 'forged'),
    contactWrites: contactsAt(gateway.url),
    dropLink: () => link.drop(),
    loseNextReceipt: () => link.loseNextReceipt(),
    stallLink: () => link.stall(),
    forget: database.forgetLog,
    close,
  };
}

async function createDatabase() {
  const [{ home } = { home: '' }] = await server.query<{ home: string }>('select current_database() as home');
  const name = `${home}_${++databases}`;
  const url = server.url.replace(home, name);
  await server.query(`create database ${name}`);
  return {
    url,
    drop: async () => void (await server.query(`drop database ${name} with (force)`)),
    /** As when all events have become too old to be kept. */
    forgetLog: async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query('delete from event');
      await client.query('update stream set floor = head');
      await client.end();
    },
  };
}

/** Contacts by name, each with a phone; what they write comes by signed webhooks. */
function contactsAt(url: string): ContractHarness['contactWrites'] {
  const phones = new Map<string, string>();
  return async (text, name) => {
    const phone = phones.get(name) ?? String(34_600_000_000 + phones.size);
    phones.set(name, phone);
    const response = await post(url, webhook(textChange({ name, phone }, text)));
    assert.equal(response.status, 200);
  };
}

/** Sockets whose network can be cut, or lose one frame. */
class BreakableLink {
  readonly Socket: SocketConstructor;
  #living: WebSocket | null = null;
  #losing = false;
  #stalled: WebSocket | null = null;

  constructor() {
    const opened = (socket: WebSocket) => (this.#living = socket);
    const passes = (socket: WebSocket, data: unknown) => this.#stalled !== socket && this.#passes(data);
    this.Socket = class extends WebSocket {
      constructor(url: string, protocol: string) {
        super(url, protocol);
        opened(this);
      }

      override emit(event: string | symbol, ...args: readonly unknown[]): boolean {
        return event === 'message' && !passes(this, args[0]) ? true : super.emit(event, ...args);
      }
    };
  }

  drop(): void {
    this.#living?.terminate();
  }

  /** Nothing comes from the gateway any more. */
  stall(): void {
    this.#stalled = this.#living;
  }

  loseNextReceipt(): void {
    this.#losing = true;
  }

  #passes(data: unknown): boolean {
    if (!this.#losing || !String(data).startsWith('{"type":"receipt"')) return true;
    this.#losing = false;
    return false;
  }
}
