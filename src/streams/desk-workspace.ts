import {
  BehaviorSubject,
  ReplaySubject,
  Subscription,
  distinctUntilChanged,
  filter,
  map,
  merge,
  of,
  pairwise,
  shareReplay,
  switchMap,
  takeUntil,
  tap,
} from 'rxjs';
import type { Observable } from 'rxjs';
import type {
  AgentStatus,
  Clock,
  Command,
  CommandArgs,
  CommandName,
  Interaction,
  OutboxItem,
  WorkspaceState,
} from '../model/index.js';
import type { TransportAdapter } from '../transport/adapter.js';
import { attention } from './attention.js';
import { pursued } from './commands.js';
import type { CommandOptions } from './commands.js';
import { openDesks } from './desk.js';
import type { Desk } from './desk.js';
import { Drafts } from './drafts.js';
import { Link } from './link.js';
import type { LinkOptions } from './link.js';
import { lookedAt, lookingHere } from './looking.js';
import { Outbox } from './outbox.js';
import type { PagingOptions } from './paging.js';
import type { WorkspacePlatform } from './platform.js';
import { Transcripts } from './transcripts.js';
import { Unread } from './unread.js';
import { undeliveredWords } from './words.js';
import type { Words } from './words.js';
import { Workbins } from './workbins.js';
import type {
  Attention,
  CommandOutcome,
  Connection,
  StorageState,
  TranscriptView,
  WorkbinView,
  Workspace,
} from './workspace.js';

export interface DeskWorkspaceOptions extends Omit<LinkOptions, 'nudge$'> {
  readonly transport: TransportAdapter;
  readonly platform: WorkspacePlatform;
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

  readonly #platform: WorkspacePlatform;
  readonly #link: Link;
  readonly #outbox: Outbox;
  readonly #drafts: Drafts;
  readonly #unread: Unread;
  readonly #transcripts: Transcripts;
  readonly #workbins: Workbins;
  readonly #commands: CommandOptions;
  readonly #selected$ = new BehaviorSubject<string | null>(null);
  readonly #closed$ = new ReplaySubject<void>(1);
  readonly #subscription = new Subscription();
  readonly #interactions = new Map<string, Observable<Interaction | null>>();

  constructor({ transport, platform, random, scheduler }: DeskWorkspaceOptions) {
    const { visible$, locks } = platform;
    const nudge$ = merge(risesOf(platform.online$), risesOf(visible$));
    const linkOptions = { transport, nudge$, random, scheduler };
    const link = new Link(linkOptions);
    const { store, connection$, online$, ready$ } = link;
    const closed$ = this.#closed$;
    const selected$ = this.#selected$;
    const desk$ = openDesks(link.identity$, platform).pipe(replayed());
    const interactions$ = store.select(({ interactions }) => interactions);
    const sending = { send: (command: Command) => transport.send(command), random, scheduler };
    const query: PagingOptions['query'] = (wanted) => transport.query(wanted);
    const paging = { store, query, ready$, closed$, scheduler };

    this.#platform = platform;
    this.#link = link;
    this.#outbox = new Outbox({ ...sending, store, desk$, online$, locks });
    this.#drafts = new Drafts({ desk$, visible$, scheduler });
    this.#unread = new Unread({ desk$, interactions$, looking$: lookingHere(selected$, visible$) });
    this.#transcripts = new Transcripts(paging);
    this.#workbins = new Workbins(paging);
    // Nobody's wish is carried out in the name of another.
    this.#commands = { ...sending, connection$, closed$: merge(closed$, link.left$) };
    const lookedAt$ = lookedAt({ desk$, selected$, visible$, tab: platform.newId(), scheduler });

    this.clock = link.clock;
    this.state$ = store.state$;
    this.connection$ = connection$;
    this.outbox$ = this.#outbox.items$;
    this.storage$ = desk$.pipe(switchMap(storageState), takeUntil(closed$));
    this.selected$ = selected$.asObservable();
    this.unread$ = this.#unread.counts$.pipe(takeUntil(closed$));
    this.attention$ = attention(interactions$, lookedAt$).pipe(takeUntil(closed$), replayed());
    // Subscribed to also when no element asks: other tabs want to know what can be seen here.
    this.#subscription.add(this.attention$.subscribe());
    this.#subscription.add(this.#tidy(desk$).subscribe());
    this.#subscription.add(this.#follow(interactions$).subscribe());
    link.open(linkOptions);
  }

  get state(): WorkspaceState {
    return this.#link.store.state;
  }

  interaction$(interaction: string): Observable<Interaction | null> {
    const known = this.#interactions.get(interaction);
    if (known) return known;
    const made = this.#link.store.select(({ interactions }) => interactions.get(interaction) ?? null);
    this.#interactions.set(interaction, made);
    return made;
  }

  transcript$(interaction: string): Observable<TranscriptView> {
    return this.#transcripts.view$(interaction);
  }

  loadOlder(interaction: string): void {
    this.#transcripts.loadOlder(interaction);
  }

  draft$(interaction: string): Observable<string> {
    return this.#drafts.text$(interaction);
  }

