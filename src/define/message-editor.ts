import { MessageEditor } from '../elements/message-editor/message-editor.js';
import { defineElement } from './define-element.js';

defineElement('message-editor', MessageEditor);
