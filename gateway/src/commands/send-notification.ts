import { createHash } from 'node:crypto';
import {
  notify,
  outboundMediaRef,
  shownContent,
  type Contact,
  type OutboundTemplate,
  type Refusal,
} from 'whatsapp-workspace/model';
import { ContactResolver, toContact } from '../contacts/contact-resolver.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Work } from '../ledger/work.js';
import { registerChannel } from '../store/channels.js';
import { claimCommand } from '../store/commands.js';
import { lockContacts, saveAddresses, saveContacts } from '../store/contacts.js';
import { findLatest, lockInteractions } from '../store/interactions.js';
import { readSendable } from '../store/media.js';
import type { Rules } from './facts.js';

/** What another system wants a contact to be told. */
export interface NotificationRequest {
  readonly channel: string;
  /** Digits. */
  readonly phone: string;
  readonly content: OutboundTemplate;
}

/** The system that sends it, as its token names it. */
export interface NotifyingSystem {
  readonly id: string;
  readonly name: string;
}

export type NotificationOutcome =
  | { readonly ok: true; /** The message's client id, which its statuses name. */ readonly id: string }
  | { readonly ok: false; readonly error: Refusal };

/** Undoes what the transaction has done. */
class Refused extends Error {
  readonly error: Refusal;

  constructor(error: Refusal) {
    super('refused');
    this.error = error;
  }
}

/**
 * Sends a template to a contact for another system, once for each key of that system. What is refused leaves nothing, so that the same key may be used again. By the
 * rules that agents' messages follow.
 * @throws When the database fails; then nothing has happened, or all of it, and the same request may be made again.
 */
export async function sendNotification(
  ledger: Ledger,
  rules: Rules,
  system: NotifyingSystem,
  key: string,
  request: NotificationRequest,
): Promise<NotificationOutcome> {
  const id = `n-${hashOf([system.id, key])}`;
  const carry = async (work: Work) => {
    const { tx, now } = work;
    const hash = hashOf(request);
    const stored = await claimCommand(tx, { id, agent: system.id, hash, now });
    if (!stored) await carryOut(work, rules, system, id, request);
    else if (stored.hash !== hash) throw new Refused(KEY_REUSED);
  };
  try {
    await ledger.write(carry, { command: id, about: request.phone });
    return { ok: true, id };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.error };
    throw error;
  }
}

const KEY_REUSED: Refusal = {
  kind: 'id-reused',
  sentence: 'Another notification had this key before.',
  retryable: false,
};

async function carryOut(
  work: Work,
  { policy, templates }: Rules,
  system: NotifyingSystem,
  clientId: string,
  { channel, phone, content }: NotificationRequest,
): Promise<void> {
  const { tx, now } = work;
  const media = outboundMediaRef(content);
  const shown = shownContent(content, {
    policy,
    template: await templates.find(tx, channel, content),
    file: media === null ? null : await readSendable(tx, media.id, { agent: system.id, workbins: [], now }),
  });
  if (!shown.ok) throw new Refused(shown.error);
  await registerChannel(tx, channel, now);
  const contact = await findContact(work, phone);
  const ids = await findLatest(tx, [contact.id]);
  work.hold(await lockInteractions(tx, { ids, openOf: [contact.id] }));
  const own = work.interactions().filter((one) => one.channel === channel);
  const open = own.find(({ state }) => state !== 'done') ?? null;
  const latest = own.toSorted((a, b) => b.createdAt - a.createdAt)[0] ?? null;
  const author = { id: system.id, name: system.name };
  const told = { channel, contact, content: shown.content, author, clientId };
  for (const event of notify(open, latest, told, work)) {
    work.record(event);
    if (event.type === 'message-sent') work.send({ message: event.body.message.id, content });
  }
}

/** Whoever has the number; somebody new where nobody has. What WhatsApp knows of numbers counts more than what others say: nothing is learned of a known one. */
async function findContact({ tx, newId, now }: Work, phone: string): Promise<Contact> {
  const known = await lockContacts(tx, [{ kind: 'wa_id', value: phone }]);
  const [owner] = known.contacts;
  if (owner) return toContact(owner);
  const resolver = new ContactResolver(known, { newId, now });
  const identity = { phone, bsuid: null, parentBsuid: null, name: null, username: null };
  const contact = resolver.identify(identity, 0);
  await saveContacts(tx, resolver.changed);
  await saveAddresses(tx, resolver.learned);
  return toContact(contact);
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
