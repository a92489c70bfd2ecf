import type { Agent } from './agent.js';
import type { Interaction } from './interaction.js';
import type { Policy } from './policy.js';
import type { Cursor, TranscriptPage } from './query.js';
import { olderPlace } from './transcript.js';
import type { Transcript } from './transcript.js';
import type { Workbin } from './workbin.js';

/** How long the copy of a desk may be shown after it was live, in milliseconds. */
export const COPY_KEPT_FOR = 24 * 3_600_000;

/** Of the form below and all that is in it: grows when any of these changes (a test notices). A copy in another form is not read. */
export const COPY_FORMAT = 8;

/** What a desk showed when it was last live, for a reload without a link. Its transcripts are kept beside it. */
export interface DeskCopy {
  readonly format: typeof COPY_FORMAT;
  /** When it was true, in milliseconds since the epoch, by the contact centre's clock. */
  readonly at: number;
  readonly agent: Agent;
  readonly policy: Policy;
  readonly interactions: readonly Interaction[];
  readonly workbins: readonly Workbin[];
}

/** The newest page of a transcript, as the contact centre would answer it; null before the first page has come. */
export function newestPage(transcript: Transcript, limit: number, cursor: Cursor): TranscriptPage | null {
  if (!transcript.loaded || transcript.cut) return null;
  const { interaction, chunks } = transcript;
  const own = chunks.filter((chunk) => chunk.interaction === interaction).flatMap(({ items }) => items);
  const items = own.slice(-limit);
  const [first] = items;
  if (first && own.length > limit) return { items, next: { interaction, before: first.id }, cursor };
  const above = chunks.findLast((chunk) => chunk.interaction !== interaction);
  const next = above ? { interaction: above.interaction, before: null } : olderPlace(transcript);
  return { items, next, cursor };
}
