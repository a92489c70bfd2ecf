import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { addView, fieldView } from './fields.js';
import type { FormContext } from './fields.js';
import type { ContactsForm } from './forms.js';

/** As many as fit on a card that somebody still reads. */
const MOST = 5;

export function contactFields(form: ContactsForm, context: FormContext<ContactsForm>): TemplateResult {
  const { words, change } = context;
  return html`${fieldView(
    {
      id: 'name',
      label: words.t('compose.name'),
      value: form.name,
      onInput: (name) => change({ ...form, name }),
    },
    context,
  )}
  ${fieldView(
    {
      id: 'organization',
      label: words.t('compose.organization'),
      value: form.organization,
      optional: true,
      onInput: (organization) => change({ ...form, organization }),
    },
    context,
  )}
  ${several('phone', form, context)} ${several('email', form, context)}`;
}

const LISTS = { phone: 'phones', email: 'emails' } as const;
const ADD = { phone: 'compose.add-phone', email: 'compose.add-email' } as const;
const TYPES = { phone: 'tel', email: 'email' } as const;

function several(
  what: 'phone' | 'email',
  form: ContactsForm,
  { words, change, focusNext, ...context }: FormContext<ContactsForm>,
): TemplateResult {
  const list = LISTS[what];
  const all = form[list];
  const label = (i: number): string =>
    i === 0 ? words.t(`compose.${what}`) : words.t(`compose.${what}-more`, { place: i + 1 });
  const add = (): void => {
    focusNext(`${what}-${all.length}`);
    change({ ...form, [list]: [...all, ''] });
  };
  const remove = (i: number): void => {
    focusNext(all.length > 1 ? `${what}-${Math.max(i - 1, 0)}` : 'name');
    change({ ...form, [list]: all.toSpliced(i, 1) });
  };
  return html`${all.map((value, i) =>
    fieldView(
      {
        id: `${what}-${i}`,
        label: label(i),
        value,
        type: TYPES[what],
        ltr: true,
        optional: true,
        hint: what === 'phone' && needsCountry(value) ? words.t('compose.phone-hint') : null,
        remove: all.length > 1 || what === 'email' ? () => remove(i) : null,
        onInput: (typed) => change({ ...form, [list]: all.with(i, typed) }),
      },
      { words, change, focusNext, ...context },
    ),
  )}
  ${addView(words.t(ADD[what]), all.length < MOST ? add : null)}`;
}

function needsCountry(phone: string): boolean {
  return phone.trim() !== '' && !phone.trim().startsWith('+');
}
