import type { FileLimits } from './file-limits.js';

/** What the contact centre has decided; the gateway tells it to each desk. Durations are milliseconds. */
export interface Policy {
  /** From when a pendency is a warning (yellow). */
  readonly pendingWarning: number;
  /** From when a pendency is critical (red, flashing). */
  readonly pendingCritical: number;
  /** How long an offer rings at one agent. */
  readonly offerTimeout: number;
  /** How many interactions one agent may have on the desk at once. */
  readonly agentCapacity: number;
  /** The longest text message, in characters (code points), as the Cloud API counts. */
  readonly textLimit: number;
  /** Reasons for Not Ready that agents choose from, in the words of the contact centre and its order. */
  readonly notReadyReasons: readonly string[];
  /** Which files may be sent, by kind, where that is less than WhatsApp takes; what is left out is as WhatsApp has it (`fileLimits()`). */
  readonly files?: Partial<FileLimits>;
  /** When contacts are told that they were read: when an agent has the message in front, or with the answer; never by default. */
  readonly readReceipts?: 'never' | 'seen' | 'answered';
  /** When contacts are told that somebody writes, which tells them that they were read as well; never by default. */
  readonly typingIndicator?: 'never' | 'seen' | 'writing';
}

export const DEFAULT_POLICY: Policy = {
  pendingWarning: 30_000,
  pendingCritical: 50_000,
  offerTimeout: 30_000,
  agentCapacity: 10,
  textLimit: 4096,
  notReadyReasons: [],
};
