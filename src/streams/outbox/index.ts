/** Messages from the agent's hands to the log. */
export { ECHO_PATIENCE } from './acknowledgements.js';
export { Outbox } from './outbox.js';
export type { OutboxOptions } from './outbox.js';
export { lateFailures } from './lazy-late-failures.js';
export { undeliveredWords } from './words.js';
export type { Words } from './words.js';
export { isComplete, isDue } from './lanes.js';
