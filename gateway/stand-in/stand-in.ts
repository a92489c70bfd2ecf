import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { ContactLife, type ContactWrites, type StatusDelays, type WrittenMessage } from './contact-life.js';
import type { NewContact, PhoneContact } from './contacts.js';
import { Faults } from './faults.js';
import { MediaStore, type StoredFile } from './media-store.js';
import { mediaRoutes } from './media-routes.js';
import { graphRoutes } from './graph-routes.js';
import { pageRoutes } from './page-routes.js';
import { templateWebhook } from './payloads.js';
import { Phones, type PhoneEvent, type PhoneMessage } from './phones.js';
import { templateRoutes } from './template-routes.js';
import { TemplateStore, type NewTemplate, type TemplateTold } from './templates.js';
import { WebhookSender, type Link } from './webhook-sender.js';

export interface StandInOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** 127.0.0.1 by default: the page asks nobody for a password. */
  readonly host?: string;
  /** Where the gateway takes webhooks, for example `http://127.0.0.1:8080/webhooks/whatsapp`. */
  readonly webhookUrl: string;
  readonly appSecret: string;
  readonly accessToken: string;
  readonly phoneNumberId: string;
  readonly verifyToken: string;
  /** Digits of the business number; a made-up one by default. */
  readonly displayPhoneNumber?: string;
  /** The WhatsApp Business Account; a made-up one by default. */
  readonly businessAccountId?: string;
  /** Pauses before each status in milliseconds; some hundred by default. Tests say 0. */
  readonly delays?: Partial<StatusDelays>;
  /** Pauses between attempts to deliver a webhook, in milliseconds; 500, doubling up to 30,000, by default. */
  readonly retry?: { readonly base: number; readonly max: number };
  /** Told of what an operator may want to see, in sentences. */
  readonly log?: (sentence: string) => void;
}

/** What `writeAsContact` takes: the id of a contact, or somebody new, and a text, a file or any other message. */
export type ContactMessage = { readonly contact: string | NewContact } & ContactWrites;

/** A running stand-in. */
export interface StandIn {
  /** Without a slash at the end. The Cloud API's base URL is this and a version: `${url}/v23.0`. */
  readonly url: string;
  readonly port: number;
  readonly faults: Faults;
  /** Everybody who has a phone. */
  contacts(): readonly PhoneContact[];
  addContact(seed: NewContact): PhoneContact;
  /** Lets a contact write. Throws when there is no contact of that id. */
  writeAsContact(message: ContactMessage): WrittenMessage;
  /** The contact opens the conversation: what was delivered is read. */
  readAsContact(contact: string): void;
  /** All messages, of both sides, in the order in which they came. */
  messages(): readonly PhoneMessage[];
  /** How often a contact was shown that the business writes. */
  typingShown(contact: string): number;
  /** The templates of the business account. */
  templates(): readonly TemplateTold[];
  /** Makes a template, in the place of one of the same name and language. */
  addTemplate(template: NewTemplate): TemplateTold;
  /** Gives a template another status, and tells the gateway. Throws when there is no such. */
  setTemplateStatus(name: string, language: string, status: string): void;
  /** A file of a message, or one that was handed over; null when there is no such. */
  file(id: string): StoredFile | null;
  /** Has a file as if the business had handed it over. */
  addFile(file: Pick<StoredFile, 'mime' | 'name' | 'bytes'>): StoredFile;
  /** WhatsApp has a file no more. */
  forget(id: string): void;
  /** Answers for a file as for one that the token may not have, or again as it is. */
  hide(id: string, isHidden?: boolean): void;
  /** Brings something else than a file, the next so many times. */
  spoil(id: string, times: number): void;
  /** Each new contact, new message and change of a message. Returns what ends it. */
  subscribe(listener: (event: PhoneEvent) => void): () => void;
  /** Makes the verify handshake until the gateway answers it. Resolves to false when closed before. */
  verifyWebhook(): Promise<boolean>;
  close(): Promise<void>;
}

/** Of the business that is played, unless it is named. */
export const ACCOUNT = '100000000000001';
const DELAYS: StatusDelays = { sent: 250, delivered: 500, read: 900 };
const RETRY = { base: 500, max: 30_000 };

