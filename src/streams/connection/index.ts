/** The link to the contact centre: opened again and again, with the server’s time. */
export { backoff } from './backoff.js';
export type { BackoffPolicy } from './backoff.js';
export { failureOf } from './failure.js';
export { CentreLink } from './centre-link.js';
export type { CentreLinkOptions } from './centre-link.js';
export { tokenExpiring } from './lazy-token-expiry.js';
