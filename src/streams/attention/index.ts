/** What is new and unseen, what is urgent, and what is being looked at in which tab. */
export { alerts } from './lazy-alerts.js';
export { attention } from './attention.js';
export { lookedAt, lookingHere } from './looking.js';
export { readMarks } from './lazy-read-marks.js';
export { Unread } from './unread.js';
