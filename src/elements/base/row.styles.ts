import { css } from 'lit';

/**
 * A row of a list that stands for an interaction: who and how long they have waited, above what was said and when. `.row` with two `.line` of
 * `.name`, pendency, `.said`, `.time` and `.unread`. With `density="compact"` on the element, one line: what was said and when is left to screen readers.
 */
export const rowStyles = css`
  .row {
    position: relative;
    display: block;
    inline-size: 100%;
    min-block-size: var(--_row-height);
    padding-block: 4px;
    padding-inline: 12px 8px;
    border: 0;
    background: var(--_surface);
    text-align: start;
    cursor: pointer;
  }
  .row:hover {
    background-image: linear-gradient(var(--_hover), var(--_hover));
  }
  .row[aria-current],
  .row[aria-current]:hover {
    background-image: linear-gradient(var(--_selected), var(--_selected));
  }
  .row:focus-visible {
    outline-offset: -2px;
  }
  .line {
    display: flex;
    align-items: center;
    gap: 6px;
    min-inline-size: 0;
  }
  .row .name,
  .row .said,
  .row .last {
    flex: 1;
    min-inline-size: 0;
  }
  .row .said {
    display: flex;
    gap: 6px;
    color: var(--_text-muted);
  }
  .row .time {
    flex: none;
    color: var(--_text-muted);
  }
  .row .unread {
    min-inline-size: 18px;
    padding: 0 5px;
    line-height: 18px;
  }
  :host([density='compact']) .row {
    display: flex;
    align-items: center;
    gap: 6px;
    padding-block: 2px;
  }
  :host([density='compact']) .row .line {
    display: contents;
  }
  :host([density='compact']) .row .said,
  :host([density='compact']) .row .time {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  @media (forced-colors: active) {
    .row[aria-current] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
