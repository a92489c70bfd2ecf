/** Finds what a user perceives inside elements, through shadow roots. Browser tests only. */

const IMPLICIT: Readonly<Record<string, string>> = {
  radio: 'input[type=radio]',
  button: 'button',
  region: 'section[aria-label],section[aria-labelledby]',
  list: 'ul,ol',
  listitem: 'li',
  textbox: 'textarea,input:not([type]),input[type=text],input[type=tel],input[type=email]',
  dialog: 'dialog[open]',
  checkbox: 'input[type=checkbox]',
  combobox: 'select',
  link: 'a[href]',
  heading: 'h1,h2,h3,h4',
  status: 'output',
  progressbar: 'progress',
};

/** All elements below `root`, in tree order, shadow trees included, and in their slots what is put there. */
export function* everyElement(root: Element | ShadowRoot): Generator<Element> {
  const scope = root instanceof Element ? (root.shadowRoot ?? root) : root;
  for (const child of scope.children) {
    yield child;
    yield* everyElement(child);
    if (!(child instanceof HTMLSlotElement)) continue;
    for (const given of child.assignedElements({ flatten: true })) {
      yield given;
      yield* everyElement(given);
    }
  }
}

/** The accessible name, near enough: aria-label, aria-labelledby, else the text. */
export function nameOf(element: Element): string {
  const label = element.getAttribute('aria-label');
  if (label) return label;
  const by = element.getAttribute('aria-labelledby');
  const root = element.getRootNode() as ShadowRoot | Document;
  const referred = by?.split(' ').map((id) => root.getElementById(id)?.textContent ?? '');
  const text = referred?.join(' ') || labelOf(element) || element.textContent || '';
  return text.replace(/\s+/g, ' ').trim();
}

/** What the `<label>` of a form control says, the control itself aside. */
function labelOf(element: Element): string {
  const isControl =
    element instanceof HTMLSelectElement ||
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement;
  const nodes = isControl ? [...(element.labels?.[0]?.childNodes ?? [])] : [];
  return nodes
    .filter((node) => !(node instanceof Comment) && !node.contains(element))
    .map((node) => node.textContent)
    .join(' ');
}

const isVisible = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });

/** Every visible element of a role, optionally with a name (a text is compared whole). */
export function allByRole(root: Element, role: string, name?: string | RegExp): HTMLElement[] {
  const selector = [
    `[role=${role}]`,
    ...(IMPLICIT[role]?.split(',').map((s) => `${s}:not([role])`) ?? []),
  ].join();
  return [...everyElement(root)].filter(
    (element): element is HTMLElement =>
      element.matches(selector) &&
      isVisible(element) &&
      (name === undefined ||
        (typeof name === 'string' ? nameOf(element) === name : name.test(nameOf(element)))),
  );
}

export function byRole(root: Element, role: string, name?: string | RegExp): HTMLElement | null {
  return allByRole(root, role, name)[0] ?? null;
}

/** Like `byRole`, but there must be one. */
export function getByRole(root: Element, role: string, name?: string | RegExp): HTMLElement {
  const found = byRole(root, role, name);
  if (!found) throw new Error(`There is no ${role} named ${String(name)} in <${root.localName}>.`);
  return found;
}

/** The text that an element shows, shadow trees included, as one line. */
export function shadowText(root: Element): string {
  return textOf(root.shadowRoot ?? root)
    .replace(/\s+/g, ' ')
    .trim();
}

function textOf(node: Node): string {
  if (node instanceof Text) return node.data;
  if (node instanceof Element && (node.localName === 'style' || !isVisible(node))) return '';
  const children = node instanceof Element && node.shadowRoot ? node.shadowRoot.childNodes : node.childNodes;
  return [...children].map(textOf).join(' ');
}

/** The element that has the focus, through shadow roots. */
export function deepActiveElement(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}
