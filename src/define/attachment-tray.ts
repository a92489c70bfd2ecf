import { AttachmentTray } from '../elements/attachment-tray/attachment-tray.js';
import { defineElement } from './define-element.js';

defineElement('attachment-tray', AttachmentTray);
