import { WhatsAppWorkspace } from '../elements/whatsapp-workspace/whatsapp-workspace.js';
import { defineElement } from './define-element.js';

defineElement('whatsapp-workspace', WhatsAppWorkspace);
