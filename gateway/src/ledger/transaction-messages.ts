import { changeMessage, type DomainEvent, type EventDraft, type Message } from 'whatsapp-workspace/model';
import type { Tx } from '../store/db.js';
import {
  insertMessages,
  releaseWamids,
  saveChanges,
  type NewChange,
  type NewMessage,
  type StoredMessage,
} from '../store/messages.js';

/** Where a fact came from, when it came from WhatsApp. */
export interface Origin {
  readonly wamid: string | null;
  /** As WhatsApp wrote it. */
  readonly raw: unknown;
}

/** The messages of one transaction: those that are known, new and changed. The interaction of a message must be held before it is changed. */
export class TransactionMessages {
  readonly #messages = new Map<string, Message>();
  /** Ids of ours by WhatsApp's. */
  readonly #ids = new Map<string, string>();
  readonly #added: NewMessage[] = [];
  readonly #changes: NewChange[] = [];
  readonly #released: string[] = [];

  hold(stored: readonly StoredMessage[]): void {
    for (const { message, wamid } of stored) {
      this.#messages.set(message.id, message);
      if (wamid !== null) this.#ids.set(wamid, message.id);
    }
  }

  /** A message as it is by now; null when it is not known. */
  byWamid(wamid: string | null): Message | null {
    const id = wamid === null ? undefined : this.#ids.get(wamid);
    return id === undefined ? null : (this.#messages.get(id) ?? null);
  }

  byId(id: string): Message | null {
    return this.#messages.get(id) ?? null;
  }

  /** @param place null: it stands in no transcript. */
  add(message: Message, place: number | null, origin: Origin | null): void {
    this.#messages.set(message.id, message);
    if (origin?.wamid) this.#ids.set(origin.wamid, message.id);
    this.#added.push({ message, place, wamid: origin?.wamid ?? null, raw: origin?.raw ?? null });
  }

  change(
    { at, body }: EventDraft<'message-changed'> | DomainEvent<'message-changed'>,
    origin: Origin | null,
  ): void {
    const { message: id, rev, change } = body;
    const message = this.#messages.get(id);
    if (!message) throw new Error('A message was changed that is not known.');
    const changed = changeMessage(message, { rev, change });
    this.#messages.set(id, changed);
    this.#changes.push({ message: changed, rev, at, change, raw: origin?.raw ?? null });
  }

  /** WhatsApp's id goes to another message from now on. */
  release(wamid: string): void {
    const id = this.#ids.get(wamid);
    this.#ids.delete(wamid);
    if (id !== undefined) this.#released.push(id);
  }

  async save(tx: Tx): Promise<void> {
    await releaseWamids(tx, this.#released);
    await insertMessages(tx, this.#added);
    await saveChanges(tx, this.#changes);
  }
}
