import type { Observable } from 'rxjs';
import type {
  AgentSettings,
  AgentStatus,
  AttachRefusal,
  Clock,
  Contact,
  DeliveryError,
  DomainEvent,
  Draft,
  DraftAttachment,
  Interaction,
  MediaRef,
  OutboundContent,
  OutboxItem,
  PartPlace,
  PreparedResponse,
  ReadingPlace,
  Refusal,
  ResponseCategory,
  ResponseSearch,
  Template,
  TextRange,
  Transcript,
  TranscriptHit,
  TranscriptItem,
  Upload,
  WorkspaceState,
} from '../model/index.js';
import type { MediaSource, TransportErrorKind } from '../transport/adapter.js';

/** The link to the contact centre. `refused` is terminal until the credentials change. Instants are milliseconds since the epoch. */
export type Connection =
  | { readonly at: 'connecting'; readonly attempt: number }
  | { readonly at: 'online'; readonly since: number }
  | { readonly at: 'waiting'; readonly retryAt: number; readonly attempt: number }
  | { readonly at: 'refused'; readonly kind: TransportErrorKind; readonly sentence: string };

/** What became of a command other than a message: carried out, refused for a reason, or not possible now. */
export type CommandOutcome = { readonly ok: true } | { readonly ok: false; readonly error: Refusal };

/** A piece of paged data and how its loading goes. */
export interface Loading {
  readonly loading: boolean;
  /** Why the last page could not be had; asking again clears it. */
  readonly error: { readonly kind: TransportErrorKind; readonly sentence: string } | null;
}

export interface TranscriptView extends Loading {
  readonly transcript: Transcript;
  /** Whether the first page has come. Until then an empty transcript means nothing. */
  readonly loaded: boolean;
}

export interface WorkbinView extends Loading {
  readonly interactions: readonly Interaction[];
  readonly loaded: boolean;
  readonly hasMore: boolean;
}

/** Pendencies that are not being looked at on this page: what title, badge and host are told. */
export interface Attention {
  readonly interactions: readonly Interaction[];
}

/** Something that the agent should hear of at once. */
export interface Alert {
  readonly kind: 'invitation' | 'message';
  /** As it is since. */
  readonly interaction: Interaction;
}

/** A message of this agent that could not be delivered, or may not have been, after its conversation had left this desk. */
export interface LateFailure {
  /** The message's id. */
  readonly message: string;
  /** Its conversation, or the one that this went on in. */
  readonly interaction: string;
  readonly contact: Contact;
  /** What the message says; null for kinds without text. */
  readonly text: string | null;
  /** When it failed, in milliseconds since the epoch. */
  readonly at: number;
  readonly error: DeliveryError | null;
  /** WhatsApp did not confirm it: it may have arrived. */
  readonly inDoubt?: true;
  /** Where the conversation is, as far as this desk has heard. */
  readonly state: Interaction['state'];
  /** Where it is parked; null unless parked. */
  readonly workbin: string | null;
}

/** When the agent's token ends, and how long that is from now; milliseconds. */
export interface TokenExpiry {
  readonly expiresAt: number;
  readonly remaining: number;
}

/**
 * Whether what the agent writes outlives this page. `memory`: the browser refused or ran out of storage. `outdated`: a later version of this code has
 * taken the storage over in another tab; this page must be reloaded.
 */
export type StorageState = 'opening' | 'persistent' | 'memory' | 'outdated';

/** The link to the contact centre and what is known of the desk. */
export interface DeskState {
  /** Corrected by the gateway's time. */
  readonly clock: Clock;
  readonly state: WorkspaceState;
  readonly state$: Observable<WorkspaceState>;
  readonly connection$: Observable<Connection>;
  readonly storage$: Observable<StorageState>;
  /**
   * What the commands given here have led to: each event whose command this workspace sent, after it has become part of the state. Other tabs of the agent see
   * the same events, and do not emit them. Replays nothing.
   */
  readonly caused$: Observable<DomainEvent>;
  /** Two conversations of one person, at least one of them on this desk, have become one. After that has become part of the state. Replays nothing. */
  readonly merged$: Observable<DomainEvent<'interaction-merged'>>;
  /** Once for each token, some time before its end, where the contact centre tells when that is. Replays nothing. */
  readonly tokenExpiring$: Observable<TokenExpiry>;
  interaction$(interaction: string): Observable<Interaction | null>;
  /** Connects at once instead of waiting out the back-off; after `refused`, tries the present credentials. */
  retryNow(): void;
}

/** What is in front on this page, and what the agent has not looked at. */
export interface Attendance {
  /** The interaction in front on this page. */
  readonly selected$: Observable<string | null>;
  /** Messages from contacts that this agent has not looked at, by interaction; none is no entry. */
  readonly unread$: Observable<ReadonlyMap<string, number>>;
  readonly attention$: Observable<Attention>;
  /**
   * Each new invitation, and each message in a conversation that the agent sees in no tab, once: in one of the agent's tabs that subscribe and have a link,
   * visible ones first. Replays nothing.
   */
  readonly alerts$: Observable<Alert>;
  /** Puts an interaction in front; its unread count goes to zero while the page is visible. */
  select(interaction: string | null): void;
}

