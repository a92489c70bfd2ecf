import type { Localizer } from '../../i18n/index.js';
import { TEAM_WORKBIN } from '../../model/index.js';
import type { Workbin } from '../../model/index.js';

/** What the team's workbin is called where the contact centre gave it no name: that is said in the agent's language. */
const UNNAMED = 'Team';

/** What to call a workbin. `agent` is who looks on. */
export function workbinName(
  { id, name, owner }: Pick<Workbin, 'id' | 'name' | 'owner'>,
  agent: string | null,
  words: Localizer,
): string {
  if (owner !== null && owner === agent) return words.t('workbins.own');
  return id === TEAM_WORKBIN && name === UNNAMED ? words.t('workbins.team') : name;
}
