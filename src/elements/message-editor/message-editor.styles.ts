import { css } from 'lit';

export const messageEditorStyles = css`
  .editor {
    display: grid;
    gap: 12px;
  }
  /* What the contact will see stays in sight, over at most a third of the window. */
  .preview {
    position: sticky;
    inset-block-start: var(--_head-room, 0);
    z-index: 1;
    max-block-size: 34dvh;
    padding: 8px 10px;
    overflow: hidden auto;
    border-radius: var(--_radius-card);
    background: var(--_surface-sunken);
    scrollbar-width: thin;
  }
  .fields,
  .section {
    display: grid;
    gap: 10px;
  }
  .section {
    padding-inline-start: 10px;
    border-inline-start: 3px solid var(--_divider);
  }
  .entry {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 2px 8px;
    align-content: start;
  }
  .entry label {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .line,
  .note {
    grid-column: 1 / -1;
  }
  .line {
    display: flex;
    gap: 4px;
    align-items: center;
  }
  .field {
    min-inline-size: 0;
  }
  textarea.field {
    display: block;
    resize: vertical;
  }
  .field[aria-invalid='true'] {
    border-color: var(--_pending-critical);
  }
  .field[dir='ltr']:dir(rtl) {
    text-align: end;
  }
  .count.over,
  .fault {
    color: var(--_pending-critical);
    font-weight: 600;
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(120px, 1fr));
    gap: 10px;
  }
  .add {
    justify-self: start;
    margin-inline-start: -8px;
  }
  .buttons {
    position: sticky;
    inset-block-end: 0;
    display: flex;
    gap: 8px;
    justify-content: flex-end;
    margin: 0 -16px -16px;
    padding: 8px 16px;
    border-block-start: 1px solid var(--_divider);
    background: var(--_surface);
  }
  /* On a low page the fields keep their room. */
  @media (max-height: 480px) {
    .preview,
    .buttons {
      position: static;
    }
  }
  @media (forced-colors: active) {
    .field[aria-invalid='true'] {
      border-style: dashed;
    }
  }
`;
