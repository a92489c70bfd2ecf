import type { TemplateResult } from 'lit';
import { iconOf, moreIcon } from '../base/index.js';
import type { MoreIconName } from '../base/index.js';
import { ICON_PATHS } from './icon-paths.js';

/** The icons of kinds of content come with their views; the others are there for all. */
export type ContentIconName = MoreIconName | keyof typeof ICON_PATHS;

export function contentIcon(name: ContentIconName, size = 20): TemplateResult {
  return isOwn(name) ? iconOf(ICON_PATHS[name], size) : moreIcon(name, size);
}

function isOwn(name: ContentIconName): name is keyof typeof ICON_PATHS {
  return Object.hasOwn(ICON_PATHS, name);
}
