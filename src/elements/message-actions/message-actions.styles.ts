import { css } from 'lit';

export const messageActionsStyles = css`
  .bar {
    display: flex;
    gap: 2px;
    padding: 1px;
    border: 1px solid var(--_divider);
    border-radius: 999px;
    --_surface: var(--_raised);
    background: var(--_surface);
    box-shadow: var(--_shadow);
    inline-size: max-content;
  }
  /* The message hides it when neither pointer nor focus is there: what is open stays, and can take the focus. */
  .popover,
  .bar:has(:popover-open) {
    visibility: visible;
  }
  .bar .icon-button {
    border-radius: 999px;
  }
  .emoji-row {
    display: flex;
    gap: 2px;
  }
  .emoji-row .icon-button {
    font-size: calc(var(--_font-size) * 18 / 14);
    line-height: 1;
    color: var(--_text);
  }
  .emoji-row [aria-pressed='true'] {
    background-color: var(--_hover);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }
  whatsapp-emoji-picker {
    inline-size: min(300px, calc(100vw - 32px));
    block-size: 320px;
  }
`;
