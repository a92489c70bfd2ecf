import { WhatsAppInteraction } from '../elements/whatsapp-interaction/whatsapp-interaction.js';
import { defineElement } from './define-element.js';
import './pending-indicator.js';
import './whatsapp-composer.js';
import './whatsapp-transcript.js';

defineElement('whatsapp-interaction', WhatsAppInteraction);
