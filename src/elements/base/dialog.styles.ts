import { css } from 'lit';

/** The looks of a `Dialog`. */
export const dialogStyles = css`
  .dialog {
    inline-size: min(440px, calc(100vw - 24px));
    max-inline-size: none;
    max-block-size: calc(100dvh - 24px);
    padding: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    color: var(--_text);
    border: 1px solid var(--_divider);
    border-radius: var(--_radius-card);
    --_surface: var(--_raised);
    background: var(--_surface);
    box-shadow: var(--_shadow);
    cursor: auto;
  }
  .dialog::backdrop {
    background: rgb(0 0 0 / 24%);
  }
  .dialog:focus {
    outline: none;
  }
  .dialog-head {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    display: flex;
    gap: 8px;
    align-items: center;
    padding-block: 8px;
    padding-inline: 16px 8px;
    background: var(--_surface);
  }
  .dialog-head h2 {
    flex: 1;
    font-size: var(--_font-size-title);
    font-weight: 600;
    line-height: calc(20 / 15);
  }
  .dialog-body {
    padding: 0 16px 16px;
  }
`;
