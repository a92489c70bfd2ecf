/** How long words stay in the region: screen readers have read them out by then, and nobody comes upon old ones. */
const STAY = 10_000;
/** A region that was just made must be known to the screen reader before words come into it. */
const SETTLE = 100;
/** Elements that show the same thing twice on a page say it together. */
const SAME = 1_000;

let region: HTMLElement | null = null;
/** What waits for a new region to be known; null when it is. */
let waiting: HTMLElement[] | null = null;
const recent = new Set<string>();

interface Announcement {
  readonly lang?: string;
  readonly dir?: 'ltr' | 'rtl';
}

/**
 * Has a screen reader say something when it is free to. One region serves the page, made when first needed; the same words at the same moment are
 * said once.
 */
export function announce(text: string, { lang, dir }: Announcement = {}): void {
  if (recent.has(text)) return;
  recent.add(text);
  setTimeout(() => recent.delete(text), SAME);
  const line = document.createElement('div');
  line.textContent = text;
  if (lang) line.lang = lang;
  if (dir) line.dir = dir;
  const target = liveRegion();
  if (waiting) waiting.push(line);
  else target.append(line);
  setTimeout(() => line.remove(), STAY);
}

function liveRegion(): HTMLElement {
  if (region?.isConnected) return region;
  const made = document.createElement('div');
  made.setAttribute('aria-live', 'polite');
  made.setAttribute('aria-relevant', 'additions');
  made.dataset['whatsappAnnouncer'] = '';
  Object.assign(made.style, {
    position: 'fixed',
    inlineSize: '1px',
    blockSize: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  });
  document.body.append(made);
  region = made;
  waiting = [];
  setTimeout(() => {
    if (region !== made) return;
    made.append(...(waiting ?? []));
    waiting = null;
  }, SETTLE);
  return made;
}
