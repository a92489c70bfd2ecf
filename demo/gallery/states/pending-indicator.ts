import { DAY, HOUR, MINUTE, NOW, SECOND } from '../time.js';
import { shows } from '../state.js';
import type { Group, State } from '../state.js';

const since = (id: string, title: string, ms: number): State =>
  shows('pending-indicator', id, title, () => ({ since: NOW - ms }));

export const pendingIndicator: Group = {
  tag: 'pending-indicator',
  states: [
    since('just-now', 'Just now', 0),
    since('ok', 'Green: 12 seconds', 12 * SECOND),
    since('about-to-warn', 'A moment before yellow', 29 * SECOND),
    since('warning', 'Yellow: 41 seconds', 41 * SECOND),
    since('critical', 'Red: 4 minutes', 4 * MINUTE),
    since('hours', 'Red: an hour and a half', HOUR + 30 * MINUTE),
    since('days', 'Red: three days', 3 * DAY + 5 * HOUR),
    shows('pending-indicator', 'own-thresholds', 'Yellow after 5 minutes, red after 10', () => ({
      since: NOW - 6 * MINUTE,
      warning: 300,
      critical: 600,
    })),
    shows('pending-indicator', 'date', 'Since an ISO date', () => ({
      since: new Date(NOW - 35 * SECOND).toISOString(),
    })),
    since('future', 'A contact whose clock is ahead', -5 * MINUTE),
    shows('pending-indicator', 'none', 'Nobody waits: nothing is shown', () => ({ since: null })),
  ],
};