/** Where to go in a conversation. */
export type WantedPlace = Exclude<PartPlace, { readonly kind: 'below' }>;

/**
 * The item that is at a place, and in the window now; or why there is none: `gone` when the conversation has no such item, `overtaken` when somebody has gone to
 * another place or to the end meanwhile, or the window begins anew, else as a page that could not be had.
 */
export type PlaceOutcome =
  | { readonly ok: true; readonly item: string }
  | { readonly ok: false; readonly why: 'gone' | 'overtaken' | TransportErrorKind };

/** Finds things in conversations that are being looked at, far from their ends. */
export interface TranscriptFinder {
  /**
   * Has a place in the window of a transcript: where it is not there yet, the window moves there, with `cut` until its end is reached by `loadNewer`, or the
   * reader goes back to the end (`setReading`). Needs the feature `transcript-parts`. Never rejects.
   */
  goTo(interaction: string, place: WantedPlace): Promise<PlaceOutcome>;
  /** Loads what lies below a window that is `cut`. Resolves with whether that was possible; one at a time. Never rejects. */
  loadNewer(interaction: string): Promise<boolean>;
  /**
   * Looks for words in the conversation up to an interaction, newest first. Needs the feature `transcript-search`. A search that is asked for later overtakes
   * it. Never rejects.
   * @param after The `next` of the hits before; null for the newest.
   */
  search(interaction: string, text: string, after: string | null): Promise<SearchOutcome>;
  /**
   * Reads the conversation up to an interaction to its beginning: page by page, the newest page first, and the oldest item first in each. Nothing of it is kept.
   * Never rejects.
   * @param signal Ends it.
   */
  readWhole(
    interaction: string,
    heard: (page: readonly TranscriptItem[]) => void,
    signal: AbortSignal,
  ): Promise<ReadOutcome>;
}

/** Whether a conversation could be read to its beginning; `overtaken` when that was ended before. */
export type ReadOutcome =
  { readonly ok: true } | { readonly ok: false; readonly why: 'overtaken' | TransportErrorKind };

/** What a search found. `next` is what to ask with for more hits; null when there are none. */
export type SearchOutcome =
  | { readonly ok: true; readonly hits: readonly TranscriptHit[]; readonly next: string | null }
  | { readonly ok: false; readonly why: 'overtaken' | TransportErrorKind };

/** Prepared responses that were found. `next` is what to ask with for more; null when there are none. */
export type ResponsesOutcome =
  | { readonly ok: true; readonly responses: readonly PreparedResponse[]; readonly next: string | null }
  | { readonly ok: false; readonly why: 'overtaken' | TransportErrorKind };

/** Categories in which the agent may use a response, and those that they lie in, parents first. */
export type CategoriesOutcome =
  | { readonly ok: true; readonly categories: readonly ResponseCategory[] }
  | { readonly ok: false; readonly why: TransportErrorKind };

/** The Standard Response Library of the contact centre, as far as this agent may use it. Needs the feature `responses`. */
export interface ResponseLibrary {
  /** A search that is asked for later overtakes it. Never rejects. @param after The `next` of the responses before; null for the first. */
  search(search: ResponseSearch, after: string | null): Promise<ResponsesOutcome>;
  /** Never rejects. */
  categories(): Promise<CategoriesOutcome>;
  /**
   * Puts a response into a conversation's draft: its body, with the field codes filled from what is known, in place of a range of the text (at its end by
   * default, on a line of its own), its files behind those that are there, and its notification, filled in as far as is known, in the place of one that is there.
   * @param range Where in the text, in UTF-16 code units.
   * Where the contact centre remembers what was used, it is told.
   * @returns Where the inserted text ends; null when there is no such conversation on the desk.
   */
  insert(interaction: string, response: PreparedResponse, range?: TextRange): number | null;
  /** Makes a response, by its id, one of the agent's favourites, or takes it out of them. Needs the feature `favourite-responses`. Never rejects. */
  setFavourite(response: string, favourite: boolean): Promise<CommandOutcome>;
}

/** Templates that were found. `next` is what to ask with for more; null when there are none. */
export type TemplatesOutcome =
  | { readonly ok: true; readonly templates: readonly Template[]; readonly next: string | null }
  | { readonly ok: false; readonly why: 'overtaken' | TransportErrorKind };

/** Notifications: the templates of the business account to which a conversation's number belongs. Needs the features `templates` and `send-template`. */
export interface Notifications {
  /** A search that is asked for later overtakes it. Never rejects. @param after The `next` of the templates before; null for the first. */
  search(interaction: string, text: string, after: string | null): Promise<TemplatesOutcome>;
  /** Puts a template into a conversation's draft, to be filled in, in the place of a notification that is there. */
  choose(interaction: string, template: Template): void;
  /**
   * Sends the notification of the draft, as it is filled in, and takes it out of the draft; text and files stay there. Returns the client id; null when there is
   * none, or it cannot be sent as it is.
   */
  send(interaction: string): string | null;
}

