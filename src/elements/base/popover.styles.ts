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
  /* Not Firefox: where the element's direction is not the page's, it puts them beyond the edge. Not WebKit: it tries the fallbacks for ever where
     a popover's button comes or goes with the width of a container, or with the rendering that closes it. There, popover-place.ts does it. */
  @supports (anchor-scope: all) and (position-area: bottom) and (not (-moz-appearance: none)) and
    (not (-webkit-nbsp-mode: space)) {
    .popover-place {
      anchor-scope: --popover-button;
    }
    .popover-place > button {
      anchor-name: --popover-button;
    }
    .popover {
      position-anchor: --popover-button;
      position-area: bottom span-left;
      position-try-fallbacks:
        flip-block,
        --popover-low,
        --popover-low flip-block,
        flip-inline,
        flip-block flip-inline;
      position-visibility: always;
      margin-block: 4px;
    }
    /* Logical directions would be those of the page, which may be another. */
    [dir='rtl'] .popover {
      position-area: bottom span-right;
    }
  }
  /* Fits on neither side: scrolls inside, where there is room to scroll in. */
  @position-try --popover-low {
    min-block-size: 160px;
    max-block-size: calc(100% - 12px);
  }
`;
