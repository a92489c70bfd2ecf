import { css } from 'lit';

export const transcriptStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    max-block-size: var(--whatsapp-max-block-size, 100dvh);
    min-block-size: 0;
    background: var(--_surface-sunken);
  }
  .transcript {
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
  }
  .scroller {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
    padding-inline: calc(12px + var(--_aside, 0px)) calc(8px + var(--_aside, 0px));
    overflow: hidden auto;
    overscroll-behavior: contain;
    /* Rows keep their place by our own reckoning; two would correct twice. */
    overflow-anchor: none;
    scrollbar-gutter: stable;
    scrollbar-width: thin;
    scrollbar-color: var(--_border) transparent;
  }
  .scroller:focus-visible {
    outline-offset: -2px;
  }
  .head {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 4px 8px;
    min-block-size: 48px;
    /* Few messages stand at the bottom. */
    margin-block-start: auto;
    padding-block: 8px;
    text-align: center;
  }
  .foot {
    flex: none;
    padding-block-end: 56px;
    text-align: center;
  }
  .list {
    position: relative;
    flex: none;
    contain: layout;
  }
  .row {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    display: flow-root;
  }
  .body {
    padding-block-start: 12px;
  }
  .body.grouped {
    padding-block-start: 2px;
  }
  .day,
  .unread {
    display: flex;
    justify-content: center;
    padding-block-start: 12px;
  }
  .day span {
    padding: 2px 10px;
    border: 1px solid var(--_divider);
    border-radius: 999px;
    background: var(--_surface);
    color: var(--_text-muted);
  }
  .unread {
    align-items: center;
    gap: 8px;
    color: var(--_accent);
    font-weight: 600;
  }
  .unread::before,
  .unread::after {
    flex: 1;
    border-block-start: 1px solid currentcolor;
    content: '';
  }
  .notice {
    display: flex;
    flex-direction: column;
    align-items: center;
    text-align: center;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .to-end {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 12px;
    display: flex;
    justify-content: center;
    padding-inline: 16px;
    pointer-events: none;
  }
  .to-end.aside {
    justify-content: flex-end;
  }
  .to-end .button,
  .to-end .icon-button {
    border: 1px solid var(--_border);
    border-radius: 999px;
    background-color: var(--_surface);
    box-shadow: var(--_shadow);
    pointer-events: auto;
  }
  .skeletons {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: 12px;
    justify-content: flex-end;
    padding-block-end: 12px;
  }
  .skeletons .skeleton {
    block-size: 44px;
    border-radius: var(--_radius-card);
  }
  .skeletons .out {
    align-self: flex-end;
  }
  .empty,
  .error {
    flex: 1;
  }
`;
