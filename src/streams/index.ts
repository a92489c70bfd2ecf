/** The agent's desk as streams and wishes, over any transport adapter. */
export { createWorkspace } from './create-workspace.js';
export type { WorkspaceOptions } from './create-workspace.js';
export type { DeskIdentity, Locks, TabChannel, WorkspacePlatform, WorkspaceStorage } from './platform.js';
export { shareGrace } from './share-grace.js';
export type {
  Attention,
  CommandOutcome,
  Connection,
  Loading,
  StorageState,
  TranscriptView,
  WorkbinView,
  Workspace,
} from './workspace.js';
