import type { TranscriptFinder } from '../../context/index.js';
import type { TranscriptHit } from '../../model/index.js';

/** Of all that a search has found so far, newest first, the one that is shown. */
export interface SearchHits {
  readonly text: string;
  readonly hits: readonly TranscriptHit[];
  /** What to ask with for more; null when these are all. */
  readonly next: string | null;
  readonly at: number;
}

type Step =
  | { readonly ok: true; readonly now: SearchHits }
  | Extract<Awaited<ReturnType<TranscriptFinder['search']>>, { ok: false }>;

/** What the words are found in, at the newest. */
export async function firstHits(finder: TranscriptFinder, interaction: string, text: string): Promise<Step> {
  const outcome = await finder.search(interaction, text, null);
  return outcome.ok ? { ok: true, now: { text, hits: outcome.hits, next: outcome.next, at: 0 } } : outcome;
}

/** The hit before it, loaded when it has to be; the same one where there is none. */
export async function olderHit(
  finder: TranscriptFinder,
  interaction: string,
  now: SearchHits,
): Promise<Step> {
  if (now.at + 1 < now.hits.length) return { ok: true, now: { ...now, at: now.at + 1 } };
  if (now.next === null) return { ok: true, now };
  const outcome = await finder.search(interaction, now.text, now.next);
  if (!outcome.ok) return outcome;
  const hits = [...now.hits, ...outcome.hits];
  return { ok: true, now: { ...now, hits, next: outcome.next, at: Math.min(now.at + 1, hits.length - 1) } };
}
