import { BehaviorSubject, NEVER, concat, defer, distinctUntilChanged, map, of } from 'rxjs';
import type { Observable } from 'rxjs';
import type {
  AttachOutcome,
  Attention,
  CommandOutcome,
  Connection,
  LateFailure,
  MediaSource,
  Notifications,
  ResponseLibrary,
  StorageState,
  TranscriptFinder,
  TranscriptView,
  WorkbinView,
  Workspace,
} from 'whatsapp-workspace';
import {
  DEFAULT_POLICY,
  DEFAULT_SETTINGS,
  EMPTY_DRAFT,
  EMPTY_STATE,
  joinPage,
  mergeInteractions,
  messageSearch,
  openTranscript,
  outboundFile,
  outboundText,
  textDraft,
} from 'whatsapp-workspace/model';
import type {
  Agent,
  AgentSettings,
  AgentStatus,
  DomainEvent,
  Draft,
  Interaction,
  MediaRef,
  OutboundContent,
  OutboxItem,
  RefusalKind,
  SendingTrouble,
  Template,
  TranscriptItem,
  Upload,
  Workbin,
  WorkspaceState,
} from 'whatsapp-workspace/model';
import { FILES } from './files.js';
import { galleryLibrary } from './library.js';
import { galleryTemplates } from './templates.js';
import type { Library } from './library.js';
import { ANA, unsent } from './people.js';
import { NOW, now } from './time.js';

type TranscriptScene = readonly TranscriptItem[] | Partial<TranscriptView>;

/** What a desk looks like at one moment. What is left out is empty and well. */
export interface Scene {
  /** null: nothing has come yet. */
  readonly agent?: Agent | null;
  readonly interactions?: readonly Interaction[];
  readonly workbins?: readonly Workbin[];
  /** By workbin; a workbin without an entry keeps loading. */
  readonly contents?: Readonly<Record<string, Partial<WorkbinView>>>;
  /** By interaction; an interaction without an entry keeps loading. */
  readonly transcripts?: Readonly<Record<string, TranscriptScene>>;
  readonly drafts?: Readonly<Record<string, string | Draft>>;
  readonly settings?: Partial<AgentSettings>;
  readonly connection?: Connection;
  readonly outbox?: readonly OutboxItem[];
  /** By the id of the upload. */
  readonly files?: Readonly<Record<string, () => Blob | Promise<Blob>>>;
  readonly uploads?: Readonly<Record<string, Upload>>;
  readonly features?: readonly string[];
  readonly storage?: StorageState;
  /** Why business numbers do not send. */
  readonly troubles?: readonly SendingTrouble[];
  readonly failures?: readonly LateFailure[];
  /** Two conversations that have just become one: the one that goes on first. */
  readonly merged?: readonly [kept: Interaction, ended: Interaction];
  /** Of when the desk is, where it is a copy. */
  readonly asOf?: number;
  readonly selected?: string;
  readonly unread?: Readonly<Record<string, number>>;
  /** Prepared responses; null where they cannot be loaded. */
  readonly library?: Library | null;
  /** Templates of the business account; null where they cannot be loaded. */
  readonly templates?: readonly Template[] | null;
  /** How every command ends. */
  readonly refusal?: RefusalKind;
}

const WELL = { loading: false, error: null };

/** A workspace without a contact centre: it shows a scene, and does on the page alone what is easily done. */
export class GalleryWorkspace implements Workspace {
  readonly clock = { now };
  readonly state$: BehaviorSubject<WorkspaceState>;
  readonly connection$: BehaviorSubject<Connection>;
  readonly outbox$: BehaviorSubject<readonly OutboxItem[]>;
  readonly storage$: BehaviorSubject<StorageState>;
  readonly selected$: BehaviorSubject<string | null>;
  readonly settings$: BehaviorSubject<AgentSettings>;
  readonly unread$: BehaviorSubject<ReadonlyMap<string, number>>;
  readonly attention$: BehaviorSubject<Attention>;
  readonly failures$: BehaviorSubject<readonly LateFailure[]>;
  readonly alerts$ = NEVER;
  readonly caused$ = NEVER;
  readonly merged$: Observable<DomainEvent<'interaction-merged'>>;
  readonly tokenExpiring$ = NEVER;
  readonly uploads$: BehaviorSubject<ReadonlyMap<string, Upload>>;
  readonly #files = new Map<string, Blob>();
  readonly #scene: Scene;
  #attached = 0;
  readonly #drafts = new Map<string, BehaviorSubject<Draft>>();

