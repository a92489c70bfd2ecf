import { AgentStatus } from '../elements/agent-status/agent-status.js';
import { defineElement } from './define-element.js';

defineElement('agent-status', AgentStatus);
