import { waitUntil as waitUntilWithin } from '@open-wc/testing';

/** How long a condition may take, in ms: far more than it takes, because the machine may be busy. */
const PATIENCE = 10_000;

/** Resolves when the condition holds; rejects with the message when it does not come true in time. */
export function waitUntil(
  condition: Parameters<typeof waitUntilWithin>[0],
  message?: string,
  options: { interval?: number; timeout?: number } = {},
): Promise<void> {
  return waitUntilWithin(condition, message, { timeout: PATIENCE, ...options });
}