  constructor(scene: Scene) {
    const interactions = scene.interactions ?? [];
    this.#scene = scene;
    this.state$ = new BehaviorSubject<WorkspaceState>({
      ...EMPTY_STATE,
      epoch: 'gallery',
      cursor: { epoch: 'gallery', seq: 1 },
      agent: scene.agent === undefined ? ANA : scene.agent,
      asOf: scene.asOf ?? null,
      policy: DEFAULT_POLICY,
      features: scene.features ?? ['media'],
      interactions: new Map(interactions.map((one) => [one.id, one])),
      workbins: new Map((scene.workbins ?? []).map((one) => [one.id, one])),
      troubles: new Map(
        (scene.troubles ?? []).map((trouble) => [
          trouble,
          { channel: trouble, trouble, code: 1, since: NOW },
        ]),
      ),
    });
    this.connection$ = new BehaviorSubject(scene.connection ?? { at: 'online', since: NOW });
    this.settings$ = new BehaviorSubject({ ...DEFAULT_SETTINGS, ...scene.settings });
    this.outbox$ = new BehaviorSubject(scene.outbox ?? []);
    this.uploads$ = new BehaviorSubject<ReadonlyMap<string, Upload>>(
      new Map(Object.entries(scene.uploads ?? {})),
    );
    this.storage$ = new BehaviorSubject(scene.storage ?? 'persistent');
    this.selected$ = new BehaviorSubject(scene.selected ?? null);
    this.unread$ = new BehaviorSubject<ReadonlyMap<string, number>>(
      new Map(Object.entries(scene.unread ?? {})),
    );
    this.failures$ = new BehaviorSubject(scene.failures ?? []);
    this.merged$ = concat(mergedIn(scene), NEVER);
    this.attention$ = new BehaviorSubject<Attention>({
      interactions: interactions.filter(({ pendency }) => pendency),
    });
  }

  get state(): WorkspaceState {
    return this.state$.value;
  }

  interaction$(interaction: string): Observable<Interaction | null> {
    return this.state$.pipe(
      map(({ interactions }) => interactions.get(interaction) ?? null),
      distinctUntilChanged(),
    );
  }

  transcript$(interaction: string): Observable<TranscriptView> {
    const scene = this.#scene.transcripts?.[interaction];
    return new BehaviorSubject(transcriptView(interaction, scene));
  }

  async responses(): Promise<ResponseLibrary> {
    const { library = { categories: [], responses: [] } } = this.#scene;
    return galleryLibrary(library, {
      stateOf: () => this.state,
      draftOf: (interaction) => this.#draft(interaction).value,
      save: (interaction, draft) => this.#draft(interaction).next(draft),
    });
  }

  async notifications(): Promise<Notifications> {
    const { templates = [] } = this.#scene;
    return galleryTemplates(templates, {
      draftOf: (interaction) => this.#draft(interaction).value,
      save: (interaction, draft) => this.#draft(interaction).next(draft),
      send: (interaction, content) => this.sendContent(interaction, content),
    });
  }

