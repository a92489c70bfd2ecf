import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { PendencyLevel } from '../../model/index.js';

/** Each level has a shape of its own, so that nobody depends on its colour: a ring, a triangle, an octagon. */
export const SHAPES: { readonly [L in PendencyLevel]: TemplateResult } = {
  ok: html`<svg class="shape" part="shape" viewBox="0 0 14 14" aria-hidden="true">
    <circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" stroke-width="2.5" />
  </svg>`,
  warning: html`<svg class="shape" part="shape" viewBox="0 0 14 14" aria-hidden="true">
    <path
      d="M7 1.5 13 12.5H1Z"
      fill="currentColor"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linejoin="round"
    />
    <path class="mark" d="M7 5.2V8.4M7 10.6V10.7" stroke-width="1.6" stroke-linecap="round" />
  </svg>`,
  critical: html`<svg class="shape" part="shape" viewBox="0 0 14 14" aria-hidden="true">
    <path d="M4.3.5H9.7L13.5 4.3V9.7L9.7 13.5H4.3L.5 9.7V4.3Z" fill="currentColor" />
    <path class="mark" d="M7 3.6V7.6M7 10.3V10.4" stroke-width="1.8" stroke-linecap="round" />
  </svg>`,
};
