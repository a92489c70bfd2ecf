import { css } from 'lit';

/**
 * The look of `renderCut()`. The text breaks into lines of which the first is shown. Dots stand at the end of that line, as the background of a second copy
 * that breaks alike and is not painted: it lies a little further on, by the room for the dots. While there is one line only, it lies below what is shown.
 */
export const cutStyles = css`
  .cut {
    --_dots: 0.65em;
    min-inline-size: 0;
    block-size: 1lh;
    overflow-y: clip;
    /* What cannot be broken, such as emoji joined without end, is cut off at the side; dots in the margin are not. */
    clip-path: inset(0 0 0 calc(-1 * var(--_dots)));
  }
  [dir='rtl'] .cut {
    clip-path: inset(0 calc(-1 * var(--_dots)) 0 0);
  }
  .cut > bdi {
    position: relative;
    display: block;
    padding-inline-end: var(--_dots);
    overflow-wrap: anywhere;
  }
  /* Text against the direction of the desk begins where all else begins, and its dots stand before that, in the margin. */
  [dir='ltr'] .cut:first-child > bdi:dir(rtl),
  [dir='rtl'] .cut:first-child > bdi:dir(ltr) {
    margin-inline-end: calc(-1 * var(--_dots));
  }
  .cut .copy {
    position: absolute;
    inset-block-start: max(0px, calc(2lh - 100%));
    inset-inline: var(--_dots) 0;
  }
  .cut .dots {
    /* One run in one direction, because browsers decorate each run. */
    unicode-bidi: bidi-override;
    -webkit-box-decoration-break: clone;
    box-decoration-break: clone;
    --_dot: radial-gradient(circle, currentcolor 45%, transparent 55%) no-repeat;
    --_size: /0.15em 0.15em;
    --_side: right;
    background:
      var(--_dot) var(--_side) 0.02em bottom 0.28em var(--_size),
      var(--_dot) var(--_side) 0.25em bottom 0.28em var(--_size),
      var(--_dot) var(--_side) 0.48em bottom 0.28em var(--_size);
  }
  .cut .dots:dir(rtl) {
    --_side: left;
  }
  .cut .dots::before {
    visibility: hidden;
    content: attr(data-text);
  }
`;
