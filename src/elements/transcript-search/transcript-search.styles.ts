import { css } from 'lit';

export const transcriptSearchStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
    border-block-end: 1px solid var(--_divider);
    background: var(--_surface);
  }
  .search {
    display: flex;
    flex-direction: column;
    justify-content: center;
    min-block-size: 40px;
    block-size: 100%;
    padding-inline: 12px 8px;
  }
  .row {
    display: flex;
    gap: 4px;
    align-items: center;
  }
  .field {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 32px;
    padding-block: 0;
  }
  .count {
    flex: none;
    min-inline-size: 32px;
    color: var(--_text-muted);
    font-variant-numeric: tabular-nums;
    text-align: center;
  }
  .note {
    padding-block: 2px 4px;
  }
`;
