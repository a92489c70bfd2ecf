import { onFirstNeed } from '../elements/base/later-parts.js';
import { ComposerMenu } from '../elements/composer-menu/composer-menu.js';
import { defineElement } from './define-element.js';
import { loadLater } from './load-later.js';

// Another version's menu has its own.
if (defineElement('composer-menu', ComposerMenu))
  onFirstNeed('editor', () => void loadLater(() => import('./message-editor.js')));
