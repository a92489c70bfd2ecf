import { css } from 'lit';

/** The looks of a `Tree`. */
export const treeStyles = css`
  .tree-item {
    display: flex;
    gap: 4px;
    align-items: center;
    min-block-size: max(32px, var(--_target));
    padding-inline: calc(4px + 16px * var(--_level)) 8px;
    border-radius: var(--_radius-control);
    cursor: pointer;
  }
  .tree-item:hover {
    background: var(--_hover);
  }
  .tree-item[aria-selected='true'] {
    background: var(--_selected);
    font-weight: 600;
  }
  .tree-item:focus-visible {
    outline-offset: -2px;
  }
  .tree-item .text {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .twisty {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: center;
    inline-size: 24px;
    block-size: 24px;
    color: var(--_text-muted);
  }
  .tree-item[aria-expanded='false'] .twisty svg {
    rotate: -90deg;
  }
  [dir='rtl'] .tree-item[aria-expanded='false'] .twisty svg {
    rotate: 90deg;
  }
`;
