import { css } from 'lit';

export const messageStyles = css`
  .message {
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
    min-inline-size: 0;
    padding: 6px 10px;
    border: 1px solid var(--_divider);
    border-radius: var(--_radius-card);
    background: var(--_bubble-in);
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .in .bubble {
    border-start-start-radius: 3px;
  }
  .out .bubble {
    border-color: color-mix(in srgb, var(--_bubble-out) 88%, var(--_text));
    border-start-end-radius: 3px;
    background: var(--_bubble-out);
  }
  :host([grouped]) .in .bubble {
    border-start-start-radius: var(--_radius-card);
  }
  :host([grouped]) .out .bubble {
    border-start-end-radius: var(--_radius-card);
  }
  .notice .bubble {
    max-inline-size: min(92%, 560px);
    border-color: transparent;
    border-radius: var(--_radius-card);
    background: none;
    text-align: center;
    text-wrap: balance;
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
  .text {
    white-space: pre-wrap;
  }
  .content > * + *:not(.tail-line) {
    margin-block-start: 4px;
  }
  p {
    position: relative;
  }
  ul,
  ol {
    padding-inline-start: 20px;
  }
  ul {
    list-style: disc;
  }
  ol {
    padding-inline-start: 26px;
    list-style: decimal;
  }
  blockquote {
    margin: 0;
    padding-inline-start: 8px;
    border-inline-start: 3px solid var(--_border);
    color: var(--_text-muted);
  }
  code {
    padding: 0 3px;
    border-radius: 3px;
    background: color-mix(in srgb, var(--_text) 8%, transparent);
    font-family: ui-monospace, Menlo, Consolas, monospace;
    font-size: calc(var(--_font-size) * 13 / 14);
  }
  pre {
    margin: 0;
    padding: 6px 8px;
    border-radius: var(--_radius-control);
    background: color-mix(in srgb, var(--_text) 8%, transparent);
    overflow-x: auto;
    white-space: pre;
    overflow-wrap: normal;
    text-align: left;
  }
  pre code {
    padding: 0;
    background: none;
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
    display: inline-block;
    margin-inline-start: 3px;
    color: var(--_pending-warning-text);
    vertical-align: -2px;
    cursor: help;
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
    font-size: calc(var(--_font-size) * 11 / 14);
    line-height: 16px;
    white-space: nowrap;
  }
  .tail-room {
    visibility: hidden;
    block-size: 1em;
    margin-inline-start: 10px;
    vertical-align: baseline;
    user-select: none;
    -webkit-user-select: none;
  }
  .tail-line {
    display: flex;
    justify-content: flex-end;
    margin-block-start: 2px;
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
  .state.failed {
    color: var(--_pending-critical);
  }
  .state.unknown {
    color: var(--_pending-warning-text);
  }

  .card {
    display: flex;
    gap: 10px;
    align-items: flex-start;
  }
  .card-icon {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: var(--_radius-control);
    background: color-mix(in srgb, var(--_text) 7%, transparent);
    color: var(--_text-muted);
  }
  .card-text {
    min-inline-size: 0;
  }
  .card-title {
    font-weight: 600;
  }
  .card + .content {
    margin-block-start: 6px;
  }
  .reaction {
    margin-inline-end: 6px;
    font-size: calc(var(--_font-size) * 20 / 14);
    line-height: 1.2;
    vertical-align: -2px;
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

  .trouble {
    max-inline-size: min(78%, 560px);
    margin-block: 4px;
    color: var(--_text);
  }
  .out .trouble {
    text-align: end;
  }
  .trouble > p {
    padding-inline: 2px;
    color: var(--_pending-warning-text);
  }
  .trouble.certain > p {
    color: var(--_pending-critical);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    column-gap: 12px;
    align-items: baseline;
  }
  .out .actions {
    justify-content: flex-end;
  }
  .text-button {
    min-block-size: 24px;
    padding: 4px 2px;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--_link);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  .text-button:hover {
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  summary {
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  details[open] {
    flex-basis: 100%;
  }
  details p {
    padding: 0 2px 4px;
    overflow-wrap: anywhere;
  }
  @media (pointer: coarse) {
    .text-button {
      min-block-size: 44px;
      padding-inline: 8px;
    }
  }
  @media (forced-colors: active) {
    .bubble {
      border-color: CanvasText;
    }
  }
`;
