import { shows } from '../state.js';
import type { Group, State } from '../state.js';
import { GalleryWorkspace } from '../workspace.js';
import type { Scene } from '../workspace.js';

const settings = (id: string, title: string, chosen: NonNullable<Scene['settings']>): State =>
  shows('agent-settings', id, title, () => ({ workspace: new GalleryWorkspace({ settings: chosen }) }));

export const agentSettings: Group = {
  tag: 'agent-settings',
  states: [
    settings('nothing', 'Nothing is chosen', {}),
    settings('all', 'Most is chosen', {
      density: 'compact',
      enter: 'newline',
      sound: true,
      notifications: true,
    }),
    settings('other-language', 'A language other than the page’s', { language: 'ar' }),
    settings('later', 'A language that is not there', { language: 'tlh' }),
    shows('agent-settings', 'no-workspace', 'Before a workspace is there', () => ({})),
  ],
};
