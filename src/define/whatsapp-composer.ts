import { WhatsAppComposer } from '../elements/whatsapp-composer/whatsapp-composer.js';
import { defineElement } from './define-element.js';

defineElement('whatsapp-composer', WhatsAppComposer);
