import { css } from 'lit';

export const styles = css`
  .notices {
    display: grid;
  }
  .notice {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 4px 8px;
    min-inline-size: 0;
    padding-block: 6px;
    padding-inline: 40px 12px;
    border-block-end: 1px solid var(--_divider);
    background: var(--_surface-sunken);
    color: var(--_text);
  }
  /* Beside all lines: what has no room beside the sentence begins where it does. */
  .notice > svg {
    margin-inline-start: -28px;
    color: var(--_text-muted);
  }
  .refused > svg {
    color: var(--_pending-critical);
  }
  .memory > svg,
  .stopped > svg,
  .stranded > svg {
    color: var(--_pending-warning-text);
  }
  .words {
    flex: 1 1 160px;
    min-inline-size: 0;
    overflow-wrap: break-word;
  }
  .words p {
    display: inline;
  }
  /* Sentences keep apart also where the template's white space has been minified away. */
  .words p + p::before {
    content: ' ';
  }
  .next {
    color: var(--_text-muted);
    font-variant-numeric: tabular-nums;
  }
  /* A connection that comes up at once is not worth a word. */
  .connecting.first {
    animation: appear 1ms 600ms both;
  }
  @keyframes appear {
    from {
      visibility: hidden;
    }
  }
  details {
    flex-basis: 100%;
    color: var(--_text-muted);
  }
  .stranded ul {
    display: grid;
    gap: 8px;
    max-block-size: 200px;
    padding: 4px 0 0;
    overflow-y: auto;
  }
  .stranded li {
    display: flex;
    align-items: start;
    gap: 8px;
  }
  .stranded .text {
    flex: 1;
    min-inline-size: 0;
    color: var(--_text);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    user-select: text;
  }
  summary {
    inline-size: fit-content;
    border-radius: 2px;
    cursor: pointer;
  }
`;
