import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { PhoneContact } from './contacts.js';
import type { Faults } from './faults.js';
import { failure } from './graph-error.js';
import { messageWebhook, statusWebhook, type BusinessNumber, type StatusFacts } from './payloads.js';
import type { PhoneFile, PhoneMessage, Phones } from './phones.js';
import type { MediaStore, StoredFile } from './media-store.js';
import { isMisplaced, type SendRequest } from './send-request.js';
import type { WebhookSender } from './webhook-sender.js';

/** Pauses before each status, in milliseconds. */
export interface StatusDelays {
  readonly sent: number;
  readonly delivered: number;
  readonly read: number;
}

export interface ContactLifeOptions {
  readonly business: BusinessNumber;
  readonly phones: Phones;
  readonly sender: WebhookSender;
  readonly faults: Faults;
  readonly delays: StatusDelays;
  readonly media: MediaStore;
}

/** A message as a contact writes it: a text, or any other type with what belongs to it, as in a webhook. */
export type ContactWrites =
  | { readonly text: string; readonly replyTo?: string }
  | { readonly file: FileToSend }
  | { readonly raw: Content; readonly shown?: string };

/** A file as a contact sends it. */
export interface FileToSend {
  readonly type: 'image' | 'video' | 'audio' | 'document' | 'sticker';
  readonly mime: string;
  readonly bytes: Buffer;
  /** Shown for documents. */
  readonly name?: string;
  readonly caption?: string;
  /** Audio recorded as a voice note. */
  readonly voice?: boolean;
}

/** A message that a contact has written. */
export interface WrittenMessage {
  readonly wamid: string;
  /** True when the gateway took its webhook, false when the stand-in closed before. */
  readonly taken: Promise<boolean>;
}

type Content = { readonly type: string } & Readonly<Record<string, unknown>>;
type Step = 'sent' | 'delivered' | 'read';

const UNDELIVERABLE = 131026;

/** What contacts and WhatsApp do: messages from contacts go out as webhooks, messages to them climb through their statuses. */
export class ContactLife {
  readonly #options: ContactLifeOptions;
  readonly #closing = new AbortController();

  constructor(options: ContactLifeOptions) {
    this.#options = options;
  }

  write(contact: PhoneContact, writes: ContactWrites): WrittenMessage {
    const { phones, sender, business, media } = this.#options;
    const { content, text, file } =
      'file' in writes ? fileContent(writes.file, media) : contentOf(business, writes);
    const wamid = newWamid();
    const at = Date.now();
    phones.addMessage({
      wamid,
      contact: contact.id,
      author: 'contact',
      at,
      type: content.type,
      text,
      state: 'pending',
      error: null,
      callbackData: null,
      file,
    });
    const webhook = messageWebhook(business, contact, { wamid, timestamp: seconds(at), content });
    const taken = sender.send(contact.id, webhook).then((done) => {
      if (done) phones.advance(wamid, 'taken');
      return done;
    });
    return { wamid, taken };
  }

