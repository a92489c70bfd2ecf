import { MessageQuote } from '../elements/message-quote/message-quote.js';
import { defineElement } from './define-element.js';

defineElement('message-quote', MessageQuote);
