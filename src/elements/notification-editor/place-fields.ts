import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Localizer } from '../../i18n/index.js';
import { readDegrees, withPastedPlace } from '../../model/index.js';
import type { TypedPlace } from '../../model/index.js';

interface PlaceContext {
  readonly words: Localizer;
  readonly isJudged: (field: string) => boolean;
  readonly change: (place: TypedPlace) => void;
}

/** What the place above a notification's text is typed with. A link to a map that is pasted into one of the numbers says both. */
export function placeFields(place: TypedPlace, { words, isJudged, change }: PlaceContext): TemplateResult {
  const field = (
    name: keyof TypedPlace,
    label: string,
    fault: string | null,
    typed: (value: string) => void,
  ): TemplateResult => {
    const id = `place-${name}`;
    const isNumber = name === 'latitude' || name === 'longitude';
    const shown = fault !== null && isJudged(id) ? fault : null;
    return html`<div class="entry">
      <label class="small" for=${id}>${label}</label>
      <input
        id=${id}
        class="field"
        type="text"
        inputmode=${isNumber ? 'decimal' : nothing}
        dir=${isNumber ? 'ltr' : 'auto'}
        autocomplete="off"
        aria-describedby=${shown === null ? nothing : `${id}-note`}
        aria-invalid=${String(shown !== null)}
        aria-required=${String(isNumber)}
        .value=${live(place[name])}
        @input=${({ target }: Event) => typed((target as HTMLInputElement).value)}
      />
      ${shown === null ? nothing : html`<p class="note small fault" id="${id}-note">${shown}</p>`}
    </div>`;
  };
  const number = (name: 'latitude' | 'longitude', most: 90 | 180): TemplateResult => {
    const fault = readDegrees(place[name], most) === null ? words.t(`notification.${name}-fault`) : null;
    return field(name, words.t(`notification.${name}`), fault, (value) =>
      change(withPastedPlace({ ...place, [name]: value }, value)),
    );
  };
  return html`<fieldset class="place">
    <legend class="small muted">${words.t('notification.place')}</legend>
    <div class="pair">${number('latitude', 90)} ${number('longitude', 180)}</div>
    ${field('name', words.t('notification.place-name'), null, (name) => change({ ...place, name }))}
    ${field('address', words.t('notification.address'), null, (address) => change({ ...place, address }))}
  </fieldset>`;
}
