import { MessageForward } from '../elements/message-forward/message-forward.js';
import { defineElement } from './define-element.js';

defineElement('message-forward', MessageForward);
