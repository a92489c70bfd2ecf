import { BehaviorSubject, Observable, Subject, defer, of } from 'rxjs';
import type { ObservableInput } from 'rxjs';
import type {
  AgentSettings,
  DomainEvent,
  Draft,
  Interaction,
  MediaRef,
  OutboundContent,
  OutboxItem,
  TranscriptItem,
  Transcript,
  Upload,
  Workbin,
  WorkspaceState,
  ReadingPlace,
} from '../../src/model/index.js';
import {
  DEFAULT_SETTINGS,
  EMPTY_DRAFT,
  EMPTY_STATE,
  joinPage,
  openTranscript,
} from '../../src/model/index.js';
import type {
  Alert,
  AttachOutcome,
  Attention,
  CommandOutcome,
  Connection,
  LateFailure,
  StorageState,
  TokenExpiry,
  Notifications,
  ResponseLibrary,
  TranscriptFinder,
  TranscriptView,
  WorkbinView,
  Workspace,
} from '../../src/streams/workspace.js';
import type { MediaSource } from '../../src/transport/adapter.js';
import { anAgent, NOON } from './builders.js';

type Call = {
  [K in keyof Workspace]: Workspace[K] extends (...args: infer A) => unknown ? readonly [K, ...A] : never;
}[keyof Workspace];

const EMPTY_WORKBIN: WorkbinView = {
  interactions: [],
  loaded: true,
  hasMore: false,
  loading: false,
  error: null,
};

const EMPTY_LIBRARY: ResponseLibrary = {
  search: async () => ({ ok: true, responses: [], next: null }),
  categories: async () => ({ ok: true, categories: [] }),
  insert: () => null,
  setFavourite: async () => ({ ok: true }),
};

const NO_TEMPLATES: Notifications = {
  search: async () => ({ ok: true, templates: [], next: null }),
  choose: () => {},
  send: () => null,
};

/** Finds nothing, anywhere. */
export const NOWHERE: TranscriptFinder = {
  goTo: async () => ({ ok: false, why: 'gone' }),
  loadNewer: async () => true,
  search: async () => ({ ok: true, hits: [], next: null }),
  readWhole: async () => ({ ok: true }),
};

/** A workspace whose streams a test moves by hand, and which writes down what is called of it. */
export class FakeWorkspace implements Workspace {
  readonly clock = { at: NOON, now: () => this.clock.at };
  /** What was called, oldest first: `['accept', 'interaction-1']`. */
  readonly calls: Call[] = [];
  /** Where somebody reads, each time that it was said. */
  readonly readings: [interaction: string, at: ReadingPlace][] = [];
  /** How each call for an outcome turns out. */
  outcome: CommandOutcome | Promise<CommandOutcome> = { ok: true };

  /** What is answered to who asks where a file is. */
  sourceOf: (media: MediaRef) => ObservableInput<MediaSource> = ({ id }) =>
    of({ url: `https://files.example/${id}`, until: null });

  /** By the id of the upload. */
  readonly files = new Map<string, Blob>();
  /** What becomes of a file that is attached: it is taken into the draft, whatever it is. */
  attached: (file: File, interaction: string) => AttachOutcome | Promise<AttachOutcome> = (
    file,
    interaction,
  ) => {
    const { name, type: mimeType, size: bytes } = file;
    const id = `upload-${this.files.size + 1}`;
    const as = mimeType.startsWith('image/') ? 'image' : 'document';
    const attachment = { id, name, as, mimeType, bytes, caption: '' } as const;
    this.files.set(id, file);
    const draft = this.draft(interaction);
    draft.next({ ...draft.value, attachments: [...draft.value.attachments, attachment] });
    return { ok: true, attachment };
  };

  readonly uploads$ = new BehaviorSubject<ReadonlyMap<string, Upload>>(new Map());
  readonly state$ = new BehaviorSubject<WorkspaceState>({ ...EMPTY_STATE, epoch: 'e1', agent: anAgent() });
  readonly connection$ = new BehaviorSubject<Connection>({ at: 'online', since: NOON });
  readonly outbox$ = new BehaviorSubject<readonly OutboxItem[]>([]);
  readonly storage$ = new BehaviorSubject<StorageState>('persistent');
  readonly selected$ = new BehaviorSubject<string | null>(null);
  readonly settings$ = new BehaviorSubject<AgentSettings>(DEFAULT_SETTINGS);
  readonly unread$ = new BehaviorSubject<ReadonlyMap<string, number>>(new Map());
  readonly attention$ = new BehaviorSubject<Attention>({ interactions: [] });
  readonly alerts$ = new Subject<Alert>();
  readonly failures$ = new BehaviorSubject<readonly LateFailure[]>([]);
  readonly caused$ = new Subject<DomainEvent>();
  readonly merged$ = new Subject<DomainEvent<'interaction-merged'>>();
  readonly tokenExpiring$ = new Subject<TokenExpiry>();

