import { PendingIndicator } from '../elements/pending-indicator/pending-indicator.js';
import { defineElement } from './define-element.js';

defineElement('pending-indicator', PendingIndicator);
