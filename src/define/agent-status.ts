import { AgentStatus } from '../elements/agent-status/agent-status.js';
import { defineElement } from './define-element.js';
import { loadLater } from './load-later.js';

// Another version's status has its own.
if (defineElement('agent-status', AgentStatus)) {
  // Seldom asked for.
  void loadLater(() => import('./agent-settings.js'));
}
