/** The library of prepared responses, for those who ask for it. */
export { lazyResponses } from './lazy-responses.js';
