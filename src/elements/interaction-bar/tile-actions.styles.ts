import { css } from 'lit';
import { popoverStyles } from '../base/index.js';

export const tileActionsStyles = css`
  ${popoverStyles}
  /* Over the end of the tile's second line: it moves nothing, and how long somebody has waited stays in sight. */
  .item > .popover-place {
    position: absolute;
    inset-block-end: 0;
    inset-inline-end: 0;
  }
  .actions {
    display: flex;
    align-items: flex-end;
    justify-content: center;
    inline-size: var(--_target);
    block-size: var(--_target);
    padding: 0 0 3px;
    border: 0;
    background: none;
    color: var(--_text-muted);
    cursor: pointer;
  }
  /* In a strip over the end of the name: there it is the second line that tells. */
  :host(:not(:state(compact))) .strip .tiles > .item > .popover-place {
    inset-block: 0 auto;
  }
  :host(:not(:state(compact))) .strip .tiles > .item .actions {
    align-items: flex-start;
    padding: 3px 0 0;
  }
  .actions svg {
    inline-size: 24px;
    block-size: 20px;
    padding: 2px 4px;
    border-radius: var(--_radius-control);
    background: var(--_surface);
    box-shadow: 0 0 0 1px var(--_divider);
  }
  .actions:hover,
  .actions[aria-expanded='true'] {
    color: var(--_text);
  }
  .actions:focus-visible {
    outline: none;
  }
  .actions:focus-visible svg {
    outline: 2px solid var(--_focus);
    outline-offset: 0;
  }
  :host(:state(compact)) .actions {
    align-items: center;
    padding: 0;
  }
  /* On the one line there is, the mark stays, and what is beside it is not cut in two. */
  :host(:state(compact)) .item:has(> .popover-place) .time,
  :host(:state(compact)) .item:has(> .popover-place) pending-indicator::part(age) {
    visibility: hidden;
  }
`;
