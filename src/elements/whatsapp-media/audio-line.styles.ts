import { css } from 'lit';

export const audioStyles = css`
  .recording {
    padding-inline: 4px 0;
  }
  .play {
    border-radius: 999px;
    background-color: var(--_accent);
    color: var(--_on-accent);
  }
  .play:hover {
    color: var(--_on-accent);
  }
  .play.loading svg {
    opacity: 0.5;
  }
  .along {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: 2px;
    min-inline-size: 0;
    margin-inline-start: 6px;
    padding-block-start: 10px;
  }
  .track {
    position: relative;
    block-size: 24px;
    border-radius: var(--_radius-control);
    color: var(--_border);
  }
  .track:has(:focus-visible) {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  .track input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .bars,
  .bar {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    fill: currentColor;
  }
  .bar {
    inset-block: 10px;
    block-size: 4px;
    border-radius: 2px;
    background: currentColor;
  }
  .played {
    color: var(--_accent);
  }
  .time {
    display: flex;
    gap: 4px;
    align-items: center;
    min-block-size: 16px;
  }
  .rate {
    min-inline-size: 40px;
    padding-inline: 4px;
  }
  @media (forced-colors: active) {
    .played {
      color: Highlight;
    }
  }
`;
