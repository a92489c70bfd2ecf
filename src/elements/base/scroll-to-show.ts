/** Scrolls a list, and nothing around it, until an item is in sight. */
export function scrollToShow(list: HTMLElement, item: Element): void {
  const box = item.getBoundingClientRect();
  const view = list.getBoundingClientRect();
  const past = box.bottom - view.bottom;
  if (box.top < view.top) list.scrollBy({ top: box.top - view.top });
  else if (past > 0) list.scrollBy({ top: Math.min(past, box.top - view.top) });
}
