import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { MediaContent } from '../../model/index.js';
import { icon, iconOf } from '../base/index.js';
import { ICON_PATHS } from './icon-paths.js';
import type { SourceState } from '../../context/media-sources.js';

/** What is in the place of a file that cannot be shown now, or not yet. */
export interface Absence {
  readonly sentence: string;
  /** It comes by itself. */
  readonly coming: boolean;
  /** What might help; null when nothing does. */
  readonly remedy: { readonly text: string; readonly run: () => void } | null;
}

/** What keeps a file from being shown, before anything is known of its address; null when nothing does. */
export function absenceOf(
  { status, media }: MediaContent,
  hasWorkspace: boolean,
  words: Localizer,
): Absence | null {
  const sentence = (text: string, coming = false): Absence => ({ sentence: text, coming, remedy: null });
  if (status === 'gone') return sentence(words.t('message.media-gone'));
  if (status === 'refused') return sentence(words.t('message.media-missing'));
  if (status === 'fetching') return sentence(words.t('media.fetching'), true);
  if (media === null) return sentence(words.t('media.wanted'));
  return hasWorkspace ? null : sentence(words.t('common.no-workspace'));
}

/** Why there is no address to show a file from; null while it is being asked for, or there is one. */
export function absenceOfSource(state: SourceState, again: () => void, words: Localizer): Absence | null {
  if (state.at !== 'failed') return null;
  const remedy = { text: words.t('common.try-again'), run: again };
  switch (state.why) {
    case 'unsupported':
      return { sentence: words.t('media.no-files'), coming: false, remedy: null };
    case 'refused':
      return { sentence: words.t('media.forbidden'), coming: false, remedy };
    case 'lost':
      return { sentence: words.t('media.failed'), coming: false, remedy };
  }
}

/** In the place of a picture or a video. */
export function absenceView(
  { sentence, coming, remedy }: Absence,
  name: string,
  mark: keyof typeof ICON_PATHS,
): TemplateResult {
  return html`<div class="absence small muted">
    ${coming ? html`<span class="skeleton ground"></span>` : nothing}
    ${remedy ? icon('alert-circle') : iconOf(ICON_PATHS[mark])}
    <p><strong>${name}</strong><br />${sentence}</p>
    ${remedyView(remedy)}
  </div>`;
}

export function remedyView(remedy: Absence['remedy']): TemplateResult | typeof nothing {
  return remedy
    ? html`<button class="button small" type="button" @click=${remedy.run}>${remedy.text}</button>`
    : nothing;
}

/** A picture or a recording that is on its way, in its place. */
export function loadingView(label: string): TemplateResult {
  return html`<div class="skeleton ground" role="img" aria-label=${label}></div>`;
}
