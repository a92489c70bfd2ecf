import {
  BehaviorSubject,
  ReplaySubject,
  Subject,
  Subscription,
  filter,
  map,
  merge,
  of,
  pairwise,
  switchMap,
  takeUntil,
  tap,
} from 'rxjs';
import type { Observable } from 'rxjs';
import {
  EMPTY_STATE,
  isKnown,
  OUTBOX_PATIENCE,
  outboundFile,
  outboundText,
  successorOf,
} from '../model/index.js';
import type {
  AgentSettings,
  AgentStatus,
  Clock,
  Command,
  CommandArgs,
  CommandName,
  DomainEvent,
  Draft,
  Interaction,
  MediaRef,
  OutboundContent,
  OutboxItem,
  Upload,
  WorkspaceState,
  ReadingPlace,
} from '../model/index.js';
import type { MediaSource, TransportAdapter } from '../transport/adapter.js';
import { alerts, attention, lookedAt, lookingHere, readMarks, Unread } from './attention/index.js';
import { executeNow } from './commands/index.js';
import type { CommandOptions } from './commands/index.js';
import { OfflineCopy, agentScopes } from './storage/index.js';
import type { AgentScope } from './storage/index.js';
import { Drafts } from './drafts/index.js';
import { endingIn, tidy } from './endings/index.js';
import { LazyFiles } from './files/index.js';
import { Outbox, lateFailures, undeliveredWords } from './outbox/index.js';
import { CentreLink, tokenExpiring } from './connection/index.js';
import type { CentreLinkOptions } from './connection/index.js';
import { Settings } from './settings/index.js';
import type { PagingOptions } from './paging/index.js';
import type { WorkspacePlatform } from './platform.js';
import { lazyFinder, Transcripts, Workbins } from './paging/index.js';
import { lazyNotifications } from './notifications/index.js';
import { lazyResponses } from './responses/index.js';
import { OBSERVED, RecentSet, RecentlyMade, replayed, risesOf } from './operators/index.js';
import type { Words } from './outbox/index.js';
import type {
  Alert,
  AttachOutcome,
  Attention,
  CommandOutcome,
  Connection,
  LateFailure,
  Notifications,
  ResponseLibrary,
  StorageState,
  TokenExpiry,
  TranscriptFinder,
  TranscriptView,
  WorkbinView,
  Workspace,
} from './workspace.js';

/** Of how many commands of this tab is known that they were its own, when their events come. */
const COMMANDS_REMEMBERED = 1_000;

export interface DeskWorkspaceOptions extends Omit<CentreLinkOptions, 'nudge$'> {
  readonly transport: TransportAdapter;
  readonly platform: WorkspacePlatform;
  readonly offlineCopy: boolean;
}

/** The one composition of everything in this folder. */
export class DeskWorkspace implements Workspace {
  readonly clock: Clock;
  readonly state$: Observable<WorkspaceState>;
  readonly connection$: Observable<Connection>;
  readonly outbox$: Observable<readonly OutboxItem[]>;
  readonly storage$: Observable<StorageState>;
  readonly selected$: Observable<string | null>;
  readonly unread$: Observable<ReadonlyMap<string, number>>;
  readonly attention$: Observable<Attention>;
  readonly alerts$: Observable<Alert>;
  readonly tokenExpiring$: Observable<TokenExpiry>;
  readonly failures$: Observable<readonly LateFailure[]>;
  readonly caused$: Observable<DomainEvent>;
  readonly settings$: Observable<AgentSettings>;
  readonly merged$: Observable<DomainEvent<'interaction-merged'>>;
  readonly uploads$: Observable<ReadonlyMap<string, Upload>>;
  readonly finder: () => Promise<TranscriptFinder>;
  readonly responses: () => Promise<ResponseLibrary>;
  readonly notifications: () => Promise<Notifications>;