  /** Takes a message of the business: it is on its way from now on. Returns its id and who gets it. */
  accept(request: SendRequest): { readonly wamid: string; readonly contact: PhoneContact } {
    const { phones, faults, media } = this.#options;
    const file = request.mediaId === null ? undefined : media.get(request.mediaId);
    const contact = phones.contactAt(request);
    const message: PhoneMessage = {
      wamid: newWamid(),
      contact: contact.id,
      author: 'business',
      at: Date.now(),
      type: request.type,
      text: request.text,
      state: 'accepted',
      error: null,
      callbackData: request.callbackData,
      file: file ? { id: file.id, mime: file.mime, name: request.fileName ?? file.name } : null,
      ...(request.choices.length > 0 && { choices: request.choices }),
      ...(request.template && { template: request.template }),
    };
    phones.addMessage(message);
    // Nothing is told of what WhatsApp holds back.
    if (faults.settings.sendFault === 'held-for-quality') return { wamid: message.wamid, contact };
    const code = isMisplaced(request) ? UNDELIVERABLE : faults.takeFailure();
    void this.#untilClosed(
      code === null ? this.#climb(contact, message) : this.#fail(contact, message, code),
    );
    return { wamid: message.wamid, contact };
  }

  /** The business has read a message of a contact, and all before it. Returns whether there is such a message. */
  markRead(wamid: string, typing: boolean): boolean {
    const { phones } = this.#options;
    const read = phones.message(wamid);
    if (read?.author !== 'contact') return false;
    for (const message of phones.messages())
      if (message.contact === read.contact && message.author === 'contact' && message.at <= read.at)
        phones.advance(message.wamid, 'read');
    if (typing) phones.showTyping(read.contact);
    return true;
  }

  /** The contact taps on a button or a row of a message. Returns null when there is no such. */
  tap(contact: PhoneContact, wamid: string, choice: string): WrittenMessage | null {
    const message = this.#options.phones.message(wamid);
    const chosen = message?.choices?.find(({ id }) => id === choice);
    if (message?.contact !== contact.id || !chosen) return null;
    const { id, title, description, reply } = chosen;
    const context = { from: this.#options.business.displayPhoneNumber, id: wamid };
    if (reply === 'template') {
      const payload = id.slice(id.indexOf(':') + 1);
      return this.write(contact, {
        raw: { type: 'button', context, button: { payload, text: title } },
        shown: title,
      });
    }
    const tapped = { id, title, ...(description !== null && { description }) };
    const content = {
      type: 'interactive',
      context,
      interactive: { type: reply, [reply]: tapped },
    };
    return this.write(contact, { raw: content, shown: title });
  }

  /** The contact has the conversation open: what is on the phone is read. */
  read(contact: PhoneContact): void {
    for (const message of this.#options.phones.messages()) {
      const unread = message.author === 'business' && message.state === 'delivered';
      if (unread && message.contact === contact.id) this.#take(contact, message, 'read', seconds(Date.now()));
    }
  }

  close(): void {
    this.#closing.abort();
  }

  async #climb(contact: PhoneContact, message: PhoneMessage): Promise<void> {
    const { settings } = this.#options.faults;
    const ladder: Step[] = settings.readsAtOnce ? ['sent', 'delivered', 'read'] : ['sent', 'delivered'];
    if (settings.reorderStatuses) return this.#climbReversed(contact, message, ladder);
    for (const step of ladder) {
      await this.#pause(step);
      this.#take(contact, message, step, seconds(Date.now()));
    }
  }

  async #climbReversed(contact: PhoneContact, message: PhoneMessage, ladder: readonly Step[]): Promise<void> {
    for (const step of ladder) await this.#pause(step);
    const start = seconds(message.at);
    for (const step of ladder.toReversed()) {
      this.#options.phones.advance(message.wamid, step);
      this.#report(contact, message, { state: step, timestamp: start + ladder.indexOf(step), code: null });
    }
  }

  async #fail(contact: PhoneContact, message: PhoneMessage, code: number): Promise<void> {
    await this.#pause('sent');
    this.#options.phones.advance(message.wamid, 'failed', { code, title: failure(code).title });
    this.#report(contact, message, { state: 'failed', timestamp: seconds(Date.now()), code });
  }

  /** A step, unless the page was faster. */
  #take(contact: PhoneContact, message: PhoneMessage, state: Step, timestamp: number): void {
    if (!this.#options.phones.advance(message.wamid, state)) return;
    this.#report(contact, message, { state, timestamp, code: null });
  }

  #report(
    contact: PhoneContact,
    message: PhoneMessage,
    facts: Pick<StatusFacts, 'state' | 'timestamp' | 'code'>,
  ): void {
    const { wamid, callbackData } = message;
    const { sender, business } = this.#options;
    void sender.send(contact.id, statusWebhook(business, contact, { wamid, callbackData, ...facts }));
  }

  #pause(step: Step): Promise<void> {
    return delay(this.#options.delays[step], undefined, { signal: this.#closing.signal });
  }

  async #untilClosed(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (!this.#closing.signal.aborted) throw error;
    }
  }
}

interface Written {
  readonly content: Content;
  /** What the phone shows. */
  readonly text: string;
  readonly file: PhoneFile | null;
}

function contentOf(
  business: BusinessNumber,
  writes: Exclude<ContactWrites, { readonly file: unknown }>,
): Written {
  if ('raw' in writes) return { content: writes.raw, text: writes.shown ?? writes.raw.type, file: null };
  const { text, replyTo } = writes;
  const context =
    replyTo === undefined ? {} : { context: { from: business.displayPhoneNumber, id: replyTo } };
  return { content: { ...context, type: 'text', text: { body: text } }, text, file: null };
}

/** WhatsApp has the file, and the webhook names it. */
function fileContent({ type, mime, bytes, name, caption, voice }: FileToSend, media: MediaStore): Written {
  const stored: StoredFile = media.put({ mime, bytes, name: name ?? null });
  const { id, sha256 } = stored;
  const told = {
    id,
    mime_type: mime,
    sha256,
    ...(caption !== undefined && { caption }),
    ...(type === 'document' && name !== undefined && { filename: name }),
    ...(type === 'audio' && { voice: voice === true }),
    ...(type === 'sticker' && { animated: false }),
  };
  return {
    content: { type, [type]: told },
    text: caption ?? name ?? type,
    file: { id, mime, name: name ?? null },
  };
}

function newWamid(): string {
  return `wamid.${randomBytes(27).toString('base64')}`;
}

function seconds(at: number): number {
  return Math.floor(at / 1000);
}
