import { onFirstNeed } from '../elements/base/later-parts.js';
import { WhatsAppInteraction } from '../elements/whatsapp-interaction/whatsapp-interaction.js';
import { defineElement } from './define-element.js';
import { loadLater } from './load-later.js';
import './elapsed-time.js';
import './pending-indicator.js';
import './whatsapp-composer.js';

// Another version's interaction has its own.
if (defineElement('whatsapp-interaction', WhatsAppInteraction)) {
  onFirstNeed('search', () => void loadLater(() => import('./transcript-search.js')));
  onFirstNeed('export', () => void loadLater(() => import('./transcript-export.js')));
  // A quarter of all code, and nothing of it shows before an agent opens a conversation.
  void loadLater(() => import('./whatsapp-transcript.js'));
  // What is known beside the messages waits for them.
  void loadLater(() => import('./side-panel.js'));
}
