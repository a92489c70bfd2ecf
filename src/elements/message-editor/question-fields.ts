import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { INTERACTIVE_LIMITS } from '../../model/index.js';
import { addView, fieldView } from './fields.js';
import type { FormContext } from './fields.js';
import { EMPTY_ROW, EMPTY_SECTION, rowCount } from './forms.js';
import type { ButtonsForm, ListForm, ListRow, ListSection } from './forms.js';

export function buttonsFields(form: ButtonsForm, context: FormContext<ButtonsForm>): TemplateResult {
  const { words, change, focusNext } = context;
  const { buttons } = form;
  const add = (): void => {
    focusNext(`button-${buttons.length}`);
    change({ ...form, buttons: [...buttons, ''] });
  };
  const remove = (i: number): void => {
    focusNext(`button-${Math.max(i - 1, 0)}`);
    change({ ...form, buttons: buttons.toSpliced(i, 1) });
  };
  return html`${wordsFields(form, context)}
  ${buttons.map((title, i) =>
    fieldView(
      {
        id: `button-${i}`,
        label: words.t('compose.button', { place: i + 1 }),
        value: title,
        remove: buttons.length > 1 ? () => remove(i) : null,
        onInput: (typed) => change({ ...form, buttons: buttons.with(i, typed) }),
      },
      context,
    ),
  )}
  ${addView(words.t('compose.add-button'), buttons.length < INTERACTIVE_LIMITS.buttons ? add : null)}`;
}

export function listFields(form: ListForm, context: FormContext<ListForm>): TemplateResult {
  const { words, change, focusNext } = context;
  const { sections } = form;
  const hasRoom = rowCount(form) < INTERACTIVE_LIMITS.rows;
  const addSection = (): void => {
    focusNext(`section-${sections.length}`);
    change({ ...form, sections: [...sections, EMPTY_SECTION] });
  };
  return html`${wordsFields(form, context)}
  ${fieldView(
    {
      id: 'button',
      label: words.t('compose.list-button'),
      value: form.button,
      onInput: (button) => change({ ...form, button }),
    },
    context,
  )}
  ${sections.map((section, s) => sectionFields(section, s, form, context))}
  ${addView(words.t('compose.add-section'), hasRoom ? addSection : null)}`;
}

function sectionFields(
  section: ListSection,
  s: number,
  form: ListForm,
  context: FormContext<ListForm>,
): TemplateResult {
  const { words, change, focusNext } = context;
  const { rows } = section;
  const before = form.sections.slice(0, s).reduce((sum, one) => sum + one.rows.length, 0);
  const replace = (next: ListSection): void => change({ ...form, sections: form.sections.with(s, next) });
  const remove = (r: number): void => {
    focusNext(r > 0 ? `row-${s}-${r - 1}` : s > 0 && rows.length === 1 ? `section-${s - 1}` : `row-${s}-0`);
    // The last row takes its section with it.
    if (rows.length > 1) replace({ ...section, rows: rows.toSpliced(r, 1) });
    else change({ ...form, sections: form.sections.toSpliced(s, 1) });
  };
  const add = (): void => {
    focusNext(`row-${s}-${rows.length}`);
    replace({ ...section, rows: [...rows, EMPTY_ROW] });
  };
  return html`<div class="section">
    ${
      form.sections.length > 1
        ? fieldView(
            {
              id: `section-${s}`,
              label: words.t('compose.section', { place: s + 1 }),
              value: section.title,
              onInput: (title) => replace({ ...section, title }),
            },
            context,
          )
        : nothing
    }
    ${rows.map((row, r) =>
      rowFields(row, { s, r, place: before + r + 1 }, context, {
        change: (next) => replace({ ...section, rows: rows.with(r, next) }),
        remove: rowCount(form) > 1 ? () => remove(r) : null,
      }),
    )}
    ${addView(words.t('compose.add-row'), rowCount(form) < INTERACTIVE_LIMITS.rows ? add : null)}
  </div>`;
}

function rowFields(
  row: ListRow,
  { s, r, place }: { readonly s: number; readonly r: number; readonly place: number },
  context: FormContext<ListForm>,
  { change, remove }: { readonly change: (row: ListRow) => void; readonly remove: (() => void) | null },
): TemplateResult {
  const { words } = context;
  return html`${fieldView(
    {
      id: `row-${s}-${r}`,
      label: words.t('compose.row', { place }),
      value: row.title,
      remove,
      onInput: (title) => change({ ...row, title }),
    },
    context,
  )}
  ${fieldView(
    {
      id: `description-${s}-${r}`,
      label: words.t('compose.description', { place }),
      value: row.description,
      optional: true,
      onInput: (description) => change({ ...row, description }),
    },
    context,
  )}`;
}

/** What is said, above what can be tapped on. */
function wordsFields<F extends ButtonsForm | ListForm>(form: F, context: FormContext<F>): TemplateResult {
  const { words, change } = context;
  return html`${fieldView(
    {
      id: 'header',
      label: words.t('compose.header'),
      value: form.header,
      optional: true,
      onInput: (header) => change({ ...form, header }),
    },
    context,
  )}
  ${fieldView(
    {
      id: 'body',
      label: words.t('compose.body'),
      value: form.body,
      multiline: true,
      onInput: (body) => change({ ...form, body }),
    },
    context,
  )}
  ${fieldView(
    {
      id: 'footer',
      label: words.t('compose.footer'),
      value: form.footer,
      optional: true,
      onInput: (footer) => change({ ...form, footer }),
    },
    context,
  )}`;
}
