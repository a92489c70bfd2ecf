import { NotificationEditor } from '../elements/notification-editor/notification-editor.js';
import { defineElement } from './define-element.js';

defineElement('notification-editor', NotificationEditor);
