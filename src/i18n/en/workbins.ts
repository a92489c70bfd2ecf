import type { Entry } from '../catalogue.js';

/** Words of the workbins. */
export const workbins = {
  'workbins.label': 'Workbins',
  'workbins.count': { one: '{count} parked', other: '{count} parked' },
  'workbins.empty': 'Nothing is parked here. Move an interaction here to come back to it later.',
  'workbins.none': 'There are no workbins.',
  'workbins.error': 'The workbin could not be loaded.',
  'workbins.parked-at': 'Parked {time}',
} as const satisfies Record<string, Entry>;
