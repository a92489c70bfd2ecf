import { css } from 'lit';
import { popoverStyles } from '../base/index.js';

export const manyTilesStyles = css`
  ${popoverStyles}
  .more {
    display: flex;
    flex: none;
    gap: 6px;
    align-items: center;
    justify-content: center;
    min-block-size: var(--_target);
    padding: 0;
    border: 0;
    background: var(--_surface);
    font-size: var(--_font-size-small);
    line-height: calc(16 / 12);
    font-weight: 600;
    cursor: pointer;
  }
  .strip .more {
    flex-direction: column;
    gap: 2px;
  }
  .more:hover,
  .more[aria-expanded='true'] {
    background-image: linear-gradient(var(--_hover), var(--_hover));
  }
  .more:focus-visible {
    outline-offset: -2px;
  }
  .more pending-indicator::part(age) {
    display: none;
  }
  .popover.hidden-tiles {
    inline-size: 320px;
    padding: 0;
  }
`;