/** Starts a server that plays the WhatsApp Cloud API and its contacts. Rejects when the port cannot be had. */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const business = {
    phoneNumberId: options.phoneNumberId,
    displayPhoneNumber: options.displayPhoneNumber ?? '12025550100',
    account: options.businessAccountId ?? ACCOUNT,
  };
  const phones = new Phones();
  const faults = new Faults();
  const media = new MediaStore();
  const templates = new TemplateStore();
  const link = new LinkState(options.log ?? (() => undefined));
  const { appSecret, verifyToken } = options;
  const sender = new WebhookSender({
    url: options.webhookUrl,
    appSecret,
    verifyToken,
    faults,
    retry: options.retry ?? RETRY,
    onLink: (news) => link.set(news),
  });
  const life = new ContactLife({
    business,
    phones,
    sender,
    faults,
    media,
    delays: { ...DELAYS, ...options.delays },
  });
  const app = Fastify({ forceCloseConnections: true });
  app.get('/healthz', () => ({ ok: true }));
  void app.register(async (scope) =>
    graphRoutes(scope, { business, accessToken: options.accessToken, life, faults, media, templates }),
  );
  void app.register(async (scope) =>
    templateRoutes(scope, { account: business.account, accessToken: options.accessToken, templates }),
  );
  const setTemplateStatus = (name: string, language: string, status: string) => {
    const changed = templates.setStatus(name, language, status);
    if (!changed) throw new Error(`There is no template ${name} in ${language}`);
    void sender.send('templates', templateWebhook(business, changed));
  };
  void app.register(async (scope) =>
    mediaRoutes(scope, {
      phoneNumberId: options.phoneNumberId,
      accessToken: options.accessToken,
      media,
    }),
  );
  void app.register(async (scope) => {
    pageRoutes(scope, {
      business,
      phones,
      life,
      faults,
      media,
      link: () => link.value,
      onLink: (f) => link.subscribe(f),
    });
  });
  const port = await listen(app, options);
  return {
    url: `http://${urlHost(options.host)}:${port}`,
    port,
    faults,
    contacts: () => phones.contacts(),
    addContact: (seed) => phones.addContact(seed),
    writeAsContact: (message) => life.write(author(phones, message.contact), message),
    readAsContact: (contact) => life.read(author(phones, contact)),
    messages: () => phones.messages(),
    typingShown: (contact) => phones.typingShown(contact),
    templates: () => templates.all(),
    addTemplate: (template) => templates.add(template),
    setTemplateStatus,
    file: (id) => media.get(id) ?? null,
    addFile: (file) => media.put(file),
    forget: (id) => media.forget(id),
    hide: (id, isHidden = true) => media.setHidden(id, isHidden),
    spoil: (id, times) => media.spoil(id, times),
    subscribe: (listener) => phones.subscribe(listener),
    verifyWebhook: () => sender.subscribe(),
    close: async () => {
      life.close();
      sender.close();
      await app.close();
    },
  };
}

async function listen(
  app: FastifyInstance,
  { host = '127.0.0.1', port = 0 }: StandInOptions,
): Promise<number> {
  await app.listen({ host, port });
  return (app.server.address() as AddressInfo).port;
}

function urlHost(host = '127.0.0.1'): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function author(phones: Phones, contact: string | NewContact): PhoneContact {
  if (typeof contact !== 'string') return phones.contactAt(contact);
  const known = phones.contact(contact);
  if (known === undefined) throw new Error(`There is no contact ${contact}`);
  return known;
}

/** Whether the gateway takes webhooks; says so once per change. */
class LinkState {
  #value: Link = { state: 'connecting' };
  readonly #log: (sentence: string) => void;
  readonly #listeners = new Set<() => void>();

  constructor(log: (sentence: string) => void) {
    this.#log = log;
  }

  get value(): Link {
    return this.#value;
  }

  set(news: Link): void {
    const sentence = describe(news);
    if (sentence === describe(this.#value)) return;
    this.#value = news;
    this.#log(sentence);
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

function describe(link: Link): string {
  if (link.state === 'failing') return `${link.detail}; trying again.`;
  return link.state === 'connected' ? 'The gateway takes webhooks.' : 'Nothing sent to the gateway yet.';
}
