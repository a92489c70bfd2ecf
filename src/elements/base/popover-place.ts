/** Between a popover and its button, and between a popover and the edge of the page, in pixels. */
const GAP = 4;
const EDGE = 8;
/** Less than this is no room to scroll in. */
const LEAST = 160;

/**
 * Keeps a popover at its button while the page is scrolled or sized, until the function that it gives is called. In all browsers alike: of those that place
 * popovers by style sheets, one puts them beyond the edge where the element's direction is not the page's, and one never ends trying.
 */
export function followButton(popover: HTMLElement, button: HTMLElement): () => void {
  const place = (): void => placeAt(popover, button);
  place();
  addEventListener('scroll', place, true);
  addEventListener('resize', place);
  return () => {
    removeEventListener('scroll', place, true);
    removeEventListener('resize', place);
  };
}

/** Below the button, at its inline end; above it where there is no room; as high as there is room where it fits neither; always on the page. */
function placeAt(popover: HTMLElement, button: HTMLElement): void {
  const { style } = popover;
  const at = button.getBoundingClientRect();
  style.maxBlockSize = '';
  const { width, height } = popover.getBoundingClientRect();
  const below = innerHeight - at.bottom - GAP - EDGE;
  const above = at.top - GAP - EDGE;
  const isBelow = height <= below || (height > above && below >= LEAST);
  const shown = Math.min(height, isBelow ? below : above);
  const left = getComputedStyle(button).direction === 'rtl' ? at.left : at.right - width;
  style.maxBlockSize = `${shown}px`;
  style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`;
  style.top = `${isBelow ? at.bottom + GAP : at.top - GAP - shown}px`;
}
