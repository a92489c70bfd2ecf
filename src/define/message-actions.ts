import { MessageActions } from '../elements/message-actions/message-actions.js';
import { defineElement } from './define-element.js';
import './whatsapp-emoji-picker.js';

defineElement('message-actions', MessageActions);
