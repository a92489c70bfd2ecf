/** What the agent has chosen for the own desk. */
export { Settings } from './settings.js';
