import { css } from 'lit';

export const styles = css`
  :host {
    container-type: inline-size;
  }
  .status {
    display: flex;
    gap: 8px;
    align-items: center;
  }
  .name {
    flex: 1;
    font-weight: 600;
  }
  /* Beside a long name, the status is what must be read. */
  .popover-place {
    flex: 0 1 auto;
    max-inline-size: 75%;
  }
  .name:empty + .popover-place {
    max-inline-size: 100%;
  }
  .switch {
    gap: 6px;
    max-inline-size: 100%;
    padding: 5px 6px;
    font-weight: 400;
  }
  .switch[disabled] {
    border-color: var(--_divider);
  }
  .word {
    flex: none;
  }
  .switch .mark {
    color: var(--_text-muted);
  }
  .switch .reason {
    color: var(--_text-muted);
  }
  .mark {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 16px;
    block-size: 16px;
  }
  .dot {
    inline-size: 10px;
    block-size: 10px;
    border: 2px solid var(--_text-muted);
    border-radius: 50%;
  }
  .dot.ready {
    border-color: var(--_pending-ok);
    background: var(--_pending-ok);
  }
  .switch.old {
    color: var(--_text-muted);
  }
  .old .dot {
    border-color: currentColor;
    background: none;
  }
  .skeleton {
    inline-size: 56px;
    block-size: 12px;
  }
  [aria-busy='true'] .switch .mark {
    animation: wait 1s ease-in-out infinite;
  }
  @keyframes wait {
    50% {
      opacity: 0.25;
    }
  }
  .problem {
    padding: 8px 12px;
  }
  .problem p {
    display: flex;
    gap: 8px;
  }
  .problem svg {
    margin-block: 2px;
    color: var(--_pending-critical);
  }
  /* A name of one letter helps nobody; the status does. */
  @container (inline-size < 150px) {
    .name {
      display: none;
    }
    .popover-place {
      max-inline-size: 100%;
    }
  }
  /* A reason says by itself that it is Not Ready, as the mark does. */
  @container (inline-size < 320px) {
    .word:has(+ .reason) {
      display: none;
    }
    .switch .reason {
      color: inherit;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    [aria-busy='true'] .switch .mark {
      animation: none;
      opacity: 0.5;
    }
  }
  @media (forced-colors: active) {
    .dot.ready {
      background: CanvasText;
      forced-color-adjust: none;
    }
  }
`;
