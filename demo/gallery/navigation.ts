import type { Group } from './state.js';

/** Lists all states as links, to be narrowed by the words in `filter`. */
export function showNavigation(place: HTMLElement, filter: HTMLInputElement, groups: readonly Group[]): void {
  const links: HTMLAnchorElement[] = [];
  for (const { tag, states } of groups) {
    const heading = document.createElement('h2');
    heading.append(link(`#${tag}`, tag));
    const list = document.createElement('ul');
    for (const { id, title } of states) {
      const entry = document.createElement('li');
      const anchor = link(`#${tag}/${id}`, title);
      links.push(anchor);
      entry.append(anchor);
      list.append(entry);
    }
    place.append(heading, list);
  }
  const mark = (): void => {
    for (const anchor of place.querySelectorAll('a')) {
      if (anchor.hash === location.hash) anchor.setAttribute('aria-current', 'page');
      else anchor.removeAttribute('aria-current');
    }
  };
  addEventListener('hashchange', mark);
  mark();
  place.querySelector('[aria-current]')?.scrollIntoView({ block: 'center' });
  filter.addEventListener('input', () => {
    const words = filter.value.trim().toLowerCase();
    for (const anchor of links) {
      const text = `${anchor.hash} ${anchor.textContent ?? ''}`.toLowerCase();
      anchor.parentElement?.toggleAttribute('hidden', !text.includes(words));
    }
  });
}

function link(href: string, text: string): HTMLAnchorElement {
  const anchor = document.createElement('a');
  anchor.href = href;
  anchor.textContent = text;
  return anchor;
}
