/** One picture in the gallery. */
export interface State {
  /** Part of the address: `#whatsapp-composer/over-limit`. */
  readonly id: string;
  readonly title: string;
  /** In pixels, for elements that fill what they are given. */
  readonly height?: number;
  /** `sunken` for parts that lie on a transcript, `panel` for those that fill a panel, `together` for several next to each other. */
  readonly ground?: 'panel' | 'sunken' | 'together';
  /**
   * Buttons and text fields inside the element, as selectors, that are pressed one after the other where the state is shown alone: what comes of them is the state.
   * `a >>> b` is a button inside an element inside it.
   */
  readonly presses?: readonly string[];
  build(): Node | readonly Node[];
}

/** All states of one element. */
export interface Group {
  readonly tag: keyof HTMLElementTagNameMap;
  readonly states: readonly State[];
}

/** Makes an element and gives it its properties; their names and types are checked against the element's class. */
export function element<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  properties: Partial<HTMLElementTagNameMap[T]>,
): HTMLElementTagNameMap[T] {
  return Object.assign(document.createElement(tag), properties);
}

/** One state made of one element. */
export function shows<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  id: string,
  title: string,
  properties: () => Partial<HTMLElementTagNameMap[T]>,
  more: Partial<State> = {},
): State {
  return { id, title, ...more, build: () => element(tag, properties()) };
}
