import { css } from 'lit';

export const styles = css`
  :host {
    position: relative;
    display: flex;
    max-block-size: var(--whatsapp-max-block-size, 100dvh);
    min-block-size: 0;
    min-inline-size: 0;
  }
  .bar {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
  }
  .open {
    display: flex;
    flex: 0 1 auto;
    flex-direction: var(--whatsapp-interaction-bar-flow, column);
    min-block-size: var(--_row-size);
    min-inline-size: 0;
  }
  .tiles {
    display: flex;
    flex: 0 1 auto;
    flex-direction: inherit;
    min-block-size: 0;
    min-inline-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_border) transparent;
  }
  .tiles > * {
    flex: none;
    min-inline-size: 0;
  }
  .strip .tiles {
    /* There the name has a line to itself. */
    --_row-areas: 'name name' auto 'below waited' auto / minmax(0, 1fr) auto;
    flex: 1;
    overflow: hidden;
  }
  .strip .tiles > .item {
    flex: 1 1 144px;
    max-inline-size: 240px;
  }
  .strip .tiles > .item::after {
    inset-block: 0;
    inset-inline: auto 0;
    inline-size: 1px;
    block-size: auto;
  }
  /* Its width is counted with: see strip-layout.ts. */
  .strip .more {
    flex: none;
    inline-size: 48px;
    block-size: var(--_row-size);
  }
  .empty {
    padding: 16px 12px;
  }
  .skeletons {
    display: grid;
    gap: 8px;
    padding: 12px;
  }
  .skeletons .skeleton {
    block-size: 28px;
  }
  /* As high as with tiles. */
  .strip .empty,
  .strip .skeletons {
    block-size: var(--_row-size);
    padding-block: 0;
    font-size: var(--_font-size-small);
    line-height: calc(16 / 12);
  }
  .strip .skeletons {
    grid-auto-flow: column;
    align-content: center;
  }
`;
