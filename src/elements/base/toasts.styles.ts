import { css } from 'lit';

/** The looks of `Toasts`, which need `controlStyles` too. */
export const toastStyles = css`
  .toasts {
    position: fixed;
    inset: auto;
    inset-block-end: 16px;
    inset-inline-start: 16px;
    display: flex;
    flex-direction: column;
    gap: 8px;
    inline-size: min(360px, calc(100vw - 32px));
    margin: 0;
    padding: 0;
    overflow: visible;
    border: 0;
    background: none;
    color: inherit;
  }
  .toast {
    display: flex;
    gap: 8px;
    align-items: center;
    padding-block: 6px;
    padding-inline: 12px 6px;
    border: 1px solid var(--_divider);
    border-radius: var(--_radius-card);
    --_surface: var(--_raised);
    background: var(--_surface);
    box-shadow: var(--_shadow);
    color: var(--_text);
  }
  .toast p {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
`;
