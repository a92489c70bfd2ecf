import type { Group, State } from './state.js';
import type { Switches } from './switches.js';

type Rendered = HTMLElement & { readonly updateComplete?: Promise<unknown> };

/** Where the states are shown that the address names: `#tag/state` one, `#tag` all of an element. */
export class Stage {
  readonly #place: HTMLElement;
  readonly #groups: readonly Group[];
  #switches: Switches | null = null;

  constructor(place: HTMLElement, groups: readonly Group[]) {
    this.#place = place;
    this.#groups = groups;
  }

  apply(switches: Switches): void {
    this.#switches = switches;
    const { theme, lang, dir, width } = switches;
    const root = document.documentElement;
    root.dataset['theme'] = theme;
    root.lang = lang;
    root.dir = dir === 'auto' ? (lang === 'ar' ? 'rtl' : 'ltr') : dir;
    this.#place.dataset['width'] = width;
    for (const child of this.#place.querySelectorAll('.canvas > *')) this.#dress(child);
  }

  show(hash: string): void {
    const [tag = '', id] = decodeURIComponent(hash.slice(1)).split('/');
    const group = this.#groups.find((one) => one.tag === tag) ?? this.#groups[0];
    const states = group?.states.filter((state) => id === undefined || state.id === id) ?? [];
    if (!group || states.length === 0) {
      this.#place.replaceChildren(paragraph(`There is no state “${hash}”.`));
      return;
    }
    document.title = `${id ? `${id} · ` : ''}${group.tag} · Gallery`;
    this.#place.replaceChildren(...states.map((state) => this.#frame(group.tag, state)));
    this.#place.scrollTo(0, 0);
    const [only, ...others] = states;
    if (only?.presses && others.length === 0) void this.#press(only.presses);
  }

  async #press(selectors: readonly string[]): Promise<void> {
    const shown = this.#place.querySelector<Rendered>('.canvas > *');
    if (shown) await customElements.whenDefined(shown.localName);
    for (const selector of selectors) {
      await shown?.updateComplete;
      let pressed = shown;
      for (const step of selector.split(' >>> ')) {
        pressed = await inside(pressed, step);
        if (pressed?.localName.includes('-')) await customElements.whenDefined(pressed.localName);
        await pressed?.updateComplete;
      }
      // A press on a field leads into it.
      if (pressed instanceof HTMLTextAreaElement) pressed.focus();
      pressed?.click();
    }
  }

  #frame(tag: string, state: State): HTMLElement {
    const frame = document.createElement('article');
    frame.className = 'frame';
    // A picture of one state is a page of its own.
    const heading = document.createElement(document.documentElement.hasAttribute('data-bare') ? 'h1' : 'h2');
    const anchor = document.createElement('a');
    anchor.href = `#${tag}/${state.id}`;
    anchor.textContent = state.title;
    heading.lang = 'en';
    heading.append(anchor);
    const canvas = document.createElement('div');
    canvas.className = `canvas ${state.ground ?? 'plain'}`;
    if (state.height) canvas.style.setProperty('--height', `${state.height}px`);
    const built = state.build();
    canvas.append(...(built instanceof Node ? [built] : built));
    for (const child of canvas.children) this.#dress(child);
    frame.append(heading, canvas);
    return frame;
  }

  #dress(child: Element): void {
    put(child, 'theme', this.#switches?.own ?? '');
    put(child, 'density', this.#switches?.density ?? '');
  }
}

function put(element: Element, attribute: string, value: string): void {
  if (value) element.setAttribute(attribute, value);
  else element.removeAttribute(attribute);
}

function paragraph(text: string): HTMLElement {
  const element = document.createElement('p');
  element.textContent = text;
  return element;
}

/** For so many frames something that is loaded is waited for. */
const PATIENCE = 60;

/** What is in an element, also what comes there a little later. */
async function inside(element: Rendered | null, selector: string): Promise<Rendered | null> {
  for (let frame = 0; frame < PATIENCE; frame++) {
    const found = element?.shadowRoot?.querySelector<Rendered>(selector);
    if (found) return found;
    await new Promise(requestAnimationFrame);
  }
  return null;
}