/** What is read page by page. */
export interface Pages {
  /** Loaded when it is first asked for; rejects when it could not be, and is tried again with the next call. */
  readonly finder: () => Promise<TranscriptFinder>;
  /** As the finder; each call hands over another one, whose searches overtake no one else's. */
  readonly responses: () => Promise<ResponseLibrary>;
  /** As the responses. */
  readonly notifications: () => Promise<Notifications>;
  /** Subscribing loads the newest page. */
  transcript$(interaction: string): Observable<TranscriptView>;
  /** Loads the page above; at the interaction's beginning, the contact's interaction before it. Does nothing while a page is on its way. */
  loadOlder(interaction: string): void;
  /**
   * Says where somebody reads in a transcript, `end` by default: a long one is trimmed away from there. Back at the end, what was left out is loaded.
   */
  setReading(interaction: string, at: ReadingPlace): void;
  /** Subscribing loads the first page. */
  workbin$(workbin: string): Observable<WorkbinView>;
  loadMoreOfWorkbin(workbin: string): void;
}

/** Files that the contact centre keeps. */
export interface Files {
  /**
   * Cold: asks where a file can be fetched from now; emits once and completes. Errors with what has the kind of a `TransportError`: `invalid` when the contact
   * centre has not this file, the agent may not see it, or it hands over none at all (no `media` in the state's `features`); `offline` and `timeout` when no
   * answer came.
   */
  mediaSource(media: MediaRef): Observable<MediaSource>;
}

/** What became of a file that was to be attached. */
export type AttachOutcome =
  | { readonly ok: true; readonly attachment: DraftAttachment }
  | { readonly ok: false; readonly refusal: AttachRefusal };

/** Files that the agent sends. */
export interface Attaching {
  /**
   * Judges a file by its content and takes it into the draft, at its end; nothing leaves this page before it is sent. Several are attached one after the
   * other. Never rejects.
   * @param voice It was recorded as a voice note, and goes as one if its content is what WhatsApp takes as such.
   */
  attach(interaction: string, file: File, voice?: boolean): Promise<AttachOutcome>;
  /** A file of a draft or of a message that waits, by the id of its upload; null when this browser does not have it (any more). Never rejects. */
  fileOf(upload: string): Promise<Blob | null>;
  /** What is being uploaded in this tab, by the id of the upload. Replays. */
  readonly uploads$: Observable<ReadonlyMap<string, Upload>>;
}

/** What the agent writes: drafts, what waits to be sent, and what could not be. */
export interface Writing {
  /** What the agent has typed and not sent. */
  draft$(interaction: string): Observable<Draft>;
  saveDraft(interaction: string, draft: Draft): void;
  /** All messages of this agent that the log has not shown yet, oldest first. */
  readonly outbox$: Observable<readonly OutboxItem[]>;
  /** Messages that failed after their conversations had left this desk, oldest first; each stays until it is dismissed, over reloads and in all tabs. */
  readonly failures$: Observable<readonly LateFailure[]>;
  /** Stores the message and sends it in its turn. The draft is cleared if it says just that. Returns the client id. */
  sendText(interaction: string, text: string): string;
  /**
   * As `sendText`, and behind the text, which may be empty, the files of the draft in their order, each a message of its own once it is uploaded. Returns the
   * client ids, in the order of sending.
   */
  send(interaction: string, draft: Pick<Draft, 'text' | 'attachments'>): readonly string[];
  /** Stores what is no part of a draft (a place, a contact card, a question with buttons, a reaction, what is forwarded) and sends it in its turn. Returns the client id. */
  sendContent(interaction: string, content: OutboundContent): string;
  /**
   * Sends a failed message again: as the same one, in its place, where it may have gone or may still go; else as a new one, behind all others.
   * Returns the client id of what goes out; null when nothing does.
   */
  resend(clientId: string): string | null;
  /** Puts the words of a failed message back into the draft, before what has been typed since, and throws the message away. */
  edit(clientId: string): void;
  /** Throws a failed message away, or breaks off the upload of one and throws it away. */
  discard(clientId: string): void;
  /** Takes a message from `failures$`, by its id. */
  dismissFailure(message: string): void;
}

/** What the agent asks of the contact centre. */
export interface AgentCommands {
  accept(interaction: string): Promise<CommandOutcome>;
  reject(interaction: string): Promise<CommandOutcome>;
  open(interaction: string): Promise<CommandOutcome>;
  moveToWorkbin(interaction: string, workbin: string): Promise<CommandOutcome>;
  markDone(interaction: string): Promise<CommandOutcome>;
  setStatus(status: AgentStatus, reason: string | null): Promise<CommandOutcome>;
}

/** What the agent has chosen for the own desk on this device, in all tabs. */
export interface OwnSettings {
  readonly settings$: Observable<AgentSettings>;
  changeSettings(change: Partial<AgentSettings>): void;
}

/**
 * The agent's desk as streams and commands. All observables replay their latest value to a new subscriber, synchronously, where they do not say otherwise,
 * and neither complete nor error before `close()`. Commands never throw.
 */
export interface Workspace
  extends DeskState, Attendance, Pages, Files, Attaching, Writing, AgentCommands, OwnSettings {
  close(): void;
}
