import { css } from 'lit';

export const styles = css`
  :host {
    min-block-size: 0;
  }
  :host([layout='docked']),
  .side {
    display: flex;
  }
  /* Strip and panel have places of their own in the conversation around them. */
  :host(:not([layout='docked'])),
  :host(:not([layout='docked'])) .side {
    display: contents;
  }
  .strip {
    display: flex;
    grid-area: panel;
    flex-direction: column;
    inline-size: 33px;
    border-inline-start: 1px solid var(--_divider);
    background: var(--_surface);
  }
  .panel {
    display: flex;
    flex-direction: column;
    inline-size: 320px;
    min-block-size: 0;
    border-inline-start: 1px solid var(--_divider);
    background: var(--_surface);
  }
  /* The conversation of a desk of 1,280 px. */
  @container (inline-size >= 1016px) {
    :host([layout='docked']) .panel {
      inline-size: 360px;
    }
  }
  .layer {
    z-index: 1;
    grid-area: transcript;
    inline-size: 100%;
  }
  .layer.end {
    justify-self: end;
    inline-size: min(320px, 100%);
    box-shadow: var(--_shadow);
    clip-path: inset(0 0 0 -24px);
  }
  [dir='rtl'] .layer.end {
    clip-path: inset(0 -24px 0 0);
  }
  .layer:not(.end) {
    border-inline-start: 0;
  }
  .head {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: space-between;
    min-block-size: 40px;
    padding-inline: 4px;
    border-block-end: 1px solid var(--_divider);
  }
  .head .tabs {
    align-self: stretch;
  }
  /* Its divider meets that of the conversation's header. */
  :host([layout='docked']) .head {
    block-size: 56px;
  }
  .title {
    padding-inline-start: 8px;
    font-weight: 600;
  }
  .body {
    flex: 1;
    min-block-size: 0;
    padding: 4px 12px 12px;
    overflow: hidden auto;
    scrollbar-width: thin;
    scrollbar-color: var(--_border) transparent;
  }
  /* What is in it scrolls by itself. */
  .body.whole {
    display: flex;
    padding: 0;
    overflow: hidden;
  }
  response-picker,
  notification-editor {
    flex: 1;
  }
  .body:focus-visible {
    outline-offset: -2px;
  }
  .fact {
    padding-block: 8px;
  }
  .fact + .fact {
    border-block-start: 1px solid var(--_divider);
  }
  dd {
    text-wrap: pretty;
    overflow-wrap: anywhere;
  }
  .copied {
    display: flex;
    gap: 8px;
    align-items: center;
    justify-content: space-between;
  }
  /* As high as the line that it stands in. */
  .copied .icon-button {
    margin-block: calc((20px - var(--_target)) / 2);
  }
  .origin {
    display: inline-flex;
    gap: 4px;
    align-items: center;
  }
  .origin svg {
    color: var(--_accent);
  }
  .fold svg:dir(rtl) {
    transform: scaleX(-1);
  }
`;
