import { ResponsePicker } from '../elements/response-picker/response-picker.js';
import { defineElement } from './define-element.js';

defineElement('response-picker', ResponsePicker);
