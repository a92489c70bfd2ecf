import { css } from 'lit';

export const composerStyles = css`
  :host {
    flex: none;
    background: var(--_surface-sunken);
  }
  .composer {
    container-type: inline-size;
    padding: 8px calc(12px + var(--_aside, 0px));
  }
  .box {
    padding-block: 8px 6px;
    border: 1px solid var(--_border);
    border-radius: 12px;
    background: var(--_surface);
  }
  ::slotted(*) {
    margin: 0 6px 6px 8px;
  }
  .box:has(textarea:focus-visible) {
    outline: 2px solid var(--_focus);
    outline-offset: -1px;
  }
  .box:has(textarea[aria-invalid='true']) {
    border-color: var(--_pending-critical);
  }
  .box.closed {
    padding-block-end: 8px;
    border-color: var(--_divider);
    background: none;
  }
  /* An unseen copy of the text, or of as much of it as fills the box, gives the box its height, in every engine alike. Whole lines: the space around them is outside of what scrolls. */
  .grow {
    --_most: 8lh;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    max-block-size: var(--_most);
    overflow: hidden;
  }
  .grow::after {
    padding-inline: 12px;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    visibility: hidden;
    content: attr(data-text) ' ';
  }
  .grow::after,
  textarea {
    grid-area: 1 / 1;
    min-inline-size: 0;
    min-block-size: 1lh;
  }
  textarea {
    inline-size: 100%;
    block-size: 100%;
    max-block-size: var(--_most);
    padding: 0 12px;
    border: 0;
    outline: 0;
    background: none;
    color: var(--_text);
    line-height: inherit;
    overflow-wrap: anywhere;
    overflow-y: auto;
    resize: none;
    scrollbar-width: thin;
  }
  textarea::placeholder {
    color: var(--_text-muted);
    opacity: 1;
  }
  /* What cannot be sent is folded to its first line until one goes there to read it. */
  .closed .grow:not(:focus-within),
  .closed textarea:not(:focus) {
    max-block-size: 1lh;
    overflow-y: hidden;
  }
  .closed textarea {
    color: var(--_text-muted);
  }
  /* On a low page, such as one that is magnified, the messages keep their room. */
  @supports (block-size: round(down, 1px, 1px)) {
    .grow {
      --_most: clamp(1lh, round(down, 30dvh, 1lh), 8lh);
    }
  }
  .unfilled {
    padding: 4px 12px 0;
    color: var(--_pending-warning-text);
    overflow-wrap: anywhere;
  }
  .tools {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 32px;
    margin-block-start: 4px;
    padding-inline: 6px;
  }
  /* In one line or not at all: on a second line, after one of no width, it is not shown. */
  .hint {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    block-size: 1lh;
    min-inline-size: 0;
    overflow-y: clip;
    white-space: nowrap;
  }
  .hint::before {
    content: '\\200b';
  }
  .count {
    flex: 1;
    min-inline-size: 0;
    text-align: end;
    text-wrap: balance;
  }
  .count.over {
    color: var(--_pending-critical);
    font-weight: 600;
  }
  .send {
    margin-inline-start: auto;
  }
  .emoji {
    inline-size: min(320px, calc(100vw - 16px));
    /* At the start of its button, over the conversation and not beside it. */
    justify-self: start;
  }
  @container (max-width: 559px) {
    .emoji {
      inline-size: calc(100cqi - 12px);
      max-inline-size: calc(100vw - 16px);
    }
    .emoji whatsapp-emoji-picker {
      block-size: 280px;
    }
  }
  .send svg:dir(rtl) {
    transform: scaleX(-1);
  }
  .box:has(formatting-bar) {
    position: relative;
  }
  /* Over the end of the messages: what is written does not move. */
  formatting-bar {
    position: absolute;
    z-index: 1;
    inset-block-end: calc(100% + 4px);
    inset-inline: 0;
    pointer-events: none;
  }
  .unavailable {
    display: flex;
    gap: 8px;
    align-items: flex-start;
    padding-inline: 12px;
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }
  .unavailable svg {
    margin-block-start: 2px;
    color: var(--_text-muted);
  }
  .kept {
    margin-block-start: 8px;
    padding: 6px 12px 0;
    border-block-start: 1px solid var(--_divider);
  }
  @media (forced-colors: active) {
    .box:has(textarea[aria-invalid='true']) {
      border-style: dashed;
    }
  }
`;