  async finder(): Promise<TranscriptFinder> {
    return {
      goTo: async (interaction, place) => {
        const { transcript } = transcriptView(interaction, this.#scene.transcripts?.[interaction]);
        const items = transcript.chunks.flatMap((chunk) => chunk.items);
        const item =
          place.kind === 'at'
            ? (items.find(({ at }) => at >= place.at) ?? items.at(-1))
            : items.find(({ id }) => id === place.item);
        return item ? { ok: true, item: item.id } : { ok: false, why: 'gone' };
      },
      loadNewer: async () => true,
      readWhole: async (interaction, heard) => {
        const { transcript } = transcriptView(interaction, this.#scene.transcripts?.[interaction]);
        heard(transcript.chunks.flatMap((chunk) => chunk.items));
        return { ok: true };
      },
      search: async (interaction, text) => {
        const { transcript } = transcriptView(interaction, this.#scene.transcripts?.[interaction]);
        const items = transcript.chunks.flatMap((chunk) => chunk.items);
        const search = messageSearch(text);
        const found = items.filter((item) => item.kind === 'message' && search?.finds(item.message));
        return {
          ok: true,
          hits: found.toReversed().map(({ id, at }) => ({ interaction, item: id, at })),
          next: null,
        };
      },
    };
  }

  setReading(): void {
    // A scene has what it has.
  }

  loadOlder(): void {
    // A scene has what it has.
  }

  mediaSource(media: MediaRef): Observable<MediaSource> {
    return defer(() => of(FILES.source(media)));
  }

  draft$(interaction: string): Observable<Draft> {
    return this.#draft(interaction);
  }

  saveDraft(interaction: string, draft: Draft): void {
    this.#draft(interaction).next(draft);
  }

  workbin$(workbin: string): Observable<WorkbinView> {
    const contents = this.#scene.contents?.[workbin];
    const view = contents ? { loaded: true, ...WELL } : { loaded: false, loading: true, error: null };
    return new BehaviorSubject({ interactions: [], hasMore: false, ...view, ...contents });
  }

  loadMoreOfWorkbin(): void {
    // A scene has what it has.
  }

  select(interaction: string | null): void {
    this.selected$.next(interaction);
    const unread = new Map(this.unread$.value);
    if (interaction !== null && unread.delete(interaction)) this.unread$.next(unread);
  }

  sendText(interaction: string, text: string): string {
    const clientId = `gallery-${this.outbox$.value.length}`;
    const sent = { ...unsent(text, { at: 'queued' }), clientId, interaction, createdAt: now() };
    this.outbox$.next([...this.outbox$.value, sent]);
    this.#draft(interaction).next(EMPTY_DRAFT);
    return clientId;
  }

  send(interaction: string, { text, attachments }: Pick<Draft, 'text' | 'attachments'>): readonly string[] {
    const files = attachments.map((file): OutboxItem => {
      const clientId = `gallery-${file.id}`;
      return { ...unsent('', { at: 'uploading' }), clientId, interaction, body: outboundFile(file) };
    });
    const said = text === '' ? [] : [this.sendText(interaction, text)];
    this.outbox$.next([...this.outbox$.value, ...files]);
    this.#draft(interaction).next(EMPTY_DRAFT);
    return [...said, ...files.map(({ clientId }) => clientId)];
  }

  sendContent(interaction: string, body: OutboundContent): string {
    const clientId = `gallery-${this.outbox$.value.length}`;
    const sent = { ...unsent('', { at: 'queued' }), clientId, interaction, body, createdAt: now() };
    this.outbox$.next([...this.outbox$.value, sent]);
    return clientId;
  }

  async attach(interaction: string, file: File): Promise<AttachOutcome> {
    const { name, type: mimeType, size: bytes } = file;
    const id = `file-${++this.#attached}`;
    const as = mimeType.startsWith('image/') ? 'image' : 'document';
    const attachment = { id, name, as, mimeType, bytes, caption: '' } as const;
    this.#files.set(id, file);
    const draft = this.#draft(interaction);
    draft.next({ ...draft.value, attachments: [...draft.value.attachments, attachment] });
    return { ok: true, attachment };
  }

  async fileOf(upload: string): Promise<Blob | null> {
    return this.#files.get(upload) ?? this.#scene.files?.[upload]?.() ?? null;
  }

  resend(clientId: string): string {
    this.outbox$.next(
      this.outbox$.value.map((one) => (one.clientId === clientId ? { ...one, step: { at: 'queued' } } : one)),
    );
    return clientId;
  }

  edit(clientId: string): void {
    const failed = this.outbox$.value.find((one) => one.clientId === clientId);
    if (!failed) return;
    this.#draft(failed.interaction).next(textDraft(outboundText(failed.body)));
    this.discard(clientId);
  }

  discard(clientId: string): void {
    this.outbox$.next(this.outbox$.value.filter((one) => one.clientId !== clientId));
  }

  dismissFailure(message: string): void {
    this.failures$.next(this.failures$.value.filter((one) => one.message !== message));
  }

  accept(id: string): Promise<CommandOutcome> {
    return this.#outcome(() => this.#change(id, { state: 'active', offer: null, agent: ANA.id }));
  }

  reject(id: string): Promise<CommandOutcome> {
    return this.#outcome(() => this.#remove(id));
  }

  open(): Promise<CommandOutcome> {
    return this.#outcome(() => undefined);
  }

  moveToWorkbin(id: string): Promise<CommandOutcome> {
    return this.#outcome(() => this.#remove(id));
  }

  markDone(id: string): Promise<CommandOutcome> {
    return this.#outcome(() => this.#remove(id));
  }

  setStatus(status: AgentStatus, reason: string | null): Promise<CommandOutcome> {
    return this.#outcome(() => this.#patch({ agent: { ...(this.state.agent ?? ANA), status, reason } }));
  }

  changeSettings(change: Partial<AgentSettings>): void {
    this.settings$.next({ ...this.settings$.value, ...change });
  }

  retryNow(): void {
    // There is nothing to connect to.
  }

  close(): void {
    // There is nothing to close.
  }

  #draft(interaction: string): BehaviorSubject<Draft> {
    const prepared = this.#scene.drafts?.[interaction] ?? '';
    const draft =
      this.#drafts.get(interaction) ??
      new BehaviorSubject(typeof prepared === 'string' ? textDraft(prepared) : prepared);
    this.#drafts.set(interaction, draft);
    return draft;
  }

  async #outcome(carryOut: () => void): Promise<CommandOutcome> {
    const { refusal } = this.#scene;
    if (refusal)
      return { ok: false, error: { kind: refusal, sentence: 'Refused by the gallery.', retryable: true } };
    carryOut();
    return { ok: true };
  }

  #change(id: string, changes: Partial<Interaction>): void {
    const known = this.state.interactions.get(id);
    if (known)
      this.#patch({ interactions: new Map(this.state.interactions).set(id, { ...known, ...changes }) });
  }

