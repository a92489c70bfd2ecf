import { WhatsAppMessage } from '../elements/whatsapp-message/whatsapp-message.js';
import { defineElement } from './define-element.js';

defineElement('whatsapp-message', WhatsAppMessage);
