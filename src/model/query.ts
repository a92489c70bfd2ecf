import type { Interaction } from './interaction.js';
import type { TranscriptItem } from './transcript-item.js';

/** A place in one log. Another epoch means another log: positions do not compare. */
export interface Cursor {
  readonly epoch: string;
  readonly seq: number;
}

/** A page of one interaction's transcript, oldest first. */
export interface TranscriptPage {
  readonly items: readonly TranscriptItem[];
  /** Whether the interaction has items above this page: ask for those `before` the first item's id. */
  readonly more: boolean;
  /** The contact's interaction before this one on the channel; null when this is the first. Told with every page. */
  readonly earlier: string | null;
  /** Up to where the log was folded when the page was made. */
  readonly cursor: Cursor;
}

/** A page of a workbin, longest parked first. */
export interface WorkbinPage {
  readonly interactions: readonly Interaction[];
  /** Whether the workbin goes on: ask for those `after` the last one's id. */
  readonly more: boolean;
  readonly cursor: Cursor;
}

export interface Queries {
  transcript: {
    /** `before` is the id of an item; null asks for the newest page. */
    args: { readonly interaction: string; readonly before: string | null; readonly limit: number };
    result: TranscriptPage;
  };
  workbin: {
    /** `after` is the id of an interaction; null asks for the first page. */
    args: { readonly workbin: string; readonly after: string | null; readonly limit: number };
    result: WorkbinPage;
  };
}

export type QueryName = keyof Queries;

export type Query<N extends QueryName = QueryName> = {
  [K in N]: { readonly name: K; readonly args: Queries[K]['args'] };
}[N];

export type ResultOf<Q extends Query> = Queries[Q['name']]['result'];
