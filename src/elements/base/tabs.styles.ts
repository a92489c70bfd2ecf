import { css } from 'lit';

/** `Tabs`: in a row of 40 px with the name of the selected one, or `.upright` as a strip of icons. */
export const tabStyles = css`
  .tabs {
    display: flex;
    min-inline-size: 0;
  }
  .tab {
    position: relative;
    display: inline-flex;
    gap: 6px;
    align-items: center;
    justify-content: center;
    min-inline-size: max(36px, var(--_target));
    min-block-size: 40px;
    padding: 0 8px;
    border: 0;
    background: none;
    color: var(--_text-muted);
    font-weight: 600;
    white-space: nowrap;
    cursor: pointer;
  }
  .tab:hover {
    background: var(--_hover);
    color: var(--_text);
  }
  .tab:focus-visible {
    outline-offset: -2px;
  }
  .tab .label {
    display: none;
  }
  .tab[aria-selected='true'] {
    color: var(--_text);
  }
  .tab[aria-selected='true'] .label {
    display: inline;
  }
  .tab[aria-selected='true']::after {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 0;
    border-block-end: 2px solid var(--_accent);
    content: '';
  }
  .upright {
    flex-direction: column;
  }
  .upright .tab {
    min-inline-size: 32px;
    padding: 0;
  }
  .upright .tab .label {
    display: none;
  }
  .upright .tab[aria-selected='true']::after {
    inset-block: 0;
    inset-inline: 0 auto;
    border-block-end: 0;
    border-inline-start: 2px solid var(--_accent);
  }
`;
