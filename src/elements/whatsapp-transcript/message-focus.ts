/** Moves the focus from message to message, from the one that has it or, where none has, from the edge of what is in view. */
export function moveFocus(scroller: HTMLElement, rows: readonly HTMLElement[], by: 1 | -1): void {
  const { top, bottom } = scroller.getBoundingClientRect();
  const inView = (row: HTMLElement): boolean => {
    const box = row.getBoundingClientRect();
    return box.bottom > top && box.top < bottom;
  };
  // Not by `:focus-within`: WebKit does not look into shadow trees for it.
  const { activeElement } = scroller.getRootNode() as ShadowRoot;
  const focused = rows.findIndex((row) => row.contains(activeElement));
  const edge = by > 0 ? rows.findIndex(inView) - 1 : rows.findLastIndex(inView) + 1;
  const from = focused < 0 ? edge : focused;
  for (let i = from + by; i >= 0 && i < rows.length; i += by) {
    const message = rows[i]?.querySelector<HTMLElement>('whatsapp-message');
    if (!message) continue;
    message.focus();
    return;
  }
}
