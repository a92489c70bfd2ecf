import type { SendingTrouble } from 'whatsapp-workspace/model';
import type { MessageToSend, RetryScope, SendResult } from '../../src/cloud-api/index.js';
import type { Sender } from '../../src/outbox/worker.js';
import { newWamid } from './webhooks.js';

/** One request to the Cloud API that has not been answered yet. */
export interface OpenRequest {
  readonly message: MessageToSend;
  answer(result: SendResult): void;
}

/** A Cloud API of whose answers the test decides: it accepts everything unless told otherwise. */
export class ScriptedSender implements Sender {
  /** All requests so far. */
  readonly requests: MessageToSend[] = [];
  /** Requests that wait for their answer, when `held`. */
  readonly open: OpenRequest[] = [];
  /** Answers for the next requests. */
  readonly script: SendResult[] = [];
  held = false;

  get texts(): readonly string[] {
    return this.requests.map(({ content }) => (content.kind === 'text' ? content.text : content.kind));
  }

  send(message: MessageToSend): Promise<SendResult> {
    this.requests.push(message);
    if (this.held) return new Promise((answer) => this.open.push({ message, answer }));
    return Promise.resolve(this.script.shift() ?? accepted());
  }
}

/** @param recipient Whom WhatsApp took the address for. */
export function accepted(
  wamid: string = newWamid(),
  recipient: { readonly phone?: string; readonly bsuid?: string } | null = null,
): SendResult {
  const nobody = { phone: null, bsuid: null, parentBsuid: null, username: null, name: null };
  return { outcome: 'accepted', wamid, ...(recipient && { recipient: { ...nobody, ...recipient } }) };
}

export function failing(
  outcome: 'retry' | 'refused' | 'unknown',
  code: number | null = null,
  scope: RetryScope = 'message',
): SendResult {
  const error = { code, detail: `It is ${outcome}.` };
  return outcome === 'retry' ? { outcome, error, retryAfter: null, scope } : { outcome, error };
}

export function blocked(code: number, trouble: SendingTrouble = 'access'): SendResult {
  return { outcome: 'blocked', error: { code, detail: 'It is blocked.' }, trouble };
}
