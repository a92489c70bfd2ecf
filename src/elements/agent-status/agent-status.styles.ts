import { css } from 'lit';

export const styles = css`
  :host {
    container-type: inline-size;
  }
  .status {
    display: grid;
    gap: 8px;
  }
  .name {
    font-weight: 600;
  }
  .switch {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    gap: 2px;
    padding: 2px;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius-control) + 2px);
    background: var(--_surface);
  }
  .choice {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-inline-size: 0;
    min-block-size: calc(var(--_target) - 4px);
    padding: 3px 8px;
    border: 0;
    border-radius: var(--_radius-control);
    background: none;
    color: var(--_text-muted);
    white-space: nowrap;
    cursor: pointer;
    transition: background-color var(--_motion);
  }
  .choice:hover:not([disabled]) {
    background: var(--_hover);
  }
  .choice[disabled] {
    cursor: default;
  }
  .choice[aria-pressed='true'] {
    background: color-mix(in srgb, var(--_text) 10%, transparent);
    color: var(--_text);
    font-weight: 600;
  }
  .choice.ready[aria-pressed='true'] {
    background: var(--_selected);
  }
  .dot {
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border: 2px solid var(--_text-muted);
    border-radius: 50%;
  }
  [aria-pressed='true'] .dot.ready {
    border-color: var(--_pending-ok);
    background: var(--_pending-ok);
  }
  [aria-pressed='true'] .dot.not-ready {
    border-color: var(--_pending-critical);
    background: var(--_pending-critical);
  }
  [aria-busy='true'] [aria-pressed='true'] .dot {
    animation: wait 1s ease-in-out infinite;
  }
  @keyframes wait {
    50% {
      opacity: 0.25;
    }
  }
  .reason {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .reason .field {
    flex: 1;
    min-inline-size: 0;
  }
  .problem {
    display: flex;
    gap: 6px;
    color: var(--_pending-critical);
  }
  @container (inline-size >= 360px) {
    .status {
      grid-template-columns: minmax(0, 1fr) auto;
      align-items: center;
    }
    .reason,
    .problem {
      grid-column: 1 / -1;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    [aria-busy='true'] [aria-pressed='true'] .dot {
      animation: none;
      opacity: 0.5;
    }
  }
  @media (forced-colors: active) {
    .choice.ready[aria-pressed='true'],
    .choice.not-ready[aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    [aria-pressed='true'] .dot.ready,
    [aria-pressed='true'] .dot.not-ready {
      border-color: HighlightText;
      background: HighlightText;
    }
  }
`;
