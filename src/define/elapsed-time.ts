import { ElapsedTime } from '../elements/elapsed-time/elapsed-time.js';
import { defineElement } from './define-element.js';

defineElement('elapsed-time', ElapsedTime);
