import { css } from 'lit';

export const markedTextStyles = css`
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
`;