  #remove(id: string): void {
    const interactions = new Map(this.state.interactions);
    interactions.delete(id);
    this.#patch({ interactions });
    if (this.selected$.value === id) this.selected$.next(null);
  }

  #patch(changes: Partial<WorkspaceState>): void {
    this.state$.next({ ...this.state, ...changes });
  }
}

function transcriptView(interaction: string, scene: TranscriptScene | undefined): TranscriptView {
  const empty = openTranscript(interaction);
  if (!scene) return { transcript: empty, loaded: false, loading: true, error: null };
  if (isItems(scene)) return { transcript: transcriptOf(interaction, scene), loaded: true, ...WELL };
  return { transcript: empty, loaded: false, ...WELL, ...scene };
}

/** A transcript as it is after its first page. */
export function transcriptOf(
  interaction: string,
  items: readonly TranscriptItem[],
  more = false,
): TranscriptView['transcript'] {
  const page = {
    items,
    next: more ? { interaction, before: items[0]?.id ?? null } : null,
    cursor: { epoch: 'gallery', seq: 1 },
  };
  return joinPage(openTranscript(interaction), interaction, page);
}

function isItems(scene: TranscriptScene): scene is readonly TranscriptItem[] {
  return Array.isArray(scene);
}

function mergedIn({ merged }: Scene): readonly DomainEvent<'interaction-merged'>[] {
  const drafts = merged ? mergeInteractions(...merged, NOW) : [];
  return drafts.flatMap((draft) =>
    draft.type === 'interaction-merged' ? [{ ...draft, seq: 1, id: 'merge' }] : [],
  );
}
