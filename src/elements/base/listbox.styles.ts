import { css } from 'lit';

/** The looks of a `Listbox`, and of the list of a `Combobox`, which needs `popoverStyles` too. */
export const listboxStyles = css`
  .listbox {
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .listbox:not(.popover) {
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: var(--_surface);
  }
  .option {
    display: flex;
    gap: 8px;
    align-items: center;
    min-block-size: max(36px, var(--_target));
    padding: 4px 10px;
    border-radius: var(--_radius-control);
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .option:hover,
  .option.active {
    background: var(--_hover);
  }
  /* Where the focus is elsewhere, the option that the keyboard is at is marked as if it had it. */
  .listbox:focus-visible .option.active,
  .combobox .option.active {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .option[aria-selected='true'] {
    font-weight: 600;
  }
  .option.none {
    color: var(--_text-muted);
    cursor: default;
  }
  .combobox input {
    inline-size: 100%;
    min-block-size: max(36px, var(--_target));
    padding: 4px 10px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
  }
`;
