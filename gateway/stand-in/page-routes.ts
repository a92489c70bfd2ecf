import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ContactLife } from './contact-life.js';
import type { NewContact } from './contacts.js';
import { readFaultPatch, SEND_FAULTS, type Faults } from './faults.js';
import type { BusinessNumber } from './payloads.js';
import type { MediaStore } from './media-store.js';
import type { PhoneMessage, Phones } from './phones.js';
import type { Link } from './webhook-sender.js';

export interface PageRoutesOptions {
  readonly business: BusinessNumber;
  readonly phones: Phones;
  readonly life: ContactLife;
  readonly faults: Faults;
  readonly media: MediaStore;
  readonly link: () => Link;
  /** Calls back whenever the link changes; returns what ends it. */
  readonly onLink: (listener: () => void) => () => void;
}

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; base-uri 'none'; " +
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};
const HEARTBEAT = 20_000;
/** How many messages of each phone a page gets when it opens. */
const SHOWN = 200;

/** The contact's phone: the page, its data as server-sent events, and what it does. */
export function pageRoutes(app: FastifyInstance, options: PageRoutesOptions): void {
  app.addHook('onSend', async (_, reply) => {
    void reply.headers(HEADERS);
  });
  void app.register(fastifyStatic, { root: pageFolder(), cacheControl: false });
  app.get('/phone/events', (_, reply) => streamEvents(reply, options));
  faultRoutes(app, options.faults);
  contactRoutes(app, options);
  fileRoutes(app, options);
}

function faultRoutes(app: FastifyInstance, faults: Faults): void {
  app.get('/faults', () => faults.settings);
  app.post('/faults', (request, reply) => {
    const patch = readFaultPatch(request.body);
    if (typeof patch === 'string') return complain(reply, 400, patch);
    faults.set(patch);
    return faults.settings;
  });
}

function contactRoutes(app: FastifyInstance, { phones, life }: PageRoutesOptions): void {
  app.post('/phone/contacts', (request, reply) => {
    const seed = readContact(request.body);
    if (typeof seed === 'string') return complain(reply, 400, seed);
    return reply.code(201).send(phones.addContact(seed));
  });
  app.post<{ Params: { id: string } }>('/phone/contacts/:id/messages', (request, reply) => {
    const contact = phones.contact(request.params.id);
    if (contact === undefined) return complain(reply, 404, 'There is no such contact.');
    const { text } = Object(request.body) as { text?: unknown };
    if (typeof text !== 'string' || text.trim() === '') return complain(reply, 400, 'Send a text.');
    return reply.code(202).send({ wamid: life.write(contact, { text }).wamid });
  });
  app.post<{ Params: { id: string } }>('/phone/contacts/:id/taps', (request, reply) => {
    const contact = phones.contact(request.params.id);
    const { wamid, choice } = Object(request.body) as { wamid?: unknown; choice?: unknown };
    const tapped = contact && life.tap(contact, String(wamid), String(choice));
    if (!tapped) return complain(reply, 404, 'There is nothing of the kind to tap on.');
    return reply.code(202).send({ wamid: tapped.wamid });
  });
  app.post<{ Params: { id: string } }>('/phone/contacts/:id/read', (request, reply) => {
    const contact = phones.contact(request.params.id);
    if (contact === undefined) return complain(reply, 404, 'There is no such contact.');
    life.read(contact);
    return reply.code(204).send();
  });
}

const FILE_KINDS = ['image', 'video', 'audio', 'document', 'sticker'] as const;
/** As much as WhatsApp takes of a contact. */
const MOST_BYTES = 100 * 1024 * 1024;

/** Files on phones: what was sent and got, and what a contact sends. */
function fileRoutes(app: FastifyInstance, { phones, life, media }: PageRoutesOptions): void {
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  app.get<{ Params: { id: string } }>('/phone/files/:id', (request, reply) => {
    const file = media.get(request.params.id);
    if (!file) return complain(reply, 404, 'There is no such file.');
    const isShown = /^(image|audio|video)\//.test(file.mime) && !file.mime.includes('svg');
    return reply
      .header('content-disposition', isShown ? 'inline' : 'attachment')
      .type(isShown ? file.mime : 'application/octet-stream')
      .send(file.bytes);
  });
  app.post<{ Params: { id: string } }>(
    '/phone/contacts/:id/files',
    { bodyLimit: MOST_BYTES },
    (request, reply) => {
      const contact = phones.contact(request.params.id);
      if (contact === undefined) return complain(reply, 404, 'There is no such contact.');
      const { name = '', caption = '' } = request.query as { name?: string; caption?: string };
      const mime = request.headers['content-type'] || 'application/octet-stream';
      const kind = FILE_KINDS.find((one) => mime.startsWith(`${one}/`)) ?? 'document';
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (bytes.length === 0) return complain(reply, 400, 'Send a file that is not empty.');
      const file = { type: mime === 'image/webp' ? 'sticker' : kind, mime, bytes, name } as const;
      const { wamid } = life.write(contact, { file: { ...file, ...(caption && { caption }) } });
      return reply.code(202).send({ wamid });
    },
  );
}

/** First all there is, then each change. A page that lost the connection begins anew. */
function streamEvents(reply: FastifyReply, options: PageRoutesOptions): FastifyReply {
  const { phones, faults, business, link } = options;
  reply.hijack();
  const stream = reply.raw;
  stream.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const send = (type: string, data: unknown): void => {
    stream.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const unsubscribes = [
    phones.subscribe((event) => send(event.type, event.type === 'contact' ? event.contact : event.message)),
    faults.onChange(() => send('faults', faults.settings)),
    options.onLink(() => send('link', link())),
  ];
  send('snapshot', {
    business,
    contacts: phones.contacts(),
    messages: recent(phones.messages()),
    faults: faults.settings,
    sendFaults: SEND_FAULTS,
    link: link(),
  });
  const heartbeat = setInterval(() => stream.write(':\n\n'), HEARTBEAT);
  stream.on('close', () => {
    clearInterval(heartbeat);
    for (const unsubscribe of unsubscribes) unsubscribe();
  });
  return reply;
}

function recent(messages: readonly PhoneMessage[]): PhoneMessage[] {
  const counts = new Map<string, number>();
  const shown = messages.toReversed().filter(({ contact }) => {
    const count = (counts.get(contact) ?? 0) + 1;
    counts.set(contact, count);
    return count <= SHOWN;
  });
  return shown.toReversed();
}

/** A new contact as the page asks for it, or a sentence about what is wrong. */
function readContact(body: unknown): NewContact | string {
  const { name, phone = '', username = '' } = Object(body) as Record<string, unknown>;
  if (typeof name !== 'string' || name.trim() === '') return 'Give the contact a name.';
  if (typeof phone !== 'string' || typeof username !== 'string') return 'Number and user name must be text.';
  if (name.length > 200 || username.length > 200) return 'Names have at most 200 characters.';
  const digits = phone.replaceAll(/[\s().+-]/g, '');
  if (digits !== '' && !/^\d{7,15}$/.test(digits)) return 'A number has 7 to 15 digits.';
  return { name, phone: digits, username };
}

function complain(reply: FastifyReply, status: number, sentence: string): FastifyReply {
  return reply.code(status).send({ error: sentence });
}

/** The page lies beside the sources, also when this runs compiled from another folder of the package. */
function pageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return join(folder, 'stand-in', 'page');
}
