import { FormattingBar } from '../elements/formatting-bar/formatting-bar.js';
import { defineElement } from './define-element.js';

defineElement('formatting-bar', FormattingBar);
