import { once, EventEmitter } from 'node:events';

/** What may happen to a request to send. Two happen after the message was accepted: it will arrive. The last is an answer too: the message waits until its template is judged. */
export const SEND_FAULTS = [
  'none',
  'rate-limit',
  'pair-rate',
  'unavailable',
  'server-error',
  'expired-token',
  'cut-after-accept',
  'silent-after-accept',
  'held-for-quality',
] as const;

export type SendFault = (typeof SEND_FAULTS)[number];

export interface FaultSettings {
  /** Each webhook is delivered twice at the same time, each copy until it is answered with 200. */
  readonly duplicateWebhooks: boolean;
  /** Statuses come in the reverse order, with their true timestamps. */
  readonly reorderStatuses: boolean;
  /** Webhooks wait until this is switched off. */
  readonly holdWebhooks: boolean;
  /** What requests to send are answered with. */
  readonly sendFault: SendFault;
  /** For how many requests `sendFault` holds; null: until it is switched off. */
  readonly sendFaultTimes: number | null;
  /** What `rate-limit` and `unavailable` say in `Retry-After`. */
  readonly retryAfterSeconds: number;
  /** The next message is accepted and then fails with this error code; null: none. */
  readonly failNext: number | null;
  /** No fault: whether contacts read what comes without opening the conversation on the page. */
  readonly readsAtOnce: boolean;
}

export const NO_FAULTS: FaultSettings = {
  duplicateWebhooks: false,
  reorderStatuses: false,
  holdWebhooks: false,
  sendFault: 'none',
  sendFaultTimes: null,
  retryAfterSeconds: 2,
  failNext: null,
  readsAtOnce: true,
};

/** The switches of the stand-in. */
export class Faults {
  #settings: FaultSettings = NO_FAULTS;
  readonly #emitter = new EventEmitter();

  constructor() {
    // Every held webhook waits here.
    this.#emitter.setMaxListeners(0);
  }

  get settings(): FaultSettings {
    return this.#settings;
  }

  /** Changes what is named and leaves the rest. */
  set(patch: Partial<FaultSettings>): void {
    this.#settings = { ...this.#settings, ...patch };
    this.#emitter.emit('change');
  }

  /** Everything as it was at the start. */
  clear(): void {
    this.set(NO_FAULTS);
  }

  /** Returns what ends it. */
  onChange(listener: () => void): () => void {
    this.#emitter.on('change', listener);
    return () => void this.#emitter.off('change', listener);
  }

  /** What happens to the request at hand; counts it. */
  takeSendFault(): SendFault {
    const { sendFault, sendFaultTimes } = this.#settings;
    if (sendFault === 'none' || sendFaultTimes === null) return sendFault;
    const left = sendFaultTimes - 1;
    this.set(left > 0 ? { sendFaultTimes: left } : { sendFault: 'none', sendFaultTimes: null });
    return sendFault;
  }

  /** The code with which the message at hand is to fail, or null; counts it. */
  takeFailure(): number | null {
    const code = this.#settings.failNext;
    if (code !== null) this.set({ failNext: null });
    return code;
  }

  /** Resolves when webhooks are not held. Rejects when the signal aborts. */
  async released(signal: AbortSignal): Promise<void> {
    while (this.#settings.holdWebhooks) await once(this.#emitter, 'change', { signal });
  }
}

type Check = (value: unknown) => boolean;

const isBoolean: Check = (value) => typeof value === 'boolean';
const isCount = (least: number, most: number): Check => {
  return (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
};
const orNull = (check: Check): Check => {
  return (value) => value === null || check(value);
};

const CHECKS: Readonly<Record<keyof FaultSettings, Check>> = {
  duplicateWebhooks: isBoolean,
  reorderStatuses: isBoolean,
  holdWebhooks: isBoolean,
  sendFault: (value) => SEND_FAULTS.some((fault) => fault === value),
  sendFaultTimes: orNull(isCount(1, 10_000)),
  retryAfterSeconds: isCount(0, 3_600),
  failNext: orNull(isCount(1, 999_999)),
  readsAtOnce: isBoolean,
};

/** Reads a patch that came as JSON. Returns a sentence when a name or value is not right. */
export function readFaultPatch(body: unknown): Partial<FaultSettings> | string {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'Send an object of faults.';
  for (const [name, value] of Object.entries(body)) {
    const check = Object.hasOwn(CHECKS, name) ? CHECKS[name as keyof FaultSettings] : undefined;
    if (check === undefined) return `There is no fault ${name}; there are ${Object.keys(CHECKS).join(', ')}.`;
    if (!check(value)) return `${JSON.stringify(value)} is no value for ${name}.`;
  }
  return body;
}
