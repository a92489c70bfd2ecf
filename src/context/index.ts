export { slice } from './slice.js';
export { Connected } from './connected.js';
export type { ConnectedInterface } from './connected.js';
export { StreamController } from './stream-controller.js';
export { workspaceContext, workspaceRegistry } from './workspace-context.js';
