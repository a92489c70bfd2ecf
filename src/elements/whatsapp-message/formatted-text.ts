import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { Block, Inline } from '../../model/index.js';
import { moreIcon } from '../base/index.js';
import type { Link } from './links.js';
import { OnDemand } from './on-demand.js';

/**
 * What stands in the last line of a message: the same twice, once to be seen and once (invisible) to keep the room for it in the text; `room` is nothing
 * where it has a line of its own.
 */
export interface Tail {
  readonly shown: TemplateResult | typeof nothing;
  readonly room: TemplateResult | typeof nothing;
}

/** A text with WhatsApp's marks and links as it should look. Everything goes through text bindings: nothing in it is ever markup. */
export function formattedText(text: string, words: Localizer, tail: Tail): TemplateResult {
  const blocks = blocksOf(text);
  const last = blocks.at(-1);
  const inText = last?.kind === 'paragraph' && tail.room !== nothing;
  return html`${blocks.map((one) => block(one, words, inText && one === last ? tail : null))}${
    inText ? nothing : html`<div class="tail-line">${tail.shown}</div>`
  }`;
}

const MAY_BE_FORMATTED = /[*_~`]|^(?:- |> ?|\d{1,3}\. )/m;

/** Most texts have no marks. Until the marks of another one can be read, they stand in it as they were typed. */
export const formatting = new OnDemand(() => import('./marked-text.js'));

/** The blocks of a text; of one without marks what the reader of marks would make of it. */
export function blocksOf(text: string): readonly Block[] {
  const reader = MAY_BE_FORMATTED.test(text) ? formatting.get() : null;
  if (reader) return reader.parseFormatting(text);
  return text === ''
    ? []
    : [{ kind: 'paragraph', children: [{ kind: 'text', text: text.replace(/\r\n?/g, '\n') }] }];
}

function block(one: Block, words: Localizer, tail: Tail | null): unknown {
  if (one.kind !== 'paragraph') return formatting.get()?.markedBlock(one, words);
  return html`<p dir="auto">
    <span class="text">${one.children.map((node) => inline(node, words))}</span
    >${tail ? html`${tail.room}${tail.shown}` : nothing}
  </p>`;
}

function inline(node: Inline, words: Localizer): unknown {
  return node.kind === 'text' ? linked(node.text, words) : formatting.get()?.markedInline(node, words);
}

const MAY_HOLD_LINK = /\S\.\S|:\/\//;

/** Telling links takes a large table. Until it is there, a text that may hold one is just text. */
export const links = new OnDemand(() => import('./links.js'));

/** A text in which links and phone numbers are told. */
export function linked(text: string, words: Localizer): unknown {
  const split = MAY_HOLD_LINK.test(text) ? links.get()?.splitLinks : null;
  if (!split) return withPhones(text);
  return split(text).map((part) => (typeof part === 'string' ? withPhones(part) : anchor(part, words)));
}

/** With a country code, as WhatsApp writes them. */
const PHONE = /(\+\d[\d ().\-\u00A0\u202F]{5,20}\d)/;

/** A text whose phone numbers read from left to right, each in one piece. */
export function withPhones(text: string): unknown {
  if (!text.includes('+')) return breakable(text);
  return text.split(PHONE).map((part, i) => (i % 2 ? phoneNumber(part) : breakable(part)));
}

/** So many letters are no word; between letters only, so that marks stay with theirs. */
const ENDLESS = /([\p{L}\p{M}]{100})(?=\p{L})/u;

/**
 * A text in which words without end may be broken now and then. Browsers take the square of an Arabic word's length to break it anywhere: 65,536 letters
 * would hang the page for minutes.
 */
export function breakable(text: string): unknown {
  const parts = text.split(ENDLESS);
  return parts.length === 1 ? text : parts.map((part, i) => (i % 2 ? html`${part}<wbr />` : part));
}

export function phoneNumber(number: string): TemplateResult {
  return html`<span class="phone" dir="ltr">${number}</span>`;
}

function anchor(link: Link, words: Localizer): TemplateResult {
  const warning = link.lookalike === null ? null : words.t('message.lookalike', { host: link.lookalike });
  return html`<a
      href=${link.href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      referrerpolicy="no-referrer"
      dir="ltr"
      title=${warning ?? nothing}
      part="link"
      >${link.text}</a
    >${
      warning === null
        ? nothing
        : html`<span class="lookalike" title=${warning}
            >${moreIcon('alert-triangle', 14)}<span aria-hidden="true"
              >${words.t('message.leads-to', { host: link.lookalike ?? '' })}</span
            ><span class="visually-hidden">${warning}</span></span
          >`
    }`;
}
