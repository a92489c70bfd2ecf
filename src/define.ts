/** Registers all elements, and hands on what a page with one script tag may call. */
import './define/agent-status.js';
import './define/interaction-bar.js';
import './define/pending-indicator.js';
import './define/whatsapp-desk.js';
import './define/whatsapp-workspace.js';
import { loadLater } from './define/load-later.js';

// A page may have them alone, where no side panel asks for them.
void loadLater(() => import('./define/response-picker.js'));
void loadLater(() => import('./define/notification-editor.js'));

export { isOurs } from './elements/base/key-containment.js';
export { registerLanguage } from './i18n/index.js';
