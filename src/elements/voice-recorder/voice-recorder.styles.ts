import { css } from 'lit';

export const voiceRecorderStyles = css`
  :host {
    display: block;
  }
  .line {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 36px;
    padding-inline: 6px;
  }
  .sentence {
    flex-wrap: wrap;
    padding-inline-start: 12px;
    overflow-wrap: anywhere;
  }
  /* On a narrow desk what can be done stands below it. */
  .sentence p {
    flex: 1 0 min(240px, 100% - 32px);
    min-inline-size: 0;
    text-wrap: pretty;
  }
  .sentence svg {
    color: var(--_text-muted);
  }
  .mark {
    flex: none;
    inline-size: 10px;
    block-size: 10px;
    margin-inline: 11px;
    border-radius: 50%;
    background: var(--_pending-critical);
  }
  @media (prefers-reduced-motion: no-preference) {
    .mark {
      animation: breathe 1.6s ease-in-out infinite;
    }
    @keyframes breathe {
      50% {
        opacity: 0.35;
      }
    }
  }
  .bars {
    position: relative;
    flex: 1;
    min-inline-size: 0;
    max-inline-size: 320px;
    block-size: 24px;
    color: var(--_text-muted);
  }
  .bars svg {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    fill: currentColor;
  }
  .played {
    color: var(--_accent);
  }
  .time {
    min-inline-size: 4ch;
    margin-inline-end: auto;
  }
  .send svg:dir(rtl) {
    transform: scaleX(-1);
  }
  .why {
    margin-block-start: 4px;
    padding-inline: 12px;
  }
  @media (forced-colors: active) {
    .mark {
      background: CanvasText;
    }
  }
`;
