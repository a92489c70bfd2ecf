import type { Policy } from '../../model/index.js';

/** What a conversation lets an agent do with its messages. */
export interface MessageOffer {
  /** Whether the agent has the conversation: then messages can be answered and reacted to. */
  readonly mine: boolean;
  /** Why nothing can be sent in it now, as a sentence; null when it can. */
  readonly unavailable: string | null;
  /** What the contact centre can do. */
  readonly features: readonly string[];
  readonly policy: Policy;
}
