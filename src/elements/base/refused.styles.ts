import { css } from 'lit';

/** The looks of `renderRefused()`, which needs `controlStyles` too. */
export const refusedStyles = css`
  .problem {
    display: flex;
    flex: none;
    align-items: start;
    gap: 8px;
    padding-block: 6px;
    padding-inline: 12px 4px;
    border: 1px solid var(--_divider);
    border-radius: var(--_radius-card);
    background: var(--_surface);
  }
  .problem p {
    flex: 1;
    min-inline-size: 0;
    padding-block: 6px;
  }
  .problem > svg {
    margin-block: 6px;
    color: var(--_pending-critical);
  }
  .problem .truncate {
    display: inline-block;
    max-inline-size: 14em;
    vertical-align: bottom;
    font-weight: 600;
  }
`;
