import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { until } from 'lit/directives/until.js';
import type { Localizer } from '../../i18n/index.js';
import { parseFormatting } from '../../model/index.js';
import type { Block, Inline } from '../../model/index.js';
import { icon } from '../base/index.js';
import type { Link } from './links.js';

/** What stands in the last line of a message: the same twice, once to be seen and once (invisible) to keep the room for it in the text. */
export interface Tail {
  readonly shown: TemplateResult;
  readonly room: TemplateResult;
}

/** A text with WhatsApp's marks and links as it should look. Everything goes through text bindings: nothing in it is ever markup. */
export function formattedText(text: string, words: Localizer, tail: Tail): TemplateResult {
  const blocks = parseFormatting(text);
  const last = blocks.at(-1);
  const inText = last?.kind === 'paragraph';
  return html`${blocks.map((one) => block(one, words, inText && one === last ? tail : null))}${
    inText ? nothing : html`<div class="tail-line">${tail.shown}</div>`
  }`;
}

function block(one: Block, words: Localizer, tail: Tail | null): TemplateResult {
  switch (one.kind) {
    case 'paragraph':
      return html`<p dir="auto">
        <span class="text">${inlines(one.children, words)}</span
        >${tail ? html`${tail.room}${tail.shown}` : nothing}
      </p>`;
    case 'quote':
      return html`<blockquote dir="auto">
        <span class="text">${inlines(one.children, words)}</span>
      </blockquote>`;
    case 'bullets':
      return html`<ul dir="auto">
        ${one.items.map((item) => html`<li><span class="text">${inlines(item, words)}</span></li>`)}
      </ul>`;
    case 'numbers':
      return html`<ol dir="auto">
        ${one.items.map(
          (item) =>
            html`<li value=${item.number}><span class="text">${inlines(item.children, words)}</span></li>`,
        )}
      </ol>`;
    case 'code':
      return html`<pre dir="ltr" tabindex="0"><code>${one.text}</code></pre>`;
  }
}

function inlines(nodes: readonly Inline[], words: Localizer): unknown[] {
  return nodes.map((node) => {
    switch (node.kind) {
      case 'text':
        return linked(node.text, words);
      case 'code':
        return html`<code>${node.text}</code>`;
      case 'bold':
        return html`<strong>${inlines(node.children, words)}</strong>`;
      case 'italic':
        return html`<em>${inlines(node.children, words)}</em>`;
      case 'strike':
        return html`<s>${inlines(node.children, words)}</s>`;
    }
  });
}

type Split = (text: string) => readonly (string | Link)[];

const MAY_HOLD_LINK = /\S\.\S|:\/\//;
let split: Split | null = null;

/** Telling links takes a large table, which is loaded with the first text that may hold one; until then that text is just text. */
function linked(text: string, words: Localizer): unknown {
  if (!MAY_HOLD_LINK.test(text)) return text;
  const parts = (by: Split) =>
    by(text).map((part) => (typeof part === 'string' ? part : anchor(part, words)));
  if (split) return parts(split);
  const loading = import('./links.js').then(
    (links) => parts((split = links.splitLinks)),
    // A text without its links still says what it says.
    () => text,
  );
  return until(loading, text);
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
            >${icon('alert-triangle', 14)}<span class="visually-hidden">${warning}</span></span
          >`
    }`;
}
