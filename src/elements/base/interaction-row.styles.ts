import { css } from 'lit';
import { cutStyles } from './cut.styles.js';

/** One line: what was last said is for screen readers alone. */
const compactRow = css`
  .row {
    grid-template: 'name unread waited' auto / minmax(0, 1fr) auto auto;
    align-items: center;
  }
  .row .below {
    display: contents;
  }
  .row .said {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
`;

/**
 * The look of `renderInteractionRow()`, and of the `.item` of a list that holds one. A row is as high as the density says, whatever it shows. In a
 * compact element, or in what is compact around it, it is one line: what was said is left to screen readers.
 */
export const interactionRowStyles = css`
  ${cutStyles}
  :host {
    --_row-size: max(var(--_row-height), var(--_target), calc(var(--_font-size) * var(--_lines, 36) / 14));
  }
  .item {
    position: relative;
  }
  /* Within the row, which so is as high as the density says. */
  .item:not(:last-child)::after {
    position: absolute;
    inset-block-end: 0;
    inset-inline: 0;
    block-size: 1px;
    background: var(--_divider);
    content: '';
    pointer-events: none;
  }
  .row {
    position: relative;
    display: grid;
    grid-template: var(--_row-areas, 'name waited' auto 'below below' auto / minmax(0, 1fr) auto);
    align-content: center;
    column-gap: 8px;
    inline-size: 100%;
    block-size: var(--_row-size);
    padding-block: 0;
    padding-inline: 12px 8px;
    border: 0;
    background: var(--_surface);
    text-align: start;
    /* A list is not to be scrolled to what is cut off. */
    overflow-x: clip;
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
  .row::before {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    inline-size: 3px;
    content: '';
  }
  .row[aria-current]::before,
  .row.blinking::before {
    background: var(--_accent);
  }
  .row.blinking::before {
    animation: blink 1s step-end infinite;
  }
  @keyframes blink {
    50% {
      opacity: 0;
    }
  }
  .row .name {
    grid-area: name;
  }
  .row.news .name {
    font-weight: 600;
  }
  .row .waited {
    display: flex;
    grid-area: waited;
    align-items: center;
  }
  .row .time,
  .row .said {
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
    line-height: calc(16 / 12);
  }
  .row .below {
    display: flex;
    grid-area: below;
    gap: 8px;
    min-inline-size: 0;
  }
  .row .said {
    flex: 1;
  }
  .row .unread {
    grid-area: unread;
    min-inline-size: 16px;
    padding: 0 4px;
    line-height: calc(16 / 12);
  }
  :host(:state(compact)) {
    ${compactRow}
  }
  @container style(--_density: compact) {
    ${compactRow}
  }
  /* A line said of an interaction: who wrote it stays, what was written is cut off. */
  .said {
    display: flex;
    min-inline-size: 0;
  }
  .said .from {
    flex: none;
    white-space: pre;
  }
  .said .last {
    flex: 1;
  }
  @media (prefers-reduced-motion: reduce) {
    .row.blinking::before {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .row[aria-current] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .row[aria-current]::before,
    .row.blinking::before {
      background: Highlight;
    }
  }
`;
