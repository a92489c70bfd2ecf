import type { Entry } from '../catalogue.js';

/** Words of what finds messages in a conversation. */
export const search = {
  'search.gone': 'This message is not there any more.',
  'search.offline': 'Older messages cannot be loaded at the moment. Try again when the link is back.',
  'search.unsupported': 'Your contact centre cannot show messages so far back.',
} as const satisfies Record<string, Entry>;