  saveDraft(interaction: string, text: string): void {
    this.#drafts.save(interaction, text);
  }

  workbin$(workbin: string): Observable<WorkbinView> {
    return this.#workbins.view$(workbin);
  }

  loadMoreOfWorkbin(workbin: string): void {
    this.#workbins.loadMore(workbin);
  }

  select(interaction: string | null): void {
    if (interaction !== this.#selected$.value) this.#selected$.next(interaction);
  }

  sendText(interaction: string, text: string): string {
    const item = this.#newItem(interaction, text);
    this.#outbox.add(item, 'forget');
    this.#drafts.sent(interaction);
    return item.clientId;
  }

  resend(clientId: string): void {
    if (this.#outbox.sendAgain(clientId)) return;
    const words = this.#failedWords(clientId);
    if (!words) return;
    // Stored before the old one is thrown away: nothing between the two loses the words.
    this.#outbox.add(this.#newItem(words.interaction, words.text), 'keep');
    this.#outbox.discard(clientId);
  }

  edit(clientId: string): void {
    const words = this.#failedWords(clientId);
    if (!words) return;
    const typed = this.#drafts.get(words.interaction);
    this.#drafts.save(words.interaction, typed === '' ? words.text : `${words.text}\n${typed}`);
    this.#drafts.flush();
    this.#outbox.discard(clientId);
  }

  discard(clientId: string): void {
    this.#outbox.discard(clientId);
  }

  accept(interaction: string): Promise<CommandOutcome> {
    return this.#wish('accept-interaction', { interaction });
  }

  reject(interaction: string): Promise<CommandOutcome> {
    return this.#wish('reject-interaction', { interaction });
  }

  open(interaction: string): Promise<CommandOutcome> {
    return this.#wish('open-interaction', { interaction });
  }

  moveToWorkbin(interaction: string, workbin: string): Promise<CommandOutcome> {
    return this.#wish('move-to-workbin', { interaction, workbin }, this.#outbox.drained$(interaction));
  }

  markDone(interaction: string): Promise<CommandOutcome> {
    return this.#wish('mark-done', { interaction }, this.#outbox.drained$(interaction));
  }

  setStatus(status: AgentStatus, reason: string | null): Promise<CommandOutcome> {
    return this.#wish('set-agent-status', { status, reason });
  }

  retryNow(): void {
    this.#link.retryNow();
  }

  close(): void {
    this.#closed$.next();
    // What was typed last is still stored.
    this.#drafts.close();
    this.#outbox.close();
    this.#unread.close();
    this.#subscription.unsubscribe();
    this.#link.close();
    this.#selected$.complete();
  }

  #newItem(interaction: string, text: string): OutboxItem {
    return {
      clientId: this.#platform.newId(),
      interaction,
      contact: this.state.interactions.get(interaction)?.contact.id ?? interaction,
      content: { kind: 'text', text },
      createdAt: this.clock.now(),
      state: 'queued',
      error: null,
    };
  }

  #failedWords(clientId: string): Words | null {
    const item = this.#outbox.get(clientId);
    if (!item) return undeliveredWords(this.state, clientId);
    return item.state === 'failed' ? { interaction: item.interaction, text: item.content.text } : null;
  }

  /** @param before What must have happened first: a farewell must not be overtaken by the end of the conversation. */
  #wish<N extends CommandName>(
    name: N,
    args: CommandArgs[N],
    before: Observable<unknown> = of(null),
  ): Promise<CommandOutcome> {
    const command = { id: this.#platform.newId(), name, args } as unknown as Command;
    return pursued(command, before, this.#commands);
  }

  /** Forgets what belongs to an interaction that is over. */
  #tidy(desk$: Observable<Desk | null>): Observable<unknown> {
    const done$ = this.#link.store.folded$.pipe(
      map((input) =>
        input.kind === 'event' && input.event.type === 'interaction-done' ? input.event : null,
      ),
      map((event) => event?.interaction ?? null),
      filter((interaction) => interaction !== null),
    );
    return desk$.pipe(
      switchMap((desk) => done$.pipe(map((interaction) => ({ desk, interaction })))),
      tap(({ desk, interaction }) => {
        this.#drafts.forget(interaction);
        this.#unread.forget(interaction);
        desk?.storage.write((storage) => storage.forget(interaction));
      }),
    );
  }

  /** What has left the desk is not in front any more. */
  #follow(interactions$: Observable<ReadonlyMap<string, Interaction>>): Observable<unknown> {
    return interactions$.pipe(
      pairwise(),
      tap(([before, now]) => {
        const selected = this.#selected$.value;
        if (selected !== null && before.has(selected) && !now.has(selected)) this.select(null);
      }),
    );
  }
}

function replayed<T>(): (source: Observable<T>) => Observable<T> {
  return shareReplay({ bufferSize: 1, refCount: true });
}

function risesOf(flag$: Observable<boolean>): Observable<unknown> {
  return flag$.pipe(
    distinctUntilChanged(),
    pairwise(),
    filter(([, now]) => now),
  );
}

function storageState(desk: Desk | null): Observable<StorageState> {
  return desk ? desk.storage.state$ : of('opening');
}
