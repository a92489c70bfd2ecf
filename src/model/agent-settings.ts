/** How high rows are. */
export type Density = 'comfortable' | 'compact';

/** What an agent has chosen for the own desk, on this device. null: as the page has it. */
export interface AgentSettings {
  /** The tab of the side panel that was in front last. */
  readonly panelTab: string | null;
  /** Whether the side panel is folded where it stands beside the conversation. */
  readonly panelFolded: boolean | null;
  /** What Enter does in the text box of a conversation. */
  readonly enter: 'send' | 'newline' | null;
  readonly density: Density | null;
  /** A BCP 47 tag. */
  readonly language: string | null;
  /** Whether what is new is to be heard. */
  readonly sound: boolean | null;
  /** Whether the system shows what is new while the page cannot be seen. */
  readonly notifications: boolean | null;
}

/** What of a stored value makes sense to this version. */
const FITS: { readonly [K in keyof AgentSettings]: (value: unknown) => boolean } = {
  panelTab: isText,
  panelFolded: isFlag,
  enter: (value) => value === 'send' || value === 'newline',
  density: (value) => value === 'comfortable' || value === 'compact',
  language: isText,
  sound: isFlag,
  notifications: isFlag,
};

/** Nothing is chosen. */
export const DEFAULT_SETTINGS: AgentSettings = settingsOf(null);

/** What is stored, as far as this version knows it: another one may have written it. */
export function settingsOf(stored: unknown): AgentSettings {
  const known = (typeof stored === 'object' && stored) || {};
  const entries = Object.entries(FITS).map(([name, fits]) => {
    const value: unknown = Reflect.get(known, name);
    return [name, fits(value) ? value : null];
  });
  return Object.fromEntries(entries) as AgentSettings;
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isFlag(value: unknown): boolean {
  return typeof value === 'boolean';
}
