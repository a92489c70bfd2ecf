import { ComposerMenu } from '../elements/composer-menu/composer-menu.js';
import { onFirstEditor } from '../elements/composer-menu/first-editor.js';
import { defineElement } from './define-element.js';
import { loadLater } from './load-later.js';

// Another version's menu has its own.
if (defineElement('composer-menu', ComposerMenu))
  onFirstEditor(() => void loadLater(() => import('./message-editor.js')));
