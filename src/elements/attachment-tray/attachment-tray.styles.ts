import { css } from 'lit';

export const attachmentTrayStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
  }
  .tray {
    padding: 0 12px 8px;
  }
  /* On a low page the messages keep their room. */
  .folded .files {
    display: none;
  }
  .tiles {
    display: flex;
    gap: 8px;
    margin: 0;
    /* Room for the ring of what has the focus, which the row would else cut off. */
    padding: 4px;
    margin-inline: -4px;
    list-style: none;
    overflow-x: auto;
    scrollbar-width: thin;
  }
  .tile {
    position: relative;
    flex: none;
    max-inline-size: 100%;
  }
  .face {
    position: relative;
    display: grid;
    grid-template: minmax(0, 1fr) auto / auto minmax(0, 1fr);
    column-gap: 8px;
    align-items: center;
    inline-size: 168px;
    max-inline-size: 100%;
    block-size: 64px;
    padding: 6px 28px 6px 8px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    text-align: start;
    cursor: pointer;
    overflow: hidden;
  }
  .face:dir(rtl) {
    padding: 6px 8px 6px 28px;
  }
  .face[aria-pressed='true'] {
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }
  .face.picture {
    display: block;
    inline-size: 64px;
    padding: 0;
  }
  canvas {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .kind {
    grid-row: 1 / 3;
    display: grid;
    place-items: center;
    inline-size: 20px;
    color: var(--_text-muted);
  }
  .words {
    min-inline-size: 0;
    align-self: end;
  }
  .face:not(:has(.size)) .words {
    grid-row: 1 / 3;
    align-self: center;
  }
  .name {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  .size {
    grid-column: 2;
    color: var(--_text-muted);
    white-space: nowrap;
  }
  .picture .size {
    position: absolute;
    inset: auto 0 0;
    padding: 1px 4px;
    background: rgb(0 0 0 / 65%);
    color: #fff;
    font-size: 11px;
    line-height: 16px;
    text-align: center;
  }
  .captioned {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-start: 4px;
    display: grid;
    place-items: center;
    inline-size: 18px;
    block-size: 18px;
    border-radius: 999px;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .remove {
    position: absolute;
    inset-block-start: 2px;
    inset-inline-end: 2px;
    min-block-size: 24px;
    min-inline-size: 24px;
    padding: 4px;
    border-radius: 999px;
    background-color: var(--_surface);
    color: var(--_text);
  }
  .refused .face {
    border-color: var(--_pending-critical);
  }
  .refused .kind {
    color: var(--_pending-critical);
  }
  .refusal {
    margin: 4px 0 0;
    color: var(--_pending-critical);
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }
  .refusal bdi {
    font-weight: 600;
  }
  .caption {
    margin-block-start: 4px;
  }
  .ring::before {
    content: '';
    inline-size: 16px;
    block-size: 16px;
    border: 2px solid var(--_divider);
    border-block-start-color: var(--_accent);
    border-radius: 999px;
    animation: turn 0.9s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  @media (pointer: coarse) {
    .remove {
      min-block-size: 32px;
      min-inline-size: 32px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .ring::before {
      animation-duration: 4s;
    }
  }
  @media (forced-colors: active) {
    .face[aria-pressed='true'] {
      outline: 2px solid Highlight;
    }
    .refused .face {
      border-style: dashed;
    }
  }
`;
