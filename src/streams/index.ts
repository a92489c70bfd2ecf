/** The agent's desk as streams and commands, over any transport adapter. */
export { createWorkspace } from './create-workspace.js';
export type { WorkspaceOptions } from './create-workspace.js';
export type {
  DeskIdentity,
  FileStore,
  HoldOptions,
  Locks,
  Remembered,
  StoredCopy,
  StoredFile,
  TabChannel,
  WorkspacePlatform,
  WorkspaceStorage,
} from './platform.js';
export { shareGrace } from './operators/index.js';
export type {
  AgentCommands,
  Alert,
  AttachOutcome,
  Attendance,
  Attention,
  CommandOutcome,
  Connection,
  DeskState,
  Attaching,
  Files,
  LateFailure,
  Loading,
  OwnSettings,
  Pages,
  PlaceOutcome,
  ReadOutcome,
  SearchOutcome,
  StorageState,
  TokenExpiry,
  TranscriptFinder,
  TranscriptView,
  WantedPlace,
  WorkbinView,
  Workspace,
  Writing,
} from './workspace.js';
