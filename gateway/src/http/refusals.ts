import { errorFields, type Log } from '../log.js';

const INTERVAL = 60_000;
const SENTENCE = 'Webhooks could not be stored; WhatsApp will send them again';

/** Says which webhooks could not be stored: at once, and from then on once a minute, however many there are. */
export class Refusals {
  readonly #log: Log;
  #count = 0;
  #last: unknown = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(log: Log) {
    this.#log = log;
  }

  note(error: unknown): void {
    this.#count++;
    this.#last = error;
    if (!this.#timer) this.#say();
  }

  #say(): void {
    this.#timer = null;
    if (this.#count === 0) return;
    this.#log.error(SENTENCE, { webhooks: this.#count, ...errorFields(this.#last) });
    this.#count = 0;
    this.#timer = setTimeout(() => this.#say(), INTERVAL);
    this.#timer.unref();
  }
}
