import { css } from 'lit';

export const messageStyles = css`
  .message {
    container-type: inline-size;
    display: flex;
    flex-direction: column;
    align-items: flex-start;
  }
  .message.out {
    align-items: flex-end;
  }
  .message.notice {
    align-items: center;
  }
  .bubble {
    position: relative;
    max-inline-size: min(78%, 560px);
    padding: 6px 10px;
    border: 1px solid var(--_divider);
    border-radius: var(--_radius-card);
    background: var(--_bubble-in);
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .out .bubble {
    border-color: color-mix(in srgb, var(--_bubble-out) 88%, var(--_text));
    background: var(--_bubble-out);
  }
  :host(:not([grouped])) .in .bubble {
    border-start-start-radius: 3px;
  }
  :host(:not([grouped])) .out .bubble {
    border-start-end-radius: 3px;
  }
  .failed .bubble {
    border-color: var(--_pending-critical);
  }
  .notice .bubble {
    max-inline-size: min(92%, 560px);
    border-color: transparent;
    background: none;
    text-align: center;
    text-wrap: balance;
  }
  message-quote {
    display: block;
    min-inline-size: min(180px, 60cqi);
    min-block-size: 42px;
    margin-block-end: 4px;
  }
  /* Over the edge of the bubble, beside it where that has room: it moves nothing. */
  message-actions {
    position: absolute;
    inset-block-start: -16px;
    inset-inline-start: min(100% - 12px, 100cqi - 124px);
    z-index: 1;
    visibility: hidden;
  }
  .out message-actions {
    inset-inline: auto min(100% - 12px, 100cqi - 124px);
  }
  .focused message-actions,
  message-actions[held] {
    visibility: visible;
  }
  @media (hover: hover) {
    .message:hover message-actions {
      visibility: visible;
    }
  }
  .author {
    color: var(--_accent);
    font-weight: 600;
  }
  .kind {
    display: flex;
    align-items: center;
    gap: 4px;
    margin-block-end: 2px;
  }
  .quoted {
    display: block;
    text-align: start;
  }
  .quoted:hover {
    text-decoration: underline;
  }
  .text {
    white-space: pre-wrap;
  }
  .content > * + *:not(.tail-line) {
    margin-block-start: 4px;
  }
  p {
    position: relative;
  }
  strong {
    font-weight: 600;
  }
  a {
    color: var(--_link);
    text-decoration: underline;
    text-underline-offset: 2px;
    border-radius: 2px;
  }
  .lookalike {
    margin-inline-start: 4px;
    color: var(--_pending-warning-text);
    font-size: var(--_font-size-small);
    font-weight: 600;
    cursor: help;
  }
  .lookalike svg {
    display: inline-block;
    margin-inline-end: 2px;
    vertical-align: -2px;
  }
  /* In one piece, where it has the room. */
  .phone {
    display: inline-block;
    max-inline-size: 100%;
  }
  .emoji .text {
    font-size: calc(var(--_font-size) * 2.25);
    line-height: 1.3;
  }

  .tail {
    position: absolute;
    inset-inline-end: 0;
    inset-block-end: -2px;
    line-height: 16px;
  }
  .tail-words {
    display: inline-flex;
    align-items: center;
    gap: 3px;
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
    line-height: 16px;
    white-space: nowrap;
  }
  .tail-room {
    visibility: hidden;
    block-size: 1em;
    margin-inline-start: 10px;
    user-select: none;
    -webkit-user-select: none;
  }
  /* Text of the other direction ends where that of the desk begins: there the time has a line of its own. */
  .message[dir='ltr'] p:dir(rtl) > .tail-room,
  .message[dir='rtl'] p:dir(ltr) > .tail-room {
    display: none;
  }
  .message[dir='ltr'] p:dir(rtl) > .tail,
  .message[dir='rtl'] p:dir(ltr) > .tail {
    position: static;
    display: flex;
  }
  .tail-line {
    display: flex;
    gap: 12px;
    align-items: end;
    justify-content: flex-end;
    margin-block-start: 2px;
  }
  .fold {
    margin-inline-end: auto;
  }
  .tail-line .tail,
  .said .tail {
    position: static;
  }
  .state {
    display: inline-grid;
    place-items: center;
    min-inline-size: 16px;
  }
  .state.read,
  .state.played {
    color: var(--_read);
  }
  .state.unknown,
  .trouble > p {
    color: var(--_pending-warning-text);
  }
  .state.failed,
  .trouble.certain > p {
    color: var(--_pending-critical);
  }

  .note {
    display: flex;
    align-items: flex-start;
    gap: 6px;
  }
  .note svg {
    margin-block-start: 2px;
  }
  .note p {
    flex: 1;
  }

  .below {
    max-inline-size: min(78%, 560px);
    margin-block: 4px 6px;
    overflow-wrap: anywhere;
  }
  .out .below {
    text-align: end;
  }
  .trouble > p {
    text-wrap: pretty;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    align-items: center;
    margin-block-start: 4px;
  }
  .out .actions {
    justify-content: flex-end;
  }
  .actions .button {
    font-size: var(--_font-size);
  }
  /* Text buttons in a bubble begin where its text does. */
  .bubble .button.quiet {
    margin-inline-start: -8px;
  }
  .actions details[open] {
    flex-basis: 100%;
  }
  details p {
    padding: 0 2px 4px;
  }
  @media (forced-colors: active) {
    .bubble {
      border-color: CanvasText;
    }
  }
`;
