import { css } from 'lit';

export const formattingBarStyles = css`
  :host {
    display: block;
  }
  .bar {
    display: flex;
    inline-size: fit-content;
    max-inline-size: 100%;
    border: 1px solid var(--_divider);
    border-radius: var(--_radius-card);
    background: var(--_surface);
    box-shadow: var(--_shadow);
    pointer-events: auto;
    overflow-x: auto;
    scrollbar-width: none;
  }
  .icon-button:focus-visible {
    outline-offset: -3px;
  }
`;
