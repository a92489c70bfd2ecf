import { WhatsAppTranscript } from '../elements/whatsapp-transcript/whatsapp-transcript.js';
import { defineElement } from './define-element.js';
import './whatsapp-message.js';

defineElement('whatsapp-transcript', WhatsAppTranscript);
