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
    padding: 6px 12px;
    border-block-end: 1px solid var(--_divider);
    background: var(--_surface-sunken);
    color: var(--_text);
  }
  .notice > svg {
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
    margin-inline-start: 28px;
    color: var(--_text-muted);
  }
  .stranded ul {
    display: grid;
    gap: 8px;
    max-block-size: 200px;
    margin: 0;
    padding: 4px 0 0;
    overflow-y: auto;
    list-style: none;
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
  .late {
    align-items: start;
  }
  .late > svg {
    color: var(--_pending-critical);
  }
  .groups {
    flex-basis: 100%;
    min-inline-size: 0;
    max-block-size: 176px;
    overflow-y: auto;
  }
  .late ul {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 4px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .late li {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .cause {
    margin: 4px 0;
    color: var(--_text-muted);
  }
  .failure {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 8px;
    min-inline-size: 0;
  }
  .failure > * {
    max-inline-size: 100%;
  }
  .failure .text {
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    user-select: text;
  }
  .failure .name {
    font-weight: 600;
  }
  .failure .where {
    color: var(--_text-muted);
  }
  summary {
    inline-size: fit-content;
    border-radius: 2px;
    cursor: pointer;
  }
`;
