import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { Block, Inline } from '../../model/index.js';
import { breakable, linked } from './formatted-text.js';

export { parseFormatting } from '../../model/formatting.js';
export { markedTextStyles as styles } from './marked-text.styles.js';

/** A block that begins with a mark: a quote, a list or code. */
export function markedBlock(one: Exclude<Block, { kind: 'paragraph' }>, words: Localizer): TemplateResult {
  switch (one.kind) {
    case 'quote':
      return html`<blockquote dir="auto">${line(one.children, words)}</blockquote>`;
    case 'bullets':
      return html`<ul dir="auto">
        ${one.items.map((item) => html`<li>${line(item, words)}</li>`)}
      </ul>`;
    case 'numbers':
      return html`<ol dir="auto">
        ${one.items.map((item) => html`<li value=${item.number}>${line(item.children, words)}</li>`)}
      </ol>`;
    case 'code':
      return html`<pre dir="ltr" tabindex="0"><code>${one.text}</code></pre>`;
  }
}

/** Words between marks. */
export function markedInline(node: Exclude<Inline, { kind: 'text' }>, words: Localizer): TemplateResult {
  switch (node.kind) {
    case 'code':
      return html`<code>${breakable(node.text)}</code>`;
    case 'bold':
      return html`<strong>${inlines(node.children, words)}</strong>`;
    case 'italic':
      return html`<em>${inlines(node.children, words)}</em>`;
    case 'strike':
      return html`<s>${inlines(node.children, words)}</s>`;
  }
}

function line(nodes: readonly Inline[], words: Localizer): TemplateResult {
  return html`<span class="text">${inlines(nodes, words)}</span>`;
}

function inlines(nodes: readonly Inline[], words: Localizer): unknown[] {
  return nodes.map((node) => (node.kind === 'text' ? linked(node.text, words) : markedInline(node, words)));
}
