import { css } from 'lit';

/** The notification of a draft above its text, and what leads to one where only that can be sent. */
export const notifyingStyles = css`
  .chip {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    align-items: center;
    padding: 2px 6px 2px 2px;
    border: 1px solid var(--_divider);
    border-inline-start: 3px solid var(--_accent);
    border-radius: var(--_radius-control);
    background: var(--_surface-sunken);
  }
  .chip .icon-button {
    color: var(--_accent);
  }
  .chip-text {
    flex: 1 1 120px;
    min-inline-size: 0;
  }
  .chip-text > * {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chip-name {
    font-weight: 600;
  }
  .chip-buttons {
    display: flex;
    gap: 4px;
    margin-inline-start: auto;
  }
  .chip .button {
    padding-inline: 10px;
  }
  .chip[slot='closed'] {
    margin-block-start: 8px;
  }
  .choose {
    margin: 8px 12px 2px;
  }
`;