  /** What finds things in transcripts; by default nothing is anywhere. Fails to load when it is null. */
  finding: TranscriptFinder | null = NOWHERE;

  /** The library of prepared responses; by default there is nothing in it. Fails to load when it is null. */
  library: ResponseLibrary | null = EMPTY_LIBRARY;
  /** Templates, and what is done with them; by default there are none. Fails to load when it is null. */
  templates: Notifications | null = NO_TEMPLATES;

  readonly #transcripts = new Map<string, BehaviorSubject<TranscriptView>>();
  readonly #drafts = new Map<string, BehaviorSubject<Draft>>();
  readonly #workbins = new Map<string, BehaviorSubject<WorkbinView>>();

  get state(): WorkspaceState {
    return this.state$.value;
  }

  patch(changes: Partial<WorkspaceState>): void {
    this.state$.next({ ...this.state, ...changes });
  }

  /** Puts these on the desk, in this order. */
  setInteractions(...interactions: readonly Interaction[]): void {
    this.patch({ interactions: new Map(interactions.map((one) => [one.id, one])) });
  }

  setWorkbins(...workbins: readonly Workbin[]): void {
    this.patch({ workbins: new Map(workbins.map((one) => [one.id, one])) });
  }

  setUnread(counts: Readonly<Record<string, number>>): void {
    this.unread$.next(new Map(Object.entries(counts)));
  }

  /** Shows a transcript as it is after its first page. */
  setTranscript(
    interaction: string,
    items: readonly TranscriptItem[],
    view: Partial<TranscriptView> = {},
  ): void {
    const page = { items, next: null, cursor: { epoch: 'e1', seq: 1 } };
    const transcript = joinPage(openTranscript(interaction), interaction, page);
    this.transcript(interaction).next({ transcript, loaded: true, loading: false, error: null, ...view });
  }

  /** Changes a transcript by a rule of the model (`appendItem`, `joinPage`, …). */
  changeTranscript(interaction: string, change: (transcript: Transcript) => Transcript): void {
    const subject = this.transcript(interaction);
    subject.next({ ...subject.value, transcript: change(subject.value.transcript) });
  }

  setWorkbin(workbin: string, view: Partial<WorkbinView>): void {
    this.workbin(workbin).next({ ...EMPTY_WORKBIN, ...view });
  }

