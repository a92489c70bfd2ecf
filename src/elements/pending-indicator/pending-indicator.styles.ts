import { css } from 'lit';

export const styles = css`
  :host {
    display: inline-flex;
    vertical-align: middle;
  }
  .pendency {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    font-size: var(--_font-size-small);
    line-height: calc(16 / 12);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
    color: var(--_text-muted);
  }
  .shape {
    inline-size: 14px;
    block-size: 14px;
  }
  .mark {
    stroke: var(--_surface);
  }
  .ok .shape {
    color: var(--_pending-ok);
  }
  .warning {
    color: var(--_pending-warning-text);
    font-weight: 600;
  }
  .warning .shape {
    color: var(--_pending-warning);
  }
  .warning .mark {
    stroke: #3a2400;
  }
  .critical {
    color: var(--_pending-critical);
    font-weight: 600;
  }
  /* The shape flashes, never the words; once a second is slow enough for everyone. */
  .critical .shape {
    animation: flash 1s step-end infinite;
  }
  @keyframes flash {
    50% {
      opacity: 0.25;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .critical .shape {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .mark,
    .warning .mark {
      stroke: Canvas;
    }
  }
`;
