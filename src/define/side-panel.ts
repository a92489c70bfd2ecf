import { SidePanel } from '../elements/side-panel/side-panel.js';
import { defineElement } from './define-element.js';
import './elapsed-time.js';

defineElement('side-panel', SidePanel);
