import { VERSION } from '../version.js';

/** By which version an element was registered. */
const REGISTERED_BY = Symbol.for('whatsapp-workspace.version');

/**
 * Registers an element. The same class again does nothing; where another copy or version of this package holds the tag, that one stays, and the
 * console says so: a page must not break because two of its parts bring the same elements.
 * @returns Whether the tag is this class's: what belongs to it is loaded for no other.
 */
export function defineElement(tag: string, element: CustomElementConstructor): boolean {
  const registered = customElements.get(tag);
  if (registered === element) return true;
  if (!registered) {
    Object.defineProperty(element, REGISTERED_BY, { value: VERSION });
    customElements.define(tag, element);
    return true;
  }
  const version: unknown = Reflect.get(registered, REGISTERED_BY);
  const other = typeof version === 'string' ? `another copy of version ${version}` : 'another script';
  console.warn(
    `whatsapp-workspace: <${tag}> is already registered by ${other}; that one is used, and not this one of version ${VERSION}.`,
  );
  return false;
}
