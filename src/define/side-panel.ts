import { onFirstNeed } from '../elements/base/later-parts.js';
import { SidePanel } from '../elements/side-panel/side-panel.js';
import { defineElement } from './define-element.js';
import { loadLater } from './load-later.js';
import './elapsed-time.js';

// Another version's panel has its own.
if (defineElement('side-panel', SidePanel)) {
  onFirstNeed('responses', () => void loadLater(() => import('./response-picker.js')));
  onFirstNeed('notification', () => void loadLater(() => import('./notification-editor.js')));
}
