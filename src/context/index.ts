export { fromState, fromWorkspace, partOf } from './from-workspace.js';
export { Connected } from './connected.js';
export type { ConnectedInterface } from './connected.js';
export { Patience } from './patience.js';
export { StreamController } from './stream-controller.js';
export { workspaceContext, workspaceRegistry } from './workspace-context.js';
export { WorkspaceInside } from './workspace-inside.js';
export type {
  AttachOutcome,
  Attention,
  CommandOutcome,
  Connection,
  LateFailure,
  Notifications,
  PlaceOutcome,
  ReadOutcome,
  SearchOutcome,
  StorageState,
  TemplatesOutcome,
  CategoriesOutcome,
  ResponseLibrary,
  ResponsesOutcome,
  TranscriptFinder,
  TranscriptView,
  WantedPlace,
  WorkbinView,
  Workspace,
} from '../streams/workspace.js';
