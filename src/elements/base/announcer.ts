import type { Localizer } from '../../i18n/index.js';

/** How long words stay in the region: screen readers have read them out by then, and nobody comes upon old ones. */
const STAY = 10_000;
/** A region that was just made must be known to the screen reader before words come into it. */
const SETTLE = 100;
/** Elements that show the same event twice on a page say it together. */
const SAME = 1_000;

/** Over all else on the page: dialogs of the browser, and those that pages make themselves. */
const MODAL = ':modal,[aria-modal=true]';
/** Pages that make modal dialogs themselves hide all else like this. */
const HIDDEN = '[inert],[aria-hidden=true]';

/** A live region, and what waits for it to be known; null when it is. */
interface Region {
  readonly element: HTMLElement;
  waiting: HTMLElement[] | null;
}

let region: Region | null = null;
const recent = new Set<string>();

/** What language something is said in. */
type Speech = Pick<Localizer, 'locale' | 'direction'>;

/**
 * Has a screen reader say something when it is free to. One region serves the page, made when first needed, in the modal dialog that is open: what
 * lies behind it is inert, and not heard. The same words of the same event at the same moment are said once.
 *
 * @param event What the words tell of, where other events may have the same words.
 */
export function announce(text: string, speech: Speech | null = null, event = ''): void {
  const said = `${event} ${text}`;
  if (recent.has(said)) return;
  recent.add(said);
  setTimeout(() => recent.delete(said), SAME);
  const line = document.createElement('div');
  line.textContent = text;
  if (speech) Object.assign(line, { lang: speech.locale, dir: speech.direction });
  const { element, waiting } = regionIn(audiblePlace());
  if (waiting) waiting.push(line);
  else element.append(line);
  setTimeout(() => line.remove(), STAY);
}

/** Where a region is heard: in the modal dialog that lies over all else, or on the page. */
function audiblePlace(): Element {
  // Of several the one with the focus; a dialog may stand in a shadow tree, where only the focus leads to it.
  let active: Element | null = document.activeElement;
  let place: Element | null = null;
  while (active) {
    const modal = active.closest(MODAL);
    if (modal && isOpen(modal)) place = modal;
    active = active.shadowRoot?.activeElement ?? null;
  }
  return place ?? [...document.querySelectorAll(MODAL)].filter(isOpen).at(-1) ?? document.body;
}

/** Pages leave their own dialogs where they are when they close them. */
function isOpen(modal: Element): boolean {
  return modal.checkVisibility({ visibilityProperty: true }) && !modal.closest(HIDDEN);
}

function regionIn(place: Element): Region {
  // One that the page has hidden with all else is not heard; one that comes later is.
  if (region?.element.parentNode === place && place.isConnected && !region.element.matches(HIDDEN))
    return region;
  region?.element.remove();
  const element = document.createElement('div');
  element.setAttribute('aria-live', 'polite');
  element.setAttribute('aria-relevant', 'additions');
  // Dialogs made with React Aria hide what comes later too, but for this.
  element.dataset['liveAnnouncer'] = 'true';
  Object.assign(element.style, {
    position: 'fixed',
    inlineSize: '1px',
    blockSize: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  });
  place.append(element);
  // What was waiting for the one before has not been said.
  const made: Region = { element, waiting: region?.waiting ?? [] };
  region = made;
  setTimeout(() => {
    if (region !== made) return;
    element.append(...(made.waiting ?? []));
    made.waiting = null;
  }, SETTLE);
  return made;
}