  /** The source of `transcript$`: not loaded until told otherwise. */
  transcript(interaction: string): BehaviorSubject<TranscriptView> {
    const unloaded = { transcript: openTranscript(interaction), loaded: false, loading: true, error: null };
    return made(this.#transcripts, interaction, unloaded);
  }

  draft(interaction: string): BehaviorSubject<Draft> {
    return made(this.#drafts, interaction, EMPTY_DRAFT);
  }

  workbin(workbin: string): BehaviorSubject<WorkbinView> {
    return made(this.#workbins, workbin, { ...EMPTY_WORKBIN, loaded: false, loading: true });
  }

  /** Whether any element is subscribed to any stream. */
  get observed(): boolean {
    const own = [this.state$, this.connection$, this.outbox$, this.storage$, this.selected$, this.unread$];
    const keyed = [this.#transcripts, this.#drafts, this.#workbins].flatMap((map) => [...map.values()]);
    return [...own, this.attention$, ...keyed].some((subject) => subject.observed);
  }

  interaction$(interaction: string): Observable<Interaction | null> {
    return new Observable((subscriber) => {
      let last: Interaction | null | undefined;
      return this.state$.subscribe(({ interactions }) => {
        const next = interactions.get(interaction) ?? null;
        if (next !== last) subscriber.next((last = next));
      });
    });
  }

  transcript$(interaction: string): Observable<TranscriptView> {
    return this.transcript(interaction).asObservable();
  }

  async finder(): Promise<TranscriptFinder> {
    if (!this.finding) throw new Error('It could not be loaded.');
    return this.finding;
  }

  async responses(): Promise<ResponseLibrary> {
    if (!this.library) throw new Error('It could not be loaded.');
    return this.library;
  }

  async notifications(): Promise<Notifications> {
    if (!this.templates) throw new Error('It could not be loaded.');
    return this.templates;
  }

  setReading(interaction: string, at: ReadingPlace): void {
    this.readings.push([interaction, at]);
  }

  loadOlder(interaction: string): void {
    this.calls.push(['loadOlder', interaction]);
  }

  draft$(interaction: string): Observable<Draft> {
    return this.draft(interaction).asObservable();
  }

  saveDraft(interaction: string, draft: Draft): void {
    this.calls.push(['saveDraft', interaction, draft]);
    this.draft(interaction).next(draft);
  }

  workbin$(workbin: string): Observable<WorkbinView> {
    return this.workbin(workbin).asObservable();
  }

  loadMoreOfWorkbin(workbin: string): void {
    this.calls.push(['loadMoreOfWorkbin', workbin]);
  }

  mediaSource(media: MediaRef): Observable<MediaSource> {
    return defer(() => {
      this.calls.push(['mediaSource', media]);
      return this.sourceOf(media);
    });
  }

  select(interaction: string | null): void {
    this.calls.push(['select', interaction]);
    this.selected$.next(interaction);
  }

  sendText(interaction: string, text: string): string {
    this.calls.push(['sendText', interaction, text]);
    this.draft(interaction).next(EMPTY_DRAFT);
    return `client-${this.calls.length}`;
  }

  send(interaction: string, draft: Pick<Draft, 'text' | 'attachments'>): readonly string[] {
    this.calls.push(['send', interaction, draft]);
    this.draft(interaction).next(EMPTY_DRAFT);
    return [`client-${this.calls.length}`];
  }

  sendContent(interaction: string, content: OutboundContent): string {
    this.calls.push(['sendContent', interaction, content]);
    return `client-${this.calls.length}`;
  }

  async attach(interaction: string, file: File): Promise<AttachOutcome> {
    this.calls.push(['attach', interaction, file]);
    return this.attached(file, interaction);
  }

  async fileOf(upload: string): Promise<Blob | null> {
    this.calls.push(['fileOf', upload]);
    return this.files.get(upload) ?? null;
  }

  resend(clientId: string): string | null {
    this.calls.push(['resend', clientId]);
    return clientId;
  }

  edit(clientId: string): void {
    this.calls.push(['edit', clientId]);
  }

  discard(clientId: string): void {
    this.calls.push(['discard', clientId]);
  }

  dismissFailure(message: string): void {
    this.calls.push(['dismissFailure', message]);
    this.failures$.next(this.failures$.value.filter((failure) => failure.message !== message));
  }

  accept(interaction: string): Promise<CommandOutcome> {
    return this.#call(['accept', interaction]);
  }

  reject(interaction: string): Promise<CommandOutcome> {
    return this.#call(['reject', interaction]);
  }

  open(interaction: string): Promise<CommandOutcome> {
    return this.#call(['open', interaction]);
  }

  moveToWorkbin(interaction: string, workbin: string): Promise<CommandOutcome> {
    return this.#call(['moveToWorkbin', interaction, workbin]);
  }

  markDone(interaction: string): Promise<CommandOutcome> {
    return this.#call(['markDone', interaction]);
  }

  setStatus(...args: Parameters<Workspace['setStatus']>): Promise<CommandOutcome> {
    return this.#call(['setStatus', ...args]);
  }

  changeSettings(change: Partial<AgentSettings>): void {
    this.settings$.next({ ...this.settings$.value, ...change });
  }

  retryNow(): void {
    this.calls.push(['retryNow']);
  }

  close(): void {
    this.calls.push(['close']);
  }

  async #call(call: Call): Promise<CommandOutcome> {
    this.calls.push(call);
    return this.outcome;
  }
}

function made<T>(map: Map<string, BehaviorSubject<T>>, key: string, initial: T): BehaviorSubject<T> {
  const subject = map.get(key) ?? new BehaviorSubject(initial);
  map.set(key, subject);
  return subject;
}
