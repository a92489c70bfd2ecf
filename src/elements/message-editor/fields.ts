import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Localizer } from '../../i18n/index.js';
import { textLength } from '../../model/index.js';
import { icon, iconOf } from '../base/index.js';
import { ICON_PATHS } from './icon-paths.js';

/** What a form is given to be rendered with. */
export interface FormContext<F> {
  readonly words: Localizer;
  readonly change: (form: F) => void;
  /** What is wrong with a field, as far as the agent wants to know; null when nothing is. */
  readonly faultOf: (field: string) => string | null;
  readonly limitOf: (field: string) => number | null;
  /** Something was taken out or put in: where the focus goes with the next rendering. */
  readonly focusNext: (field: string) => void;
}

export interface Field {
  /** Its name in the form, with its place: `button-0`. */
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly optional?: boolean;
  readonly multiline?: boolean;
  readonly type?: 'tel' | 'email' | 'url';
  /** Left to right whatever the language: numbers and addresses. */
  readonly ltr?: boolean;
  readonly numeric?: boolean;
  readonly hint?: string | null;
  /** Takes it out. */
  readonly remove?: (() => void) | null;
}

/** A labelled field with what is wrong with it, else a hint, and how much of its limit is used. */
export function fieldView<F>(field: Field, context: FormContext<F>): TemplateResult {
  const { id, label, value, hint = null, remove = null, optional = false } = field;
  const { words } = context;
  const fault = context.faultOf(id);
  const limit = context.limitOf(id);
  const used = textLength(value.trim());
  const note = fault ?? hint;
  const name = optional ? words.t('compose.optional', { label }) : label;
  return html`<div class="entry">
    <label class="small" for=${id}>${name}</label>
    ${
      limit === null
        ? nothing
        : html`<span class="count small numbers ${used > limit ? 'over' : 'muted'}" id="${id}-count"
            >${words.t('compose.count', { used, limit })}</span
          >`
    }
    <div class="line">
      ${inputView(field, { note: note !== null, count: limit !== null, isWrong: fault !== null })}
      ${remove ? removeView(words.t('compose.remove', { name: label }), remove) : nothing}
    </div>
    ${
      note === null
        ? nothing
        : html`<p class="note small ${fault === null ? 'muted' : 'fault'}" id="${id}-note">${note}</p>`
    }
  </div>`;
}

function inputView(
  { id, value, onInput, multiline = false, type, ltr = false, numeric = false, optional = false }: Field,
  { note, count, isWrong }: { readonly note: boolean; readonly count: boolean; readonly isWrong: boolean },
): TemplateResult {
  const described = [note ? `${id}-note` : '', count ? `${id}-count` : ''].filter(Boolean).join(' ');
  const dir = ltr ? 'ltr' : 'auto';
  const typed = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) onInput(target.value);
  };
  return multiline
    ? html`<textarea
        id=${id}
        class="field"
        rows="3"
        dir=${dir}
        autocomplete="off"
        aria-describedby=${described || nothing}
        aria-invalid=${String(isWrong)}
        aria-required=${String(!optional)}
        .value=${live(value)}
        @input=${typed}
      ></textarea>`
    : html`<input
        id=${id}
        class="field"
        type=${type ?? 'text'}
        inputmode=${numeric ? 'decimal' : nothing}
        dir=${dir}
        autocomplete="off"
        aria-describedby=${described || nothing}
        aria-invalid=${String(isWrong)}
        aria-required=${String(!optional)}
        .value=${live(value)}
        @input=${typed}
      />`;
}

function removeView(name: string, remove: () => void): TemplateResult {
  return html`<button class="icon-button" type="button" aria-label=${name} title=${name} @click=${remove}>
    ${icon('close', 16)}
  </button>`;
}

/** Puts one more of something in; nothing where there are as many as WhatsApp takes. */
export function addView(name: string, add: (() => void) | null): TemplateResult | typeof nothing {
  if (!add) return nothing;
  return html`<button class="button quiet add" type="button" @click=${add}>
    ${iconOf(ICON_PATHS.add, 16)} ${name}
  </button>`;
}
