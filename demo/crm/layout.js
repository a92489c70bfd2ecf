import { byId, memory } from './dom.js';

const NARROWEST = 280;
const RECORD_NEEDS = 360;
const STEP = 16;

/** Panes side by side on wide windows, one at a time on narrow ones; the desk's width by the splitter. */
export function useLayout() {
  const main = byId('main');
  const show = (pane) => {
    main.dataset.pane = pane;
    for (const button of document.querySelectorAll('[data-go]')) {
      if (button.dataset.go === pane) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
    }
  };
  for (const button of document.querySelectorAll('[data-go]')) {
    button.addEventListener('click', () => show(button.dataset.go));
  }
  show('chat');
  useSplitter(main);

  const expand = byId('expand');
  const setWide = (wide) => {
    main.toggleAttribute('data-wide', wide);
    expand.setAttribute('aria-pressed', String(wide));
    memory.set('wide', String(wide));
  };
  setWide(memory.get('wide') === 'true');
  const toggleWide = () => setWide(!main.hasAttribute('data-wide'));
  expand.addEventListener('click', toggleWide);
  return { show, toggleWide };
}

function useSplitter(main) {
  const splitter = byId('splitter');
  const strip = byId('strip');
  const width = () => Math.round(strip.getBoundingClientRect().width);
  const describe = () => {
    splitter.setAttribute('aria-valuemin', String(NARROWEST));
    splitter.setAttribute('aria-valuemax', String(Math.max(NARROWEST, main.clientWidth - RECORD_NEEDS)));
    splitter.setAttribute('aria-valuenow', String(width()));
  };
  const resize = (wanted) => {
    const widest = Math.max(NARROWEST, main.clientWidth - RECORD_NEEDS);
    const next = Math.min(Math.max(wanted, NARROWEST), widest);
    main.style.setProperty('--strip-width', `${next}px`);
    memory.set('strip-width', String(next));
    describe();
  };
  const remembered = Number(memory.get('strip-width'));
  if (remembered) resize(remembered);
  new ResizeObserver(describe).observe(main);

  // The desk lies at the end side: left of it is "wider" in English, right of it in Arabic.
  const direction = () => (getComputedStyle(main).direction === 'rtl' ? -1 : 1);
  splitter.addEventListener('keydown', (event) => {
    const steps = { ArrowLeft: 1, ArrowRight: -1 }[event.key];
    if (!steps) return;
    event.preventDefault();
    resize(width() + steps * STEP * direction());
  });
  splitter.addEventListener('pointerdown', (down) => {
    const start = width();
    splitter.setPointerCapture(down.pointerId);
    const move = (event) => resize(start + (down.clientX - event.clientX) * direction());
    splitter.addEventListener('pointermove', move);
    splitter.addEventListener('lostpointercapture', () => splitter.removeEventListener('pointermove', move), {
      once: true,
    });
  });
}
