import { css } from 'lit';

export const interactionStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    container: whatsapp-interaction / inline-size;
    min-block-size: 240px;
    min-inline-size: 0;
    block-size: 100%;
    background: var(--_surface-sunken);
  }
  .interaction {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
  }
  .header {
    position: relative;
    z-index: 1;
    display: flex;
    flex: none;
    gap: 8px;
    align-items: center;
    min-block-size: 56px;
    padding-block: 4px;
    padding-inline: 12px 8px;
    border-block-end: 1px solid var(--_divider);
    background: var(--_surface);
  }
  .channel {
    flex: none;
    color: var(--_accent);
  }
  pending-indicator {
    display: flex;
    flex: none;
  }
  .who {
    flex: 1;
    min-inline-size: 0;
  }
  /* What is cut off is the name's end, in its own direction. */
  .name {
    display: flex;
    min-inline-size: 0;
    font-size: var(--_font-size-title);
    font-weight: 600;
  }
  .facts {
    display: flex;
    white-space: nowrap;
  }
  .facts > * + *::before {
    white-space: pre;
    content: ' · ';
  }
  .address {
    min-inline-size: 0;
  }
  .window {
    display: inline-flex;
    flex: none;
    gap: 4px;
    align-items: center;
    padding: 2px 8px;
    border: 1px solid var(--_divider);
    border-radius: 999px;
    color: var(--_text-muted);
    white-space: nowrap;
  }
  .window.closing {
    border-color: var(--_pending-warning);
    background: color-mix(in srgb, var(--_pending-warning) 14%, var(--_surface));
    color: var(--_pending-warning-text);
    font-weight: 600;
  }
  .window.closed {
    color: var(--_text);
    font-weight: 600;
  }

  .actions,
  .wide {
    display: flex;
    flex: none;
    align-items: center;
  }
  .narrow {
    display: none;
  }
  .wide .button {
    gap: 6px;
    padding-inline: 8px;
    color: var(--_text-muted);
  }
  .wide .button:hover {
    color: var(--_text);
  }
  .menu-place {
    position: relative;
  }
  .trigger[data-menu='more'] {
    padding-inline: 5px;
    color: var(--_text-muted);
  }
  .menu {
    position: absolute;
    z-index: 2;
    inset-inline-end: 0;
    inset-block-start: calc(100% + 4px);
    min-inline-size: 180px;
    max-inline-size: min(300px, 92cqi);
    padding: 4px;
    border: 1px solid var(--_divider);
    border-radius: var(--_radius-card);
    background: var(--_surface);
    box-shadow: var(--_shadow);
  }
  .menu-item {
    display: flex;
    gap: 8px;
    align-items: center;
    inline-size: 100%;
    min-inline-size: max-content;
    min-block-size: max(36px, var(--_target));
    padding: 4px 10px;
    border: 0;
    border-radius: var(--_radius-control);
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .menu-item svg {
    color: var(--_text-muted);
  }
  .menu-item:hover {
    background: var(--_hover);
  }
  .menu-item:focus-visible {
    outline-offset: -2px;
  }

  .refusal {
    display: flex;
    flex: none;
    gap: 8px;
    align-items: center;
    padding-block: 4px;
    padding-inline: 12px 4px;
    border-block-end: 1px solid var(--_divider);
    background: color-mix(in srgb, var(--_pending-critical) 8%, var(--_surface));
  }
  .refusal > svg {
    color: var(--_pending-critical);
  }
  .refusal p {
    flex: 1;
  }
  whatsapp-transcript {
    flex: 1;
  }
  .empty {
    flex: 1;
    background: var(--_surface-sunken);
  }
  .empty svg {
    opacity: 0.6;
  }
  .strong {
    color: var(--_text);
    font-weight: 600;
  }
  .skeleton.round {
    inline-size: 24px;
    block-size: 24px;
    border-radius: 999px;
  }
  .skeleton.line {
    inline-size: 40%;
    block-size: 20px;
  }

  @container whatsapp-interaction (inline-size < 760px) {
    .word {
      display: none;
    }
  }
  @container whatsapp-interaction (inline-size < 560px) {
    .direction {
      position: absolute;
      clip-path: inset(50%);
    }
    .direction + .address::before {
      content: none;
    }
  }
  /* Here the name has the first line to itself. */
  @container whatsapp-interaction (inline-size < 400px) {
    .elapsed {
      position: absolute;
      clip-path: inset(50%);
    }
    .header {
      display: grid;
      grid-template:
        'channel name name name actions' auto
        'pendency pendency facts window actions' auto /
        auto auto minmax(0, 1fr) auto auto;
      row-gap: 0;
    }
    .channel {
      grid-area: channel;
    }
    pending-indicator {
      grid-area: pendency;
    }
    .who {
      display: contents;
    }
    .name {
      grid-area: name;
    }
    .facts {
      grid-area: facts;
    }
    .window {
      grid-area: window;
    }
    .actions {
      grid-area: actions;
    }
    .window {
      padding-block: 0;
    }
    .window:not(.closing) {
      padding: 0;
      border: 0;
    }
  }
  @container whatsapp-interaction (inline-size < 480px) {
    .wide {
      display: none;
    }
    .narrow {
      display: block;
    }
    .header {
      gap: 6px;
    }
    .window svg {
      display: none;
    }
  }
`;
