import { WhatsAppEmojiPicker } from '../elements/whatsapp-emoji-picker/whatsapp-emoji-picker.js';
import { defineElement } from './define-element.js';

defineElement('whatsapp-emoji-picker', WhatsAppEmojiPicker);
