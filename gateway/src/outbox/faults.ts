/** So many requests in a row tell that it is not the messages: one alone may meet an answer that says nothing. */
const FEW = 3;

interface Fault {
  readonly channel: string;
  readonly message: string;
  /** How often the message has been taken up, this time included. */
  readonly attempts: number;
  /** WhatsApp's error code; null when nobody answered, or not in the words of the Cloud API. */
  readonly code: number | null;
}

/** Requests in a row, by number, that failed because of Meta or of the way there. */
export class Faults {
  readonly #inARow = new Map<string, Set<string>>();

  /** One more failed; told again, it counts once. Returns whether that are too many. */
  add({ channel, message, attempts, code }: Fault): boolean {
    const known = this.#inARow.get(channel) ?? new Set();
    this.#inARow.set(channel, known);
    // A code may be about its message after all, however often it comes; that nobody answers is not.
    known.add(code === null ? `${message}/${attempts}` : message);
    return known.size >= FEW;
  }

  /** The Cloud API answered a message over a number. */
  clear(channel: string): void {
    this.#inARow.delete(channel);
  }
}
