/**
 * Registers an element. The same class again does nothing; where another copy or version of this package holds the tag, that one stays, and the
 * console says so: a page must not break because two of its parts bring the same elements.
 */
export function defineElement(tag: string, element: CustomElementConstructor): void {
  const registered = customElements.get(tag);
  if (!registered) customElements.define(tag, element);
  else if (registered !== element) {
    console.warn(
      `whatsapp-workspace: <${tag}> is already registered by another copy of the elements; that one is used.`,
    );
  }
}
