import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { withPastedPlace } from '../../model/index.js';
import { iconOf } from '../base/index.js';
import { fieldView } from './fields.js';
import type { FormContext } from './fields.js';
import type { LocationForm } from './forms.js';
import { ICON_PATHS } from './icon-paths.js';

/**
 * @param findHere Asks the browser where the agent is; null where it does not say.
 */
export function locationFields(
  form: LocationForm,
  context: FormContext<LocationForm>,
  findHere: (() => void) | null,
): TemplateResult {
  const { words, change } = context;
  const set = (field: Exclude<keyof LocationForm, 'kind'>) => (value: string) =>
    change({ ...form, [field]: value });
  // Whatever is pasted into one of the numbers may be both of them.
  const degrees = (field: 'latitude' | 'longitude') => (value: string) =>
    change(withPastedPlace({ ...form, [field]: value }, value));
  return html`${fieldView(
      {
        id: 'link',
        label: words.t('compose.link'),
        value: form.link,
        hint: words.t('compose.link-hint'),
        optional: true,
        ltr: true,
        onInput: (link) => change(withPastedPlace({ ...form, link }, link)),
      },
      context,
    )}
    ${
      findHere
        ? html`<button class="button quiet add" type="button" @click=${findHere}>
            ${iconOf(ICON_PATHS.here, 16)} ${words.t('compose.here')}
          </button>`
        : nothing
    }
    <div class="pair">
      ${fieldView(
        {
          id: 'latitude',
          label: words.t('compose.latitude'),
          value: form.latitude,
          ltr: true,
          numeric: true,
          onInput: degrees('latitude'),
        },
        context,
      )}
      ${fieldView(
        {
          id: 'longitude',
          label: words.t('compose.longitude'),
          value: form.longitude,
          ltr: true,
          numeric: true,
          onInput: degrees('longitude'),
        },
        context,
      )}
    </div>
    ${fieldView({ id: 'name', label: words.t('compose.place'), value: form.name, optional: true, onInput: set('name') }, context)}
    ${fieldView(
      {
        id: 'address',
        label: words.t('compose.address'),
        value: form.address,
        optional: true,
        hint: form.address.trim() !== '' && form.name.trim() === '' ? words.t('compose.address-hint') : null,
        onInput: set('address'),
      },
      context,
    )}`;
}
