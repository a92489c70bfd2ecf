/** Files that the agent sends: what is attached, and what is being uploaded. */
export { LazyFiles } from './lazy-files.js';
export type { FilesOptions } from './files.js';
