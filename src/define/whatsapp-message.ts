import { onFirstNeed } from '../elements/base/later-parts.js';
import { WhatsAppMessage } from '../elements/whatsapp-message/whatsapp-message.js';
import { defineElement } from './define-element.js';
import { loadLater } from './load-later.js';

// Another version's message has its own.
if (defineElement('whatsapp-message', WhatsAppMessage)) {
  onFirstNeed('file', () => void loadLater(() => import('./whatsapp-media.js')));
  onFirstNeed('quote', () => void loadLater(() => import('./message-quote.js')));
  onFirstNeed('actions', () => void loadLater(() => import('./message-actions.js')));
  onFirstNeed('forward', () => void loadLater(() => import('./message-forward.js')));
}
