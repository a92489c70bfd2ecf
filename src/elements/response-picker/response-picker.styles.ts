import { css } from 'lit';

export const responsePickerStyles = css`
  :host {
    display: flex;
    max-block-size: var(--whatsapp-max-block-size, 100dvh);
    min-block-size: 0;
    min-inline-size: 0;
  }
  .picker {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
    /* Where the width is asked of the content: it has none of its own. */
    contain-intrinsic-inline-size: 320px;
    container-type: inline-size;
  }
  .head {
    display: flex;
    flex: none;
    flex-direction: column;
    gap: 8px;
    padding: 8px 12px;
    border-block-end: 1px solid var(--_divider);
  }
  .find {
    position: relative;
  }
  .find > svg {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 10px;
    margin-block: auto;
    color: var(--_text-muted);
    pointer-events: none;
  }
  .find .field {
    min-block-size: max(36px, var(--_target));
    padding-inline: 36px;
  }
  .clear {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 2px;
    margin-block: auto;
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    font-size: var(--_font-size-small);
    line-height: calc(16 / 12);
  }
  .filters > * {
    flex: 1 1 auto;
    min-inline-size: 0;
    max-inline-size: 240px;
  }
  /* Names may be long; the others are as wide as the longest of a few words. */
  .filters > .category {
    flex-basis: 112px;
  }
  .groups {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .chip {
    min-block-size: max(28px, var(--_target));
    padding: 2px 10px;
    border: 1px solid var(--_border);
    border-radius: 14px;
    background: none;
    color: var(--_text);
    font-family: inherit;
    cursor: pointer;
  }
  .chip:hover {
    background: var(--_hover);
  }
  .chip[aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_selected);
    font-weight: 600;
  }
  .star {
    flex: none;
    color: var(--_text-muted);
  }
  .row .star,
  .star[aria-pressed='true'] {
    color: var(--_accent);
  }
  .row .star svg,
  .star[aria-pressed='true'] svg {
    fill: currentColor;
  }
  .choice {
    display: flex;
    gap: 4px;
    align-items: center;
    inline-size: auto;
    padding: 3px 6px;
    text-align: start;
    text-overflow: ellipsis;
    cursor: pointer;
  }
  button.choice {
    inline-size: 100%;
  }
  button.choice > bdi {
    flex: 1;
  }
  .categories {
    font-size: var(--_font-size);
    line-height: calc(20 / 14);
    inline-size: min(280px, calc(100vw - 16px));
    justify-self: start;
  }
  .list {
    flex: 1 1 0;
    min-block-size: 56px;
    /* What formats the preview has lists of its own. */
    padding: 0;
    list-style: none;
    overflow: hidden auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_border) transparent;
  }
  .row {
    display: flex;
    flex-direction: column;
    justify-content: center;
    block-size: calc(var(--_font-size) * 4);
    padding-inline: 12px;
    cursor: pointer;
  }
  .row:hover {
    background: var(--_hover);
  }
  .row.active {
    background: var(--_selected);
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .line {
    display: flex;
    gap: 8px;
    align-items: baseline;
    min-inline-size: 0;
  }
  .name {
    flex: 1;
    font-weight: 600;
  }
  .shortcut {
    flex: none;
    max-inline-size: 40%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .files {
    display: inline-flex;
    flex: none;
    gap: 2px;
    align-items: baseline;
  }
  .files svg {
    align-self: center;
  }
  mark {
    border-radius: 2px;
    background: color-mix(in srgb, var(--_pending-warning) 35%, transparent);
    color: var(--_text);
  }
  .skeletons {
    display: grid;
    gap: 16px;
    padding: 12px;
  }
  .skeletons .skeleton {
    block-size: 36px;
  }
  .end {
    block-size: 1px;
  }
  .preview {
    display: flex;
    flex: none;
    flex-direction: column;
    gap: 8px;
    max-block-size: 50%;
    padding: 8px 12px;
    border-block-start: 1px solid var(--_divider);
    background: var(--_surface-sunken);
  }
  .bubble {
    display: flex;
    flex: 0 1 auto;
    flex-direction: column;
    gap: 4px;
    min-block-size: 0;
    padding: 6px 10px;
    border-radius: var(--_radius-card);
    background: var(--_bubble-out);
    overflow: hidden auto;
    overflow-wrap: anywhere;
    scrollbar-width: thin;
    scrollbar-color: var(--_border) transparent;
  }
  .bubble .text {
    white-space: pre-wrap;
  }
  .bubble p + *,
  .bubble * + p {
    margin-block-start: 4px;
  }
  .bubble strong {
    font-weight: 600;
  }
  .bubble a {
    color: var(--_link);
  }
  .tail-line:empty {
    display: none;
  }
  .bubble .attachments {
    display: grid;
    gap: 2px;
    padding: 0;
    list-style: none;
  }
  .file {
    display: flex;
    gap: 4px;
    align-items: center;
    min-inline-size: 0;
  }
  .file .muted {
    flex: none;
  }
  .do {
    display: flex;
    flex: none;
    gap: 8px;
    align-items: center;
    justify-content: flex-end;
  }
  .do p {
    flex: 1;
    text-wrap: pretty;
  }
  .empty,
  .error {
    flex: 1;
  }
  @media (forced-colors: active) {
    mark {
      background: Mark;
      color: MarkText;
    }
    .row.active {
      outline-color: Highlight;
    }
  }
`;
