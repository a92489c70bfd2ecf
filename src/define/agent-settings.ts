import { AgentSettings } from '../elements/agent-settings/agent-settings.js';
import { defineElement } from './define-element.js';

defineElement('agent-settings', AgentSettings);
