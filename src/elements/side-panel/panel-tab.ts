/** The panels, in the order of their tabs. */
export const PANEL_TABS = ['responses', 'case', 'contact', 'notification'] as const;

export type PanelTab = (typeof PANEL_TABS)[number];

/**
 * Where the side panel is. docked: beside the conversation, or folded to its strip of tabs. overlay: a strip of tabs that opens the panel over the end side
 * of the messages. sheet: over all messages; nothing while it is closed.
 */
export type PanelLayout = 'docked' | 'overlay' | 'sheet';
