import type { Notification } from './notification.js';
import type { MediaRef, MediaRole } from './outbound-content.js';
import type { Page } from './query.js';
import type { WordMatch } from './word-search.js';

/** A category of the Standard Response Library; categories form trees of any depth. */
export interface ResponseCategory {
  readonly id: string;
  /** The category that it lies in; null for a root. */
  readonly parent: string | null;
  readonly name: string;
}

/** A file that comes with a prepared response, kept by the contact centre. */
export interface ResponseAttachment {
  readonly media: MediaRef;
  /** What the contact sees it as. */
  readonly as: MediaRole;
  readonly fileName: string | null;
  readonly mimeType: string;
  readonly bytes: number;
}

/** What is prepared for agents to send: a text and files, which they insert and may change before they send it. */
export interface PreparedResponse {
  readonly id: string;
  /** The id of its category. */
  readonly category: string;
  readonly name: string;
  /** With WhatsApp's formatting and field codes (`<$Contact.FirstName$>`); may be empty where there are files. */
  readonly body: string;
  /** A BCP 47 tag; null when it is for all languages. */
  readonly language: string | null;
  /** What is typed after a slash to insert it; null when there is none. */
  readonly shortcut: string | null;
  readonly keywords: readonly string[];
  /** In the order in which they are sent, behind the text. */
  readonly attachments: readonly ResponseAttachment[];
  /** The notification that it carries; null or left out when there is none. */
  readonly notification?: Notification | null;
  /** Whether it is one of the favourites of the agent who asked; left out: it is not. */
  readonly favourite?: boolean;
}

/** Which responses are wanted. */
export interface ResponseSearch {
  /** Looked for in names, bodies, keywords and shortcuts, up to `SEARCH_LIMIT`; accents and typing errors are forgiven. Empty for all; a slash first means shortcuts that begin so. */
  readonly text: string;
  readonly match: WordMatch;
  /** Only of this category and those in it; null for all. */
  readonly category: string | null;
  /** Only those in this language (`de` takes `de-AT` too) or for all languages; null for every one. */
  readonly language: string | null;
  /**
   * Only favourites of the agent who asks, or up to `RECENT_RESPONSES` of those that the agent has inserted: without words these come last used first. null or left out for all.
   * Needs the feature `favourite-responses`.
   */
  readonly of?: 'favourites' | 'recent' | null;
}

/** How many responses that an agent has inserted are remembered. */
export const RECENT_RESPONSES = 50;

/** The best match first; without words, by name. */
export type ResponsePage = Page<PreparedResponse>;
