/** Messages between the tabs of one agent, and when each looks at what they share. */
export { LOOK_AGAIN, looks } from './looks.js';
export type { LookOptions } from './looks.js';
export { TAB_PROTOCOL, Tabs } from './tab-messages.js';
