/** What the desk knows, folded from events. */
export { changedInteractions } from './changes.js';
export { Store } from './store.js';
