import { css } from 'lit';

export const messageQuoteStyles = css`
  :host {
    display: block;
  }
  .quote {
    display: flex;
    gap: 8px;
    align-items: center;
    min-block-size: 42px;
  }
  .said {
    flex: 1;
    min-inline-size: 0;
    padding: 3px 8px;
    border: 0;
    border-inline-start: 3px solid var(--_accent);
    border-radius: var(--_radius-control);
    background: color-mix(in srgb, var(--_text) 6%, transparent);
    text-align: start;
    font-size: var(--_font-size-small);
    line-height: calc(16 / 12);
  }
  button.said {
    inline-size: 100%;
    cursor: pointer;
  }
  button.said:hover {
    background: color-mix(in srgb, var(--_text) 10%, transparent);
  }
  .said > span {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name {
    color: var(--_text);
    font-weight: 600;
  }
`;
