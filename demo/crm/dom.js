// Small helpers: elements are made node by node, for a page under Trusted Types has no innerHTML.

/** @param {string} id */
export const byId = (id) => document.getElementById(id);

/**
 * @param {string} tag
 * @param {Record<string, string | number | boolean | undefined>} properties set as attributes, but for `text`
 * @param {...(Node | string)} children
 */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'text') element.textContent = String(value);
    else if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children);
  return element;
}

/** The first letters of the first and last word of a name; of one word where letters join. */
export function initials(name) {
  const words = name.split(/\s+/u).filter((word) => /^\p{L}/u.test(word));
  const joins = /^\p{Script=Arabic}/u.test(words[0] ?? '');
  const chosen = words.length > 1 && !joins ? [words[0], words.at(-1)] : words.slice(0, 1);
  return chosen.map((word) => [...word][0].toLocaleUpperCase()).join('') || '#';
}

/** Reads and writes what this browser remembers of the page; a browser that refuses storage remembers nothing. */
export const memory = {
  get(key) {
    try {
      return localStorage.getItem(`crm.${key}`);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(`crm.${key}`, value);
    } catch {
      // It was only for comfort.
    }
  },
};
