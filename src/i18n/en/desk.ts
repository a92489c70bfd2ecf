import type { Entry } from '../catalogue.js';

/** Words of the desk: status, connection, interaction bar, workbins; and what all elements share. */
export const desk = {
  'common.try-again': 'Try again',
  'common.cancel': 'Cancel',
  'common.close': 'Close',
  'common.details': 'Details',
  'common.loading': 'Loading',
  'time.today': 'Today',
  'time.yesterday': 'Yesterday',
  'time.seconds': '{count} s',
  'time.minutes': '{count} min',
  'time.hours': '{hours} h {minutes} min',
  'time.days': '{days} d {hours} h',
} as const satisfies Record<string, Entry>;
