import type { Entry } from '../catalogue.js';

/** Words of what finds messages in a conversation. */
export const search = {
  'search.gone': 'This message is not there any more.',
  'search.offline': 'Older messages cannot be loaded at the moment. Try again when the link is back.',
  'search.unsupported': 'Your contact centre cannot show messages so far back.',
  'search.region': 'Search in conversation',
  'search.field': 'Search messages',
  'search.older': 'Older match',
  'search.newer': 'Newer match',
  'search.date': 'Go to date…',
  'search.words': 'Search for words',
  'search.close': 'Close the search',
  'search.day': 'Date',
  'search.go': 'Go',
  'search.busy': 'Searching…',
  'search.none': 'No matches',
  'search.match': 'Match {position} of {count}',
  'search.match-more': 'Match {position} of more than {count}',
  'search.failed': 'The search did not work. Try again with Enter.',
  'search.no-link': 'There is no connection. Try again with Enter when it is back.',
  'search.no-messages': 'There are no messages in this conversation.',
} as const satisfies Record<string, Entry>;
