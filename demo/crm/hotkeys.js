import { isOurs } from '/dist/whatsapp-workspace.js';
import { byId } from './dom.js';

/**
 * Single keys, as web applications have them. They must not fire while somebody types in the desk. This page hears keys in the capture phase, before the desk
 * does, so it asks whose they are; in the bubble phase it would not even hear those of the desk.
 * @param {import('./records.js').Records} records
 * @param {{ show(pane: string): void, toggleWide(): void }} layout
 */
export function useHotkeys(records, layout) {
  const actions = {
    j: () => records.step(1),
    k: () => records.step(-1),
    n: () => records.focusForm('note-form'),
    t: () => records.focusForm('task-form'),
    w: () => layout.toggleWide(),
    '/': () => byId('find').focus(),
    '?': () => byId('shortcuts').togglePopover(),
  };
  const onKeyDown = (event) => {
    if (isOurs(event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.('input, textarea, select')) return;
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : null;
    if (!action) return;
    event.preventDefault();
    action();
    document.documentElement.dataset.hotkey = event.key;
  };
  addEventListener('keydown', onKeyDown, true);
}
