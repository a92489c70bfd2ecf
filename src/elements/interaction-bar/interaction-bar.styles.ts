import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    min-block-size: 0;
    min-inline-size: 0;
  }
  .bar {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
  }
  .invitations {
    display: grid;
    flex: 0 1 auto;
    gap: 8px;
    min-block-size: 88px;
    overflow-y: auto;
    padding: 8px;
    border-block-end: 1px solid var(--_divider);
  }
  .invitation {
    display: grid;
    gap: 4px;
    min-inline-size: 0;
    padding-block: 8px;
    padding-inline: 12px 8px;
    border: 1px solid var(--_accent);
    border-radius: var(--_radius-card);
    background: var(--_surface);
  }
  .invitation .line {
    gap: 8px;
  }
  .channel {
    flex: none;
    color: var(--_accent);
  }
  .invitation .name {
    flex: 1;
    font-weight: 600;
  }
  .invitation .last {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .answers {
    display: flex;
    gap: 8px;
    margin-block-start: 4px;
  }
  .answers .button {
    flex: 1 1 0;
  }
  .left {
    display: grid;
    flex: none;
    place-items: center;
    font-size: var(--_font-size-small);
    line-height: 1;
    color: var(--_text-muted);
  }
  .left > * {
    grid-area: 1 / 1;
  }
  .left circle {
    fill: none;
    stroke-width: 2.5;
    transform: rotate(-90deg);
    transform-origin: center;
  }
  .track {
    stroke: var(--_divider);
  }
  .rest {
    stroke: var(--_accent);
  }
  .ending {
    font-weight: 600;
    color: var(--_pending-critical);
  }
  .ending .rest {
    stroke: var(--_pending-critical);
  }
  .open,
  .tiles {
    display: flex;
    flex: 0 1 auto;
    flex-direction: var(--whatsapp-interaction-bar-flow, column);
    min-block-size: 0;
    min-inline-size: 0;
  }
  .open {
    min-block-size: var(--_row-height);
  }
  .tiles {
    /* What lies between tiles shows through, whichever way they flow. */
    gap: 1px;
    background: var(--_divider);
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_border) transparent;
  }
  .tiles > li {
    flex: 0 0 var(--whatsapp-interaction-bar-tile-size, auto);
    min-inline-size: 0;
  }
  .tile::before {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    inline-size: 3px;
  }
  .tile.selected .name,
  .tile.news .name {
    font-weight: 600;
  }
  .tile.selected::before,
  .tile.blinking::before {
    background: var(--_accent);
  }
  .tile.blinking::before {
    animation: blink 1s step-end infinite;
  }
  @keyframes blink {
    50% {
      opacity: 0;
    }
  }
  .more {
    flex: none;
    align-self: center;
    min-block-size: 24px;
    padding: 2px 8px;
    border: 0;
    border-radius: var(--_radius-control);
    background: none;
    color: var(--_link);
    font-size: var(--_font-size-small);
    cursor: pointer;
  }
  .more:hover {
    background: var(--_hover);
  }
  .problem {
    display: flex;
    flex: none;
    align-items: start;
    gap: 8px;
    padding-block: 6px;
    padding-inline: 12px 4px;
    border-block-end: 1px solid var(--_divider);
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
  .empty {
    padding: 16px 12px;
  }
  .skeletons {
    display: grid;
    gap: 8px;
    padding: 12px;
  }
  .skeletons .skeleton {
    block-size: 28px;
  }
  @media (prefers-reduced-motion: reduce) {
    .tile.blinking::before {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .tile.selected::before,
    .tile.blinking::before {
      background: Highlight;
    }
    .track {
      stroke: Canvas;
    }
    .rest {
      stroke: CanvasText;
    }
  }
`;
