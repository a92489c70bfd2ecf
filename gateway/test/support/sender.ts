import type { SendResult, TextToSend } from '../../src/cloud-api/index.js';
import type { Sender } from '../../src/outbox/worker.js';
import { newWamid } from './webhooks.js';

/** One request to the Cloud API that has not been answered yet. */
export interface OpenRequest {
  readonly message: TextToSend;
  answer(result: SendResult): void;
}

/** A Cloud API of whose answers the test decides: it accepts everything unless told otherwise. */
export class ScriptedSender implements Sender {
  /** All requests so far. */
  readonly requests: TextToSend[] = [];
  /** Requests that wait for their answer, when `held`. */
  readonly open: OpenRequest[] = [];
  /** Answers for the next requests. */
  readonly script: SendResult[] = [];
  held = false;

  get texts(): readonly string[] {
    return this.requests.map(({ text }) => text);
  }

  sendText(message: TextToSend): Promise<SendResult> {
    this.requests.push(message);
    if (this.held) return new Promise((answer) => this.open.push({ message, answer }));
    return Promise.resolve(this.script.shift() ?? accepted());
  }
}

export function accepted(wamid: string = newWamid()): SendResult {
  return { outcome: 'accepted', wamid };
}

export function failing(
  outcome: 'retry' | 'refused' | 'unknown' | 'blocked',
  code: number | null = null,
): SendResult {
  const error = { code, detail: `It is ${outcome}.` };
  if (outcome === 'retry') return { outcome, error, retryAfter: null };
  return outcome === 'refused' ? { outcome, error, retryAfter: null } : { outcome, error };
}
