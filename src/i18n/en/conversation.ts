import type { Entry } from '../catalogue.js';

/** Words of the conversation: its header, transcript, messages and composer. */
export const conversation = {} as const satisfies Record<string, Entry>;
