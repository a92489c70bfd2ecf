import { WhatsAppMedia } from '../elements/whatsapp-media/whatsapp-media.js';
import { defineElement } from './define-element.js';

defineElement('whatsapp-media', WhatsAppMedia);
