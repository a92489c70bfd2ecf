/** Classes, types and factories. Registers nothing: `whatsapp-workspace/define` does. */
export { AgentStatus } from './elements/agent-status/agent-status.js';
export { ConnectionStatus } from './elements/connection-status/connection-status.js';
export { InteractionBar } from './elements/interaction-bar/interaction-bar.js';
export { PendingIndicator } from './elements/pending-indicator/pending-indicator.js';
export { WhatsAppComposer } from './elements/whatsapp-composer/whatsapp-composer.js';
export * from './elements/whatsapp-composer/whatsapp-composer.events.js';
export { WhatsAppDesk } from './elements/whatsapp-desk/whatsapp-desk.js';
export { WhatsAppInteraction } from './elements/whatsapp-interaction/whatsapp-interaction.js';
export * from './elements/whatsapp-interaction/whatsapp-interaction.events.js';
export { WhatsAppMessage } from './elements/whatsapp-message/whatsapp-message.js';
export * from './elements/whatsapp-message/whatsapp-message.events.js';
export { WhatsAppTranscript } from './elements/whatsapp-transcript/whatsapp-transcript.js';
export * from './elements/whatsapp-transcript/whatsapp-transcript.events.js';
export { WhatsAppWorkspace } from './elements/whatsapp-workspace/whatsapp-workspace.js';
export * from './elements/whatsapp-workspace/whatsapp-workspace.events.js';
export { WorkbinList } from './elements/workbin-list/workbin-list.js';

export * from './elements/base/events.js';
export { WhatsAppElement } from './elements/base/whatsapp-element.js';
export { Connected, StreamController, workspaceContext } from './context/index.js';
export type { ConnectedInterface } from './context/index.js';

export { browserPlatform } from './platform/browser-platform.js';
export { createWorkspace } from './streams/index.js';
export type {
  Attention,
  CommandOutcome,
  Connection,
  Loading,
  StorageState,
  TranscriptView,
  WorkbinView,
  Workspace,
  WorkspaceOptions,
  WorkspacePlatform,
} from './streams/index.js';
export { TransportError } from './transport/adapter.js';
export type { TransportAdapter, TransportErrorKind, TransportFrame } from './transport/adapter.js';
