import { css } from 'lit';

export const notificationEditorStyles = css`
  :host {
    display: flex;
    max-block-size: var(--whatsapp-max-block-size, 100dvh);
    min-block-size: 0;
    min-inline-size: 0;
  }
  .notification {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
    /* Where the width is asked of the content: it has none of its own. */
    contain-intrinsic-inline-size: 320px;
    container-type: inline-size;
  }
  .find {
    position: relative;
    flex: none;
    margin: 8px 12px;
  }
  .find > svg {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 10px;
    margin-block: auto;
    color: var(--_text-muted);
    pointer-events: none;
  }
  .find .field {
    min-block-size: max(36px, var(--_target));
    padding-inline: 36px;
  }
  .clear {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 2px;
    margin-block: auto;
  }
  .list {
    flex: 1 1 0;
    min-block-size: 76px;
    padding: 0;
    border-block-start: 1px solid var(--_divider);
    list-style: none;
    overflow: hidden auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_border) transparent;
  }
  .row {
    display: flex;
    flex-direction: column;
    justify-content: center;
    block-size: calc(var(--_font-size) * 5.2);
    padding-inline: 12px;
    cursor: pointer;
  }
  .row:hover {
    background: var(--_hover);
  }
  .row.active {
    background: var(--_selected);
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .row.blocked {
    color: var(--_text-muted);
    cursor: default;
  }
  .truncate {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .head-line {
    display: flex;
    gap: 8px;
    align-items: center;
    justify-content: space-between;
    min-inline-size: 0;
  }
  .template-name {
    font-weight: 600;
  }
  .mark {
    flex: none;
    padding-inline: 6px;
    border: 1px solid var(--_border);
    border-radius: 999px;
  }
  mark {
    background: color-mix(in srgb, var(--_accent) 24%, transparent);
    color: inherit;
  }
  .skeletons {
    display: grid;
    gap: 16px;
    padding: 12px;
  }
  .skeletons .skeleton {
    block-size: 44px;
  }
  .empty,
  .error {
    flex: 1;
  }
  .scroll {
    flex: 1 1 0;
    min-block-size: 0;
    overflow: hidden auto;
    scrollbar-width: thin;
    scrollbar-color: var(--_border) transparent;
  }
  /* What the contact will see stays in sight, over at most a third of the window. */
  .preview {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    padding: 10px 12px;
    border-block-end: 1px solid var(--_divider);
    background: var(--_surface-sunken);
  }
  .bubble {
    display: flex;
    flex-direction: column;
    gap: 4px;
    max-inline-size: 400px;
    max-block-size: 34dvh;
    padding: 6px 10px;
    border-radius: var(--_radius-card);
    background: var(--_bubble-out);
    overflow: hidden auto;
    overflow-wrap: anywhere;
    scrollbar-width: thin;
    scrollbar-color: var(--_border) transparent;
  }
  .bubble > * {
    flex: none;
  }
  .bubble .text,
  .source .text {
    white-space: pre-wrap;
  }
  .bubble div p + p {
    margin-block-start: 4px;
  }
  .bubble a {
    color: var(--_link);
  }
  .strong {
    font-weight: 600;
  }
  .map {
    display: grid;
    gap: 4px;
    place-content: center;
    justify-items: center;
    min-block-size: 72px;
    margin: -2px -6px 0;
    border-radius: var(--_radius-control);
    background: color-mix(in srgb, var(--_text) 7%, transparent);
    color: var(--_accent);
  }
  .map.muted {
    color: color-mix(in srgb, var(--_text) 80%, transparent);
  }
  .file {
    inline-size: 240px;
    max-inline-size: 100%;
  }
  .file whatsapp-media {
    display: block;
  }
  .file.document whatsapp-media {
    block-size: 56px;
  }
  .choices {
    display: grid;
    margin: 2px 0 0;
    padding: 0;
    list-style: none;
  }
  .choice-button {
    display: flex;
    gap: 6px;
    align-items: center;
    justify-content: center;
    min-block-size: 28px;
    border-block-start: 1px solid color-mix(in srgb, var(--_text) 14%, transparent);
    color: var(--_link);
    font-weight: 600;
    text-align: center;
    overflow-wrap: anywhere;
  }
  .choice-button svg {
    flex: none;
  }
  .count {
    margin-block-start: 4px;
    text-align: end;
  }
  .fields {
    display: grid;
    gap: 8px;
    padding: 10px 12px;
  }
  .title {
    display: flex;
    flex-wrap: wrap;
    gap: 0 6px;
    align-items: center;
    overflow-wrap: anywhere;
  }
  .title > svg {
    flex: none;
    color: var(--_accent);
  }
  .title .small {
    flex-basis: 100%;
  }
  summary {
    inline-size: fit-content;
    cursor: pointer;
  }
  .source {
    padding-block-start: 4px;
    overflow-wrap: anywhere;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    table-layout: fixed;
  }
  th {
    padding: 0 6px 2px 0;
    font-weight: 600;
    text-align: start;
  }
  th.number,
  td.number {
    inline-size: 32px;
  }
  th.name {
    inline-size: 34%;
  }
  td {
    padding: 4px 0;
    vertical-align: top;
  }
  td.number,
  td.name {
    padding-block-start: calc(4px + (var(--_target) - 20px) / 2);
    padding-inline-end: 8px;
    overflow-wrap: anywhere;
  }
  th.part {
    padding-block: 8px 2px;
  }
  .line {
    display: flex;
    gap: 6px;
    align-items: center;
  }
  .field {
    min-inline-size: 0;
  }
  .field[aria-invalid='true'] {
    border-color: var(--_pending-critical);
  }
  .field[dir='ltr']:dir(rtl) {
    text-align: end;
  }
  .note {
    margin-block-start: 2px;
    overflow-wrap: anywhere;
  }
  .fault {
    color: var(--_pending-critical);
    font-weight: 600;
  }
  .place {
    display: grid;
    gap: 8px;
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .place legend {
    padding: 0;
    font-weight: 600;
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(120px, 1fr));
    gap: 8px;
  }
  .obstacle {
    flex: none;
    padding: 6px 12px 0;
    border-block-start: 1px solid var(--_divider);
    color: var(--_text-muted);
    overflow-wrap: anywhere;
  }
  .buttons {
    display: flex;
    flex: none;
    gap: 8px;
    justify-content: flex-end;
    padding: 8px 12px;
  }
  .buttons:not(.obstacle + *) {
    border-block-start: 1px solid var(--_divider);
  }
  /* On a low page the fields keep their room. */
  @media (max-height: 560px) {
    .preview {
      position: static;
    }
    .bubble {
      max-block-size: none;
    }
  }
  @media (forced-colors: active) {
    mark {
      background: Mark;
      color: MarkText;
    }
    .row.active {
      outline-color: Highlight;
    }
    .field[aria-invalid='true'] {
      border-style: dashed;
    }
  }
`;
