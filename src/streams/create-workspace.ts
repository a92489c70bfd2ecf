import { asyncScheduler } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import type { TransportAdapter } from '../transport/adapter.js';
import { DeskWorkspace } from './desk-workspace.js';
import type { WorkspacePlatform } from './platform.js';
import type { Workspace } from './workspace.js';

export interface WorkspaceOptions {
  /** Connected to at once, and until `close()`. */
  readonly transport: TransportAdapter;
  readonly platform: WorkspacePlatform;
  /** Whether the desk is kept in this browser for a reload without a link. Default: true. */
  readonly offlineCopy?: boolean;
  /** From 0 to below 1, for the jitter of the back-off. Default: `Math.random`. */
  readonly random?: () => number;
  /** The clock of everything. Default: rxjs' `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
}

/** Puts a desk together and connects it. The caller closes it. */
export function createWorkspace(options: WorkspaceOptions): Workspace {
  const { transport, platform, offlineCopy = true } = options;
  const { random = Math.random, scheduler = asyncScheduler } = options;
  return new DeskWorkspace({ transport, platform, offlineCopy, random, scheduler });
}
