/** Between a popover and its button, and between a popover and the edge of the page, in pixels. */
const GAP = 4;
const EDGE = 8;
/** Less than this is no room to scroll in. */
const LEAST = 160;

export interface Following {
  /** Places the popover anew: what is in it has changed. */
  place(): void;
  stop(): void;
}

/**
 * Keeps a popover at its button while the page, or anything that the button is in, is scrolled or sized. In all browsers alike: of those that place
 * popovers by style sheets, one puts them beyond the edge where the element's direction is not the page's, and one never ends trying.
 */
export function followButton(popover: HTMLElement, button: HTMLElement): Following {
  const place = (): void => placeAt(popover, button);
  const onScroll = ({ target }: Event): void => {
    if (target !== popover) place();
  };
  place();
  const roots = rootsOf(button);
  for (const root of roots) root.addEventListener('scroll', onScroll, true);
  addEventListener('resize', place);
  const stop = (): void => {
    for (const root of roots) root.removeEventListener('scroll', onScroll, true);
    removeEventListener('resize', place);
  };
  return { place, stop };
}

/** The trees that a node is in, up to the page's: scrolling within one is heard in no other. */
function rootsOf(node: Node): readonly Node[] {
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? [root, ...rootsOf(root.host)] : [root];
}

/**
 * Below the button, at its inline end, or at its start with `justify-self: start`; above it where there is no room; as high as there is room where it fits
 * neither; always on the page.
 */
function placeAt(popover: HTMLElement, button: HTMLElement): void {
  const { style, scrollTop } = popover;
  const at = button.getBoundingClientRect();
  style.maxBlockSize = '';
  const { width, height } = popover.getBoundingClientRect();
  const below = innerHeight - at.bottom - GAP - EDGE;
  const above = at.top - GAP - EDGE;
  const isBelow = height <= below || (height > above && below >= LEAST);
  const shown = Math.min(height, isBelow ? below : above);
  const { direction, justifySelf } = getComputedStyle(popover);
  const left = (direction === 'rtl') === (justifySelf === 'start') ? at.right - width : at.left;
  style.maxBlockSize = `${shown}px`;
  style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`;
  // Measured without a limit, it was scrolled less.
  popover.scrollTop = scrollTop;
  style.top = `${isBelow ? at.bottom + GAP : at.top - GAP - shown}px`;
}
