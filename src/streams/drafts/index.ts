/** What is being written, kept over reloads. */
export { Drafts } from './drafts.js';
