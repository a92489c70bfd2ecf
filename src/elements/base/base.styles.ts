import { css } from 'lit';

/** What every element starts from: nothing of the host page's text or box rules reaches inside. */
export const baseStyles = css`
  /* A host's own rule for our tag (\`* { line-height: 1 }\`) would win over :host, and inherit inwards: these do not yield. */
  :host {
    box-sizing: border-box !important;
    font-size: var(--_font-size) !important;
    line-height: calc(20 / 14) !important;
    letter-spacing: normal !important;
    word-spacing: normal !important;
    text-transform: none !important;
    text-indent: 0 !important;
    text-shadow: none !important;
    text-align: start !important;
    white-space: normal !important;
    word-break: normal !important;
    overflow-wrap: normal !important;
    hyphens: manual !important;
    line-break: auto !important;
    text-align-last: auto !important;
    text-emphasis: none !important;
    caret-color: auto !important;
    -webkit-text-fill-color: currentcolor !important;
    -webkit-text-stroke: 0 !important;
    font-variant: normal !important;
    font-feature-settings: normal !important;
    -webkit-user-select: text !important;
    user-select: text !important;
    font-style: normal !important;
    font-weight: 400 !important;
    color: var(--_text) !important;
    cursor: auto;
    display: block;
    -webkit-text-size-adjust: none;
    text-size-adjust: none;
  }
  :host([hidden]) {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  :focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
    font-size: inherit;
    font-weight: inherit;
  }
  ul,
  ol {
    list-style: none;
  }
  svg {
    display: block;
    flex: none;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  /* One line, cut at the end of the text whatever its direction, and standing where the language of the desk begins: for \`<bdi>\`. */
  .truncate {
    display: block;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  [dir='ltr'] :is(.truncate, .cut > bdi) {
    text-align: left;
  }
  [dir='rtl'] :is(.truncate, .cut > bdi) {
    text-align: right;
  }
  .numbers {
    font-variant-numeric: tabular-nums;
  }
`;
