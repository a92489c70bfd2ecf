/** Commands, sent until they are answered. */
export { answered } from './answered.js';
export type { AnswerOptions } from './answered.js';
export { executeNow } from './commands.js';
export type { CommandOptions } from './commands.js';
