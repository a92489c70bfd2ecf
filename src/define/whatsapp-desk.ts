import './agent-status.js';
import './interaction-bar.js';
import { WhatsAppDesk } from '../elements/whatsapp-desk/whatsapp-desk.js';
import { defineElement } from './define-element.js';
import { loadLater } from './load-later.js';

// Another version's desk has its own parts.
if (defineElement('whatsapp-desk', WhatsAppDesk)) {
  // A third of all code, and nothing of it shows before an agent opens a conversation.
  void loadLater(() => import('./conversation.js'));
  // What is parked waits for nobody, and of the connection nothing shows while all is well.
  void loadLater(() => import('./workbin-list.js'));
  void loadLater(() => import('./connection-status.js'));
}
