import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    max-block-size: var(--whatsapp-max-block-size, 100dvh);
    min-block-size: 0;
    min-inline-size: 0;
  }
  .workbins {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
  }
  .workbin {
    position: relative;
    display: flex;
    flex: none;
    flex-direction: column;
    min-block-size: 0;
    border-block-end: 1px solid var(--_divider);
  }
  .workbin.open {
    flex: 0 1 auto;
  }
  .heading {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    inline-size: 100%;
    min-block-size: max(var(--_target), 36px);
    padding: 4px 8px;
    border: 0;
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .heading:hover {
    background: var(--_hover);
  }
  .heading:focus-visible {
    outline-offset: -2px;
  }
  .chevron {
    color: var(--_text-muted);
    transition: transform var(--_motion);
  }
  [dir='rtl'] .chevron {
    transform: scaleX(-1);
  }
  [aria-expanded='true'] .chevron,
  [dir='rtl'] [aria-expanded='true'] .chevron {
    transform: rotate(90deg);
  }
  .heading .name {
    flex: 1;
    font-weight: 600;
  }
  .count {
    color: var(--_text-muted);
  }
  .parked {
    flex: 0 1 auto;
    min-block-size: 0;
    border-block-start: 1px solid var(--_divider);
    overflow-y: auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_border) transparent;
  }
  .take {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 8px;
    block-size: fit-content;
    min-block-size: calc(var(--_target) - 4px);
    margin-block: auto;
    padding-block: 1px;
    opacity: 0;
    pointer-events: none;
  }
  .item:hover .take,
  .item:focus-within .take,
  .row[aria-current] + .take {
    opacity: 1;
    pointer-events: auto;
  }
  .item:hover .row,
  .item:focus-within .row,
  .row[aria-current] {
    padding-inline-end: 84px;
  }
  .item.busy .row {
    opacity: 0.6;
  }
  /* Over the rows, which so stay where they are. */
  .problem {
    position: absolute;
    z-index: 1;
    inset-block-start: calc(max(var(--_target), 36px) + 8px);
    inset-inline: 8px;
    --_surface: var(--_raised);
    box-shadow: var(--_shadow);
  }
  .empty,
  .error {
    padding: 12px 16px 16px;
    border-block-start: 1px solid var(--_divider);
  }
  .skeletons {
    display: grid;
    gap: 8px;
    padding: 10px 12px;
    border-block-start: 1px solid var(--_divider);
  }
  .skeletons .skeleton {
    block-size: 24px;
  }
  .end {
    block-size: 1px;
  }
  @media (pointer: coarse) {
    .row {
      padding-inline-end: 88px;
    }
    .take {
      opacity: 1;
      pointer-events: auto;
    }
  }
`;
