import { css } from 'lit';

export const interactionStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1 1 auto;
    min-block-size: 240px;
    min-inline-size: 0;
    block-size: 100%;
    max-block-size: var(--whatsapp-max-block-size, 100dvh);
    /* What stands in front of the messages stands in front of nothing of the page. */
    isolation: isolate;
    background: var(--_surface-sunken);
  }
  .interaction {
    /* Messages and composer stand in one column where lines would become too long. */
    --_aside: max(0px, (100% - 760px) / 2);
    container: whatsapp-interaction / inline-size;
    /* Where the width is asked of the content: it has none of its own, because it is laid out by its width. */
    contain-intrinsic-inline-size: 400px;
    display: grid;
    flex: 1;
    /* Of what is around, also where a page makes the element itself part of a line of text: as in the desk. */
    block-size: 100%;
    grid-template:
      'header panel' auto
      'search panel' auto
      'transcript panel' minmax(0, 1fr)
      'composer panel' auto / minmax(0, 1fr) auto;
    min-block-size: 0;
  }
  .interaction:has(side-panel[layout='docked'][open]) {
    --_aside: 0px;
  }
  /* At the end of a panel that lies over the messages, whose tabs and button to close it are at the top. */
  .interaction:has(side-panel[open]:not([layout='docked'])) {
    --_notices-at: end;
  }
  side-panel {
    grid-area: panel;
  }
  transcript-search {
    z-index: 2;
    grid-area: search;
  }
  .header {
    position: relative;
    z-index: 1;
    display: grid;
    grid-area: header;
    grid-template:
      'name actions' auto
      'facts actions' auto / minmax(176px, 1fr) minmax(0, auto);
    align-content: center;
    column-gap: 8px;
    min-block-size: 56px;
    padding-inline: 12px 8px;
    border-block-end: 1px solid var(--_divider);
    background: var(--_surface);
  }
  .name {
    grid-area: name;
    font-size: var(--_font-size-title);
    font-weight: 600;
  }
  .facts {
    display: flex;
    grid-area: facts;
    gap: 8px;
    align-items: center;
    min-inline-size: 0;
    block-size: 20px;
    white-space: nowrap;
  }
  /* As wide with the channel's name as with the pendency of an hour. */
  .channel {
    display: flex;
    flex: none;
    gap: 4px;
    align-items: center;
    min-inline-size: 80px;
    color: var(--_accent);
  }
  .details {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    min-inline-size: 0;
    /* The time that does not fit is on a second line, which is not shown. */
    block-size: 16px;
    overflow-y: clip;
  }
  /* Where there are dots, they stand in the gap: at the right, because a number is read from left to right in every language. */
  .address {
    max-inline-size: calc(100% + var(--_dots));
    margin-right: calc(-1 * var(--_dots));
    white-space: normal;
  }
  elapsed-time::part(time) {
    font-size: var(--_font-size-small);
    line-height: calc(16 / 12);
    color: var(--_text-muted);
  }
  .window {
    display: inline-flex;
    flex: none;
    gap: 4px;
    align-items: center;
    padding-inline: 6px;
    border: 1px solid var(--_divider);
    border-radius: 999px;
    color: var(--_text-muted);
    line-height: 18px;
    white-space: nowrap;
  }
  .window.closing {
    border-color: var(--_pending-warning);
    background: color-mix(in srgb, var(--_pending-warning) 14%, var(--_surface));
    color: var(--_pending-warning-text);
  }
  .window.closed {
    border-color: var(--_border);
    color: var(--_text);
  }

  .actions {
    display: flex;
    grid-area: actions;
    align-items: center;
  }
  .wide {
    display: flex;
    gap: 8px;
    align-items: center;
  }
  /* The name comes before that of the button. */
  .wide,
  .wide .button {
    flex: 0 1 auto;
    min-inline-size: 0;
  }
  .narrow {
    display: none;
  }

  /* Over the top of the messages: what comes and goes moves nothing, and takes no room from the composer. */
  .notices {
    z-index: 2;
    grid-area: transcript;
    align-self: var(--_notices-at, start);
    min-block-size: 0;
    max-block-size: 100%;
    overflow-y: auto;
  }
  .refusal {
    display: flex;
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
    grid-area: transcript;
  }
  whatsapp-composer {
    grid-area: composer;
  }
  .empty {
    grid-area: 1 / 1 / -1 / -1;
    background: var(--_surface-sunken);
  }
  .empty svg {
    opacity: 0.6;
  }
  .strong {
    color: var(--_text);
    font-weight: 600;
  }
  .header .skeleton {
    inline-size: 40%;
    block-size: 20px;
  }

  /* Here the facts have the second line to themselves. */
  @container whatsapp-interaction (inline-size < 560px) {
    transcript-search {
      grid-area: header;
    }
    .header {
      grid-template-areas: 'name actions' 'facts facts';
      grid-template-rows: 32px 20px;
      align-items: center;
    }
    /* The line below is near. */
    .actions :focus-visible {
      outline-offset: -2px;
    }
  }
  @container whatsapp-interaction (inline-size < 440px) {
    .wide {
      display: none;
    }
    .narrow {
      display: block;
    }
    .facts {
      gap: 4px;
    }
    .window {
      margin-inline-start: auto;
      padding-inline: 4px;
    }
  }
  /* The number comes before what the composer says too. */
  @container whatsapp-interaction (inline-size < 300px) {
    .closed > :nth-child(2) {
      display: none;
    }
  }
`;
