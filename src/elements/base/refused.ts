import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { Open, RefusalKind } from '../../model/index.js';
import { icon } from './icons.js';
import { refusalText } from './refusal.js';

/** Whose command the contact centre has refused, and why. */
export interface Refused {
  readonly name: string;
  readonly kind: Open<RefusalKind>;
}

/** Says that a command about somebody was refused, where the agent gave it, until it is closed. */
export function renderRefused(
  { name, kind }: Refused,
  words: Localizer,
  onClose: () => void,
): TemplateResult {
  const close = words.t('common.close');
  return html`<div class="problem" role="alert">
    ${icon('alert-circle')}
    <p><bdi class="truncate" title=${name}>${name}</bdi>: ${refusalText(words, kind)}</p>
    <button class="icon-button" type="button" aria-label=${close} title=${close} @click=${onClose}>
      ${icon('close')}
    </button>
  </div>`;
}
