import './pending-indicator.js';
import { InteractionBar } from '../elements/interaction-bar/interaction-bar.js';
import { defineElement } from './define-element.js';

defineElement('interaction-bar', InteractionBar);
