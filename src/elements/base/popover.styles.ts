import { css } from 'lit';

/** `.popover-place` with a button and a `.popover`; `.menu` with `.menu-item`. */
export const popoverStyles = css`
  .popover-place {
    position: relative;
    min-inline-size: 0;
  }
  .popover {
    position: fixed;
    inset: auto;
    max-inline-size: min(320px, calc(100vw - 16px));
    max-block-size: calc(100dvh - 16px);
    margin: 0;
    padding: 4px;
    overflow: hidden auto;
    color: var(--_text);
    border: 1px solid var(--_divider);
    border-radius: var(--_radius-card);
    --_surface: var(--_raised);
    background: var(--_surface);
    box-shadow: var(--_shadow);
  }
  .popover:focus {
    outline: none;
  }
  .menu {
    min-inline-size: 180px;
  }
  .menu-item {
    position: relative;
    display: flex;
    gap: 8px;
    align-items: center;
    inline-size: 100%;
    min-block-size: max(36px, var(--_target));
    padding: 4px 10px;
    border: 0;
    border-radius: var(--_radius-control);
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .menu-item.apart {
    margin-block-start: 9px;
  }
  .menu-item.apart::before {
    position: absolute;
    inset-block-start: -5px;
    inset-inline: 6px;
    block-size: 1px;
    background: var(--_divider);
    content: '';
  }
  .menu-item svg {
    color: var(--_text-muted);
  }
  .menu-item .text {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .menu-item:hover {
    background: var(--_hover);
  }
  .menu-item:focus-visible {
    outline-offset: -2px;
  }
`;
