import { css } from 'lit';

export const composerStyles = css`
  :host {
    flex: none;
    border-block-start: 1px solid var(--_divider);
    background: var(--_surface);
  }
  .composer {
    padding: 8px 12px;
  }
  .line {
    display: flex;
    gap: 8px;
    align-items: flex-end;
  }
  /* An unseen copy of the text gives the box its height, in every engine alike. */
  .grow {
    display: grid;
    flex: 1;
    min-inline-size: 0;
    max-block-size: calc(8lh + 16px);
    overflow: hidden;
  }
  .grow::after {
    padding: 7px 14px;
    border: 1px solid transparent;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    visibility: hidden;
    content: attr(data-text) ' ';
  }
  .grow::after,
  textarea {
    grid-area: 1 / 1;
    min-inline-size: 0;
    min-block-size: 36px;
  }
  textarea.field {
    block-size: 100%;
    max-block-size: calc(8lh + 16px);
    padding: 7px 14px;
    border-radius: 18px;
    line-height: inherit;
    overflow-wrap: anywhere;
    overflow-y: auto;
    resize: none;
    scrollbar-width: thin;
  }
  textarea.field:focus-visible {
    outline-offset: -2px;
  }
  textarea.field[readonly] {
    border-color: var(--_divider);
    color: var(--_text-muted);
  }
  textarea.field[aria-invalid='true'] {
    border-color: var(--_pending-critical);
  }
  .icon-button.primary {
    min-inline-size: max(36px, var(--_target));
    min-block-size: max(36px, var(--_target));
    border-radius: 999px;
  }
  .icon-button svg:dir(rtl) {
    transform: scaleX(-1);
  }
  .below {
    display: flex;
    justify-content: space-between;
    gap: 8px;
    padding: 4px 14px 0;
  }
  .count {
    margin-inline-start: auto;
    text-align: end;
  }
  .count.over {
    color: var(--_pending-critical);
    font-weight: 600;
  }
  .unavailable {
    display: flex;
    gap: 8px;
    align-items: flex-start;
    padding: 4px 2px;
    color: var(--_text);
    text-wrap: pretty;
  }
  .unavailable svg {
    color: var(--_pending-warning-text);
  }
  .unavailable + .line {
    margin-block-start: 8px;
  }
  @media (forced-colors: active) {
    textarea[aria-invalid='true'] {
      border-style: dashed;
    }
  }
`;
