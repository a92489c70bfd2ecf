import { css } from 'lit';
import { refusedStyles } from '../base/index.js';

export const noticeStyles = css`
  ${refusedStyles}
  .notices {
    display: grid;
    flex: none;
    gap: 8px;
    padding: 8px;
  }
  :host(:not([floating])) .bar:not(.strip) .notices {
    border-block-end: 1px solid var(--_divider);
  }
  .strip .notices,
  :host([floating]) .notices {
    position: absolute;
    z-index: 2;
    inset-block-start: calc(100% + var(--whatsapp-interaction-bar-offset, 0px));
    inset-inline: 0;
    max-inline-size: 440px;
    margin-inline: auto;
  }
  /* In a desk: over the tabs, where it is so low that they would cover the composer. */
  :host([low='top']) .notices {
    margin-block-start: -41px;
  }
  /* Over the end of its workbins, where they are open over the conversation. */
  :host(:is([notices='end'], [low='beside'])) {
    position: static;
  }
  :host([notices='end']) .notices {
    inset-block: auto 0;
  }
  /* Over the top of the messages, where it is so low that they would cover all workbins. As wide as the narrowest conversation beside its tabs. */
  :host([low='beside']) .notices {
    inset-block: 57px auto;
    inset-inline: 100% auto;
    inline-size: 295px;
  }
  .strip .notices > *,
  :host([floating]) .notices > * {
    --_surface: var(--_raised);
    border-radius: var(--_radius-card);
    box-shadow: var(--_shadow);
  }
  .invitation {
    display: grid;
    align-content: space-between;
    min-inline-size: 0;
    min-block-size: 96px;
    padding-block: 8px;
    padding-inline: 12px 8px;
    border: 1px solid var(--_accent);
    border-radius: var(--_radius-card);
    background: var(--_surface);
    overflow-x: clip;
  }
  .invitation .line {
    display: flex;
    align-items: center;
    gap: 8px;
    min-inline-size: 0;
  }
  .invitation pending-indicator,
  .channel {
    flex: none;
  }
  .channel {
    color: var(--_accent);
  }
  .invitation .name {
    flex: 1;
    font-weight: 600;
  }
  .invitation .said {
    flex: 1;
    color: var(--_text-muted);
  }
  .others {
    padding: 4px 8px;
    border: 1px solid var(--_divider);
    border-radius: var(--_radius-card);
    background: var(--_surface);
    text-align: center;
  }
  .answers {
    display: flex;
    gap: 8px;
    justify-content: flex-end;
  }
  .answers .button {
    flex: 0 1 120px;
    padding-block: 3px;
  }
  .time-left {
    display: contents;
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
  @media (forced-colors: active) {
    .track {
      stroke: Canvas;
    }
    .rest {
      stroke: CanvasText;
    }
  }
`;
