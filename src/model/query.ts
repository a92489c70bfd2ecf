import type { Interaction } from './interaction.js';
import type { ResponseCategory, ResponsePage, ResponseSearch } from './prepared-response.js';
import type { Template } from './template.js';
import type { TranscriptItem } from './transcript-item.js';

/** A place in one log. Another epoch means another log: positions do not compare. */
export interface Cursor {
  readonly epoch: string;
  readonly seq: number;
}

/** Some of what is too much to push. Every query is answered by one. */
export interface Page<T, Next = string> {
  readonly items: readonly T[];
  /** What to ask with for the page that follows; null when there is none. Made by the other side: nothing is read from it. */
  readonly next: Next | null;
  /** Up to where the log was folded when the page was made. */
  readonly cursor: Cursor;
}

/** Where items of a transcript lie: above (`before`) an item of an interaction, or at its end (null). */
export interface TranscriptPlace {
  readonly interaction: string;
  readonly before: string | null;
}

/**
 * A page of one interaction's transcript, oldest first. `next` is where the items above lie: in the same interaction, before the first item of this page
 * (which is not empty then), or at the end of the contact's interaction before it on the channel; null at the conversation's beginning.
 */
export type TranscriptPage = Page<TranscriptItem, TranscriptPlace>;

/**
 * Where a part of a transcript is wanted: `around` an item of the conversation; around the first item from an instant on (milliseconds since the epoch), else the
 * last one; or `below` an item of the interaction (null: from its beginning).
 */
export type PartPlace =
  | { readonly kind: 'around'; readonly item: string }
  | { readonly kind: 'at'; readonly at: number }
  | { readonly kind: 'below'; readonly item: string | null };

/**
 * A run of one interaction's items that need not be the newest, oldest first. `above` is where the items above it lie, as `next` of a page; `below` in the
 * same way: below an item of the same interaction, or (null) at the beginning of the contact's next one on the channel; null at the conversation's end.
 */
export interface TranscriptPart {
  /** Whose items these are: the one that was asked for, or another one of the conversation. */
  readonly interaction: string;
  /** The item that it is around; null below one, and where there is none. */
  readonly item: string | null;
  readonly items: readonly TranscriptItem[];
  readonly above: TranscriptPlace | null;
  readonly below: { readonly interaction: string; readonly item: string | null } | null;
  /** Up to where the log was folded when it was read. */
  readonly cursor: Cursor;
}

/** Where something was found in a conversation. */
export interface TranscriptHit {
  readonly interaction: string;
  /** The message's id: `transcript-part` around it brings it. */
  readonly item: string;
  /** When it was written, in milliseconds since the epoch. */
  readonly at: number;
}

/**
 * What was found in a conversation, newest first. A page may have fewer hits than were asked for, or none, and go on: it looks through a part of a long
 * conversation, so that the answer takes no longer in a long one.
 */
export type TranscriptHits = Page<TranscriptHit>;

/** Templates of one business account, by name and language. */
export type TemplatePage = Page<Template>;

/** A page of a workbin, longest parked first. */
export type WorkbinPage = Page<Interaction>;

export interface Queries {
  transcript: {
    /** `before` is the id of an item, as `next` or the item itself told it; null asks for the newest page. */
    args: TranscriptPlace & { readonly limit: number };
    result: TranscriptPage;
  };
  /** Only of who has the feature `transcript-parts`. */
  'transcript-part': {
    /** In the conversation up to `interaction`: the contact's interactions on its channel. */
    args: { readonly interaction: string; readonly place: PartPlace; readonly limit: number };
    result: TranscriptPart;
  };
  /** Only of who has the feature `transcript-search`. */
  'transcript-search': {
    /** For the words of `text` (up to `SEARCH_LIMIT`), in the conversation up to `interaction`. `after` is the `next` of the page before; null asks for the newest. */
    args: {
      readonly interaction: string;
      readonly text: string;
      readonly after: string | null;
      readonly limit: number;
    };
    result: TranscriptHits;
  };
  /** Only of who has the feature `responses`; those that this agent may use. */
  responses: {
    /** `after` is the `next` of the page before; null asks for the first page. */
    args: ResponseSearch & { readonly after: string | null; readonly limit: number };
    result: ResponsePage;
  };
  /** Only of who has the feature `responses`: all categories in which the agent may use a response, and those that they lie in, parents first; one page. */
  'response-categories': {
    args: Readonly<Record<never, never>>;
    result: Page<ResponseCategory>;
  };
  /**
   * Only of who has the feature `templates`: those of the business account to which the interaction's number belongs, by name and language; those that cannot be sent
   * too, because the agent is to see why.
   */
  templates: {
    /** Those that have all words of `text` in their name or their texts; empty for all. `after` is the `next` of the page before; null asks for the first page. */
    args: {
      readonly interaction: string;
      readonly text: string;
      readonly after: string | null;
      readonly limit: number;
    };
    result: TemplatePage;
  };
  workbin: {
    /** `after` is the `next` of the page before; null asks for the first page. */
    args: { readonly workbin: string; readonly after: string | null; readonly limit: number };
    result: WorkbinPage;
  };
}

export type QueryName = keyof Queries;

export type Query<N extends QueryName = QueryName> = {
  [K in N]: { readonly name: K; readonly args: Queries[K]['args'] };
}[N];

export type ResultOf<Q extends Query> = Queries[Q['name']]['result'];
