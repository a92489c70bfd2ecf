import { css } from 'lit';

/** The sign that files can be dropped, over messages and composer. */
export const attachingStyles = css`
  .drop {
    grid-row: 2 / 4;
    grid-column: 1;
    z-index: 2;
    display: grid;
    place-items: center;
    margin: 8px;
    padding: 16px;
    border: 2px dashed var(--_accent);
    border-radius: 12px;
    background: color-mix(in srgb, var(--_surface) 88%, transparent);
    text-align: center;
    pointer-events: none;
  }
`;
