/** Free text may be sent for 24 hours from the contact's last message; afterwards the Cloud API refuses it with 131047. */
export const SERVICE_WINDOW = 24 * 60 * 60 * 1000;

/** The last stretch in which an agent is warned. */
export const WINDOW_CLOSING = 2 * 60 * 60 * 1000;

export type ServiceWindow = 'open' | 'closing' | 'closed';

/** @param closesAt Milliseconds since the epoch; null when the contact never wrote. */
export function serviceWindow(closesAt: number | null, now: number): ServiceWindow {
  if (closesAt === null || closesAt <= now) return 'closed';
  return closesAt - now < WINDOW_CLOSING ? 'closing' : 'open';
}
