/** The languages that an element should speak, best first: what the closest `lang` says, else what the browser does. */
export function requestedLanguages(element: Element): readonly string[] {
  const declared = closestAcrossRoots(element, '[lang]')?.getAttribute('lang');
  return declared ? [declared] : navigator.languages;
}

/** The closest of an element's ancestors that a selector fits, itself included, through shadow roots. */
export function closestAcrossRoots(element: Element, selector: string): Element | null {
  let current: Element | null = element;
  while (current) {
    const found: Element | null = current.closest(selector);
    if (found) return found;
    const root: Node = current.getRootNode();
    current = root instanceof ShadowRoot ? root.host : null;
  }
  return null;
}

/** Calls back when a `lang` may have changed that an element hears. Returns what ends it. */
export function observeLanguage(element: Element, changed: () => void): () => void {
  const roots = rootsOf(element);
  for (const root of roots) watch(root, changed);
  if (watched.size === roots.length) addEventListener('languagechange', callAll);
  return () => {
    for (const root of roots) unwatch(root, changed);
    if (watched.size === 0) removeEventListener('languagechange', callAll);
  };
}

interface Watch {
  readonly observer: MutationObserver;
  readonly listeners: Set<() => void>;
}

// One observer for each root, however many elements listen.
const watched = new Map<Node, Watch>();

function watch(root: Node, changed: () => void): void {
  const known = watched.get(root);
  if (known) {
    known.listeners.add(changed);
    return;
  }
  const listeners = new Set([changed]);
  const observer = new MutationObserver(() => listeners.forEach((listener) => listener()));
  observer.observe(root, { attributes: true, attributeFilter: ['lang'], subtree: true });
  watched.set(root, { observer, listeners });
}

function unwatch(root: Node, changed: () => void): void {
  const known = watched.get(root);
  if (!known) return;
  known.listeners.delete(changed);
  if (known.listeners.size > 0) return;
  known.observer.disconnect();
  watched.delete(root);
}

function callAll(): void {
  for (const { listeners } of watched.values()) listeners.forEach((listener) => listener());
}

/** Also each shadow host on the way, whose own `lang` belongs to the root around it. */
function rootsOf(element: Element): readonly Node[] {
  const roots: Node[] = [];
  let root: Node | null = element.getRootNode();
  while (root) {
    roots.push(root);
    root = root instanceof ShadowRoot ? root.host.getRootNode() : null;
  }
  return roots;
}
