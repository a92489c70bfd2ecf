import type { TemplateResult } from 'lit';
import { icon, iconOf } from './icons.js';
import type { IconName } from './icons.js';
import { ICON_PATHS } from './more-icon-paths.js';

export type MoreIconName = IconName | keyof typeof ICON_PATHS;

/** As `icon`, also of what only parts show that come after the first load. */
export function moreIcon(name: MoreIconName, size = 20): TemplateResult {
  return isMore(name) ? iconOf(ICON_PATHS[name], size) : icon(name, size);
}

function isMore(name: MoreIconName): name is keyof typeof ICON_PATHS {
  return name in ICON_PATHS;
}