  readonly #platform: WorkspacePlatform;
  readonly #link: CentreLink;
  readonly #outbox: Outbox;
  readonly #drafts: Drafts;
  readonly #unread: Unread;
  readonly #files: LazyFiles;
  readonly #settings: Settings;
  readonly #offlineCopy: OfflineCopy;
  readonly #transcripts: Transcripts;
  readonly #workbins: Workbins;
  readonly #commands: CommandOptions;
  readonly #selected$ = new BehaviorSubject<string | null>(null);
  readonly #dismissed$ = new Subject<string>();
  readonly #writing$ = new Subject<string>();
  readonly #closed$ = new ReplaySubject<void>(1);
  readonly #subscription = new Subscription();
  readonly #interactions = new RecentlyMade(OBSERVED, (id: string) =>
    this.#link.store.select(({ interactions }) => interactions.get(id) ?? null),
  );
  readonly #ownCommands = new RecentSet<string>(COMMANDS_REMEMBERED);

  constructor({ transport, platform, offlineCopy, random, scheduler }: DeskWorkspaceOptions) {
    const { visible$, locks } = platform;
    const nudge$ = merge(risesOf(platform.online$), risesOf(visible$));
    const linkOptions = { transport, nudge$, random, scheduler };
    const link = new CentreLink(linkOptions);
    const { store, connection$, online$, ready$ } = link;
    const closed$ = this.#closed$;
    const selected$ = this.#selected$;
    const opened$ = agentScopes(link.identity$, platform, scheduler).pipe(replayed());
    // What names a file is stored behind it.
    const scope$ = opened$.pipe(
      switchMap((scope) => (scope && this.#files.storedIn(scope)) ?? of(scope)),
      replayed(),
    );
    const sending = { send: (command: Command) => link.send(command), random, scheduler };
    const query: PagingOptions['query'] = (wanted) => link.query(wanted);
    const paging = { store, query, ready$, closed$, scheduler };

    this.#platform = platform;
    this.#link = link;
    // Before all that asks what is in front: nobody sees what has left the desk there.
    this.#subscription.add(this.#follow().subscribe());
    this.#outbox = new Outbox({
      ...sending,
      store,
      clock: link.clock,
      scope$,
      online$,
      locks,
      visible$,
      isHeldBack: (item) => this.#files.isHere(item),
    });
    this.#drafts = new Drafts({ store, scope$, online$, visible$, scheduler });
    const writing = { outbox: this.#outbox, drafts: this.#drafts };
    this.#files = new LazyFiles({
      ...writing,
      transport,
      platform,
      link,
      scope$: opened$,
      random,
      scheduler,
    });
    this.uploads$ = this.#files.uploads$;
    const lookedAt$ = lookedAt({ scope$, selected$, visible$, tab: platform.newId(), scheduler }).pipe(
      replayed(),
    );
    const looking$ = lookingHere(selected$, visible$);
    this.#unread = new Unread({ store, scope$, looking$, lookedAt$, scheduler });
    this.#settings = new Settings(scope$);
    this.#offlineCopy = new OfflineCopy({
      store,
      clock: link.clock,
      scope$,
      connection$,
      visible$,
      claims: () => transport.claims?.() ?? null,
      assume: (identity) => link.assume(identity),
      enabled: offlineCopy,
      scheduler,
    });
    this.#transcripts = new Transcripts(paging);
    this.#workbins = new Workbins(paging);
    this.finder = lazyFinder(paging);
    this.responses = lazyResponses({
      ...paging,
      drafts: this.#drafts,
      newId: () => platform.newId(),
      execute: (name, args) => this.#execute(name, args),
    });
    const send = (interaction: string, content: OutboundContent) => this.sendContent(interaction, content);
    this.notifications = lazyNotifications({ ...paging, drafts: this.#drafts, send });
    // Nobody's command is executed in the name of another.
    this.#commands = { ...sending, connection$, closed$: merge(closed$, link.agentChanged$) };

    this.clock = link.clock;
    this.tokenExpiring$ = tokenExpiring(link.tokenExpiresAt$, link.clock, scheduler);
    this.state$ = store.state$;
    this.connection$ = connection$;
    this.outbox$ = this.#outbox.items$;
    this.storage$ = scope$.pipe(switchMap(storageState), takeUntil(closed$));
    this.selected$ = selected$.asObservable();
    this.unread$ = this.#unread.counts$.pipe(takeUntil(closed$));
    this.attention$ = attention(store, lookedAt$, scheduler).pipe(takeUntil(closed$), replayed());
    const heard = { store, clock: link.clock, scope$, lookedAt$, locks, online$, visible$, scheduler };
    this.alerts$ = alerts(heard).pipe(takeUntil(closed$));
    this.failures$ = lateFailures({ ...heard, dismissed$: this.#dismissed$ }, () => link.resync()).pipe(
      takeUntil(closed$),
      replayed(),
    );
    this.settings$ = this.#settings.settings$;
    const events$ = store.folded$.pipe(
      map((input) => (input.kind === 'event' && isKnown(input.event) ? input.event : null)),
      filter((event) => event !== null),
    );
    this.caused$ = events$.pipe(filter(({ command }) => this.#ownCommands.has(command ?? '')));
    this.merged$ = events$.pipe(filter((event) => event.type === 'interaction-merged'));
    // Subscribed to also when no element asks: other tabs want to know what can be seen here, and what fails is kept for those to come.
    this.#subscription.add(this.attention$.subscribe());
    this.#subscription.add(this.failures$.subscribe());
    this.#subscription.add(tidy({ ...writing, unread: this.#unread, store, scope$ }).subscribe());
    const marks$ = readMarks({ store, looking$, writing$: this.#writing$, scheduler });
    this.#subscription.add(marks$.subscribe((args) => void this.#execute('mark-read', args)));
    link.open(linkOptions);
  }

  get state(): WorkspaceState {
    return this.#link.store.state;
  }

  interaction$(interaction: string): Observable<Interaction | null> {
    return this.#interactions.get(interaction);
  }

  transcript$(interaction: string): Observable<TranscriptView> {
    return this.#transcripts.view$(interaction);
  }

  loadOlder(interaction: string): void {
    this.#transcripts.loadOlder(interaction);
  }

  setReading(interaction: string, at: ReadingPlace): void {
    this.#transcripts.setReading(interaction, at);
  }

  draft$(interaction: string): Observable<Draft> {
    return this.#drafts.draft$(interaction);
  }

  saveDraft(interaction: string, draft: Draft): void {
    this.#drafts.save(interaction, draft);
    if (draft.text !== '') this.#writing$.next(interaction);
  }

  workbin$(workbin: string): Observable<WorkbinView> {
    return this.#workbins.view$(workbin);
  }

  loadMoreOfWorkbin(workbin: string): void {
    this.#workbins.loadMore(workbin);
  }

  mediaSource(media: MediaRef): Observable<MediaSource> {
    return this.#link.media(media);
  }

  select(interaction: string | null): void {
    if (interaction !== this.#selected$.value) this.#selected$.next(interaction);
  }

  sendText(interaction: string, text: string): string {
    return this.send(interaction, { text, attachments: [] })[0] ?? '';
  }

  send(interaction: string, { text, attachments }: Pick<Draft, 'text' | 'attachments'>): readonly string[] {
    const { replyTo, ...draft } = this.#drafts.sent(interaction, text, attachments);
    const contents: OutboundContent[] = attachments.map(outboundFile);
    if (text !== '' || contents.length === 0) contents.unshift({ kind: 'text', text });
    const items = contents.map((content) => this.#newItem(interaction, content));
    const batch = { id: items[0]?.clientId ?? '', of: items.length };
    const all = batch.of > 1 ? items.map((item, index) => ({ ...item, batch: { ...batch, index } })) : items;
    const [first, ...rest] = all;
    if (first) this.#outbox.add([{ ...first, replyTo }, ...rest], { draft });
    return all.map(({ clientId }) => clientId);
  }

  sendContent(interaction: string, content: OutboundContent): string {
    const item = this.#newItem(interaction, content);
    this.#outbox.add([item]);
    return item.clientId;
  }

  attach(interaction: string, file: File, voice?: boolean): Promise<AttachOutcome> {
    return this.#files.attach(interaction, file, voice);
  }

  fileOf(upload: string): Promise<Blob | null> {
    return this.#files.fileOf(upload);
  }

  resend(clientId: string): string | null {
    if (this.#outbox.sendAgain(clientId)) return clientId;
    const failed = this.#outbox.get(clientId);
    if (failed?.step.at === 'failed') {
      const { interaction, body, replyTo } = failed;
      return this.#add({ ...this.#newItem(interaction, body), replyTo }, clientId);
    }
    const words = failed ? null : undeliveredWords(this.state, clientId);
    if (!words) return null;
    const { interaction, text, replyTo } = words;
    return this.#add({ ...this.#newItem(interaction, { kind: 'text', text }), replyTo });
  }

  edit(message: string): void {
    const clientId = this.#outbox.withdraw(message);
    const words = this.#failedWords(clientId);
    if (!words) return;
    const item = this.#outbox.get(clientId);
    const stored = item && this.#outbox.isStored(item) ? clientId : null;
    this.#drafts.takeBack(words.interaction, words, stored, clientId !== message);
    this.#outbox.hide(clientId);
  }

  discard(clientId: string): void {
    this.#outbox.discard(clientId);
  }

  dismissFailure(message: string): void {
    this.#dismissed$.next(message);
  }

  accept(interaction: string): Promise<CommandOutcome> {
    return this.#execute('accept-interaction', { interaction });
  }

  reject(interaction: string): Promise<CommandOutcome> {
    return this.#execute('reject-interaction', { interaction });
  }

  open(interaction: string): Promise<CommandOutcome> {
    return this.#execute('open-interaction', { interaction });
  }

  moveToWorkbin(interaction: string, workbin: string): Promise<CommandOutcome> {
    return this.#execute('move-to-workbin', { interaction, workbin }, this.#outbox.drained$(interaction));
  }

  markDone(interaction: string): Promise<CommandOutcome> {
    return this.#execute('mark-done', { interaction }, this.#outbox.drained$(interaction));
  }

  setStatus(status: AgentStatus, reason: string | null): Promise<CommandOutcome> {
    return this.#execute('set-agent-status', { status, reason });
  }

  changeSettings(change: Partial<AgentSettings>): void {
    this.#settings.change(change);
  }

  retryNow(): void {
    this.#link.retryNow();
  }

  close(): void {
    this.#closed$.next();
    // What was typed last is still stored.
    this.#drafts.close();
    this.#files.close();
    this.#outbox.close();
    this.#unread.close();
    this.#settings.close();
    this.#offlineCopy.close();
    this.#subscription.unsubscribe();
    this.#link.close();
    this.#selected$.complete();
  }

  /** @param instead Of the failed message whose place it takes. @returns Its client id; null when another has that place. */
  #add(item: OutboxItem, instead?: string): string | null {
    return this.#outbox.add([item], { message: instead }) ? item.clientId : null;
  }

  #newItem(interaction: string, body: OutboundContent): OutboxItem {
    const createdAt = this.clock.now();
    return {
      v: 1,
      clientId: this.#platform.newId(),
      lane: this.state.interactions.get(interaction)?.contact.id ?? interaction,
      interaction,
      createdAt,
      expiresAt: createdAt + OUTBOX_PATIENCE,
      batch: null,
      replyTo: null,
      body,
      step: { at: 'queued' },
    };
  }

  #failedWords(clientId: string): Words | null {
    const item = this.#outbox.get(clientId);
    if (!item) return undeliveredWords(this.state, clientId);
    return item.step.at === 'failed'
      ? { interaction: item.interaction, text: outboundText(item.body), replyTo: item.replyTo }
      : null;
  }

  /** @param before What must have happened first: a farewell must not be overtaken by the end of the conversation. */
  #execute<N extends CommandName>(
    name: N,
    args: CommandArgs[N],
    before: Observable<unknown> = of(null),
  ): Promise<CommandOutcome> {
    const id = this.#platform.newId();
    this.#ownCommands.add(id);
    const command = { id, name, args } as unknown as Command;
    return executeNow(command, before, this.#commands);
  }

  /** What has left the desk is not in front any more; what it ended in is, in its place. */
  #follow(): Observable<unknown> {
    const { store } = this.#link;
    const emptied$ = store.state$.pipe(
      filter((state) => state === EMPTY_STATE),
      map(() => null),
    );
    return merge(emptied$, store.folded$.pipe(map(endingIn))).pipe(
      map((ending) => ({ ending, now: store.state.interactions })),
      pairwise(),
      filter(([before, { now }]) => before.now !== now),
      tap(([{ now: before }, { ending, now }]) => {
        const selected = this.#selected$.value;
        if (selected === null || !before.has(selected) || now.has(selected)) return;
        // A snapshot tells of no ending, but of what has ended in what is there.
        const into = ending?.interaction === selected ? ending.into : successorOf(now, selected);
        this.select(into !== null && now.has(into) ? into : null);
      }),
    );
  }
}

function storageState(scope: AgentScope | null): Observable<StorageState> {
  return scope ? scope.storage.state$ : of('opening');
}
