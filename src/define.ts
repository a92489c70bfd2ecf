/** Registers all elements. */
import './define/agent-status.js';
import './define/connection-status.js';
import './define/interaction-bar.js';
import './define/pending-indicator.js';
import './define/whatsapp-composer.js';
import './define/whatsapp-desk.js';
import './define/whatsapp-interaction.js';
import './define/whatsapp-workspace.js';
import './define/workbin-list.js';
