import { WhatsAppComposer } from '../elements/whatsapp-composer/whatsapp-composer.js';
import { defineElement } from './define-element.js';
import { loadLater } from './load-later.js';

// Another version's composer has its own.
if (defineElement('whatsapp-composer', WhatsAppComposer)) {
  // Not asked for with each message.
  void loadLater(() => import('./whatsapp-emoji-picker.js'));
  // Most messages have no file.
  void loadLater(() => import('./attachment-tray.js'));
  // Nor is it a place or a question with buttons.
  void loadLater(() => import('./composer-menu.js'));
  // Nothing is selected yet.
  void loadLater(() => import('./formatting-bar.js'));
  // Nor are most of them spoken.
  void loadLater(() => import('./voice-recorder.js'));
}
