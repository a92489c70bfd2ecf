import type { TextContent } from './content.js';
import type { RefusalKind } from './command.js';

/**
 * A message that an agent has sent and the log has not shown yet. queued: stored, waits for its turn or for the connection. sending: on its way to the
 * gateway. failed: refused; the words stay until the agent edits, resends or discards them.
 */
export interface OutboxItem {
  /** Also the id of its `send-message` command. */
  readonly clientId: string;
  readonly interaction: string;
  /** Messages of one contact go in order; contacts go in parallel. */
  readonly contact: string;
  readonly content: TextContent;
  /** Milliseconds since the epoch, by the workspace's clock. */
  readonly createdAt: number;
  readonly state: 'queued' | 'sending' | 'failed';
  /** Why it failed; null otherwise. */
  readonly error: { readonly kind: RefusalKind; readonly sentence: string } | null;
}
