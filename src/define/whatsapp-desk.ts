import './agent-status.js';
import './connection-status.js';
import './interaction-bar.js';
import './whatsapp-interaction.js';
import './workbin-list.js';
import { WhatsAppDesk } from '../elements/whatsapp-desk/whatsapp-desk.js';
import { defineElement } from './define-element.js';

defineElement('whatsapp-desk', WhatsAppDesk);
