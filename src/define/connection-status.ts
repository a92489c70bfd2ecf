import { ConnectionStatus } from '../elements/connection-status/connection-status.js';
import { defineElement } from './define-element.js';

defineElement('connection-status', ConnectionStatus);
