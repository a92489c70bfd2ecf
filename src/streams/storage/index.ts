/** What one agent’s desk keeps on this device. */
export { agentScopes } from './agent-scope.js';
export type { AgentScope } from './agent-scope.js';
export { OfflineCopy } from './offline-copy.js';
