import type { Interaction } from './interaction.js';
import type { Policy } from './policy.js';

export type PendencyLevel = 'ok' | 'warning' | 'critical';

export type PendencyThresholds = Pick<Policy, 'pendingWarning' | 'pendingCritical'>;

/** How urgent an answer is to a contact who has waited since `since`. A contact who wrote in the future waits from now. */
export function pendencyLevel(since: number, now: number, thresholds: PendencyThresholds): PendencyLevel {
  const waited = now - since;
  if (waited >= thresholds.pendingCritical) return 'critical';
  return waited >= thresholds.pendingWarning ? 'warning' : 'ok';
}

/** When the level next changes; null once it is critical. */
export function nextPendencyChange(
  since: number,
  now: number,
  thresholds: PendencyThresholds,
): number | null {
  const changes = [since + thresholds.pendingWarning, since + thresholds.pendingCritical];
  const coming = changes.filter((at) => at > now);
  return coming.length > 0 ? Math.min(...coming) : null;
}

/** Orders interactions by who has waited longest for an answer; those that owe none come last, newest first. */
export function byUrgency(a: Interaction, b: Interaction): number {
  if (a.pendency && b.pendency) return a.pendency.since - b.pendency.since || compareIds(a, b);
  if (a.pendency) return -1;
  if (b.pendency) return 1;
  return (b.lastMessage?.at ?? b.createdAt) - (a.lastMessage?.at ?? a.createdAt) || compareIds(a, b);
}

function compareIds(a: Interaction, b: Interaction): number {
  return a.id < b.id ? -1 : 1;
}
