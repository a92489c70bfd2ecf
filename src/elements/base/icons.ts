import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { ICON_PATHS } from './icon-paths.js';

export type IconName = keyof typeof ICON_PATHS;

/** An icon as decoration: `currentColor`, hidden from assistive technology; the control around it has the name. `size` in pixels. */
export function icon(name: IconName, size = 20): TemplateResult {
  return iconOf(ICON_PATHS[name], size);
}

/** An icon by its path data, for what is loaded later and brings it. */
export function iconOf(path: string, size = 20): TemplateResult {
  return html`<svg
    viewBox="0 0 24 24"
    width=${size}
    height=${size}
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d=${path} />
  </svg>`;
}
