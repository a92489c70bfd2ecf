import {
  BehaviorSubject,
  EMPTY,
  Subject,
  Subscription,
  asyncScheduler,
  auditTime,
  distinctUntilChanged,
  filter,
  from,
  map,
  merge,
  switchMap,
  tap,
} from 'rxjs';
import type { Observable } from 'rxjs';
import {
  EMPTY_DRAFT,
  isEmptyDraft,
  joinDrafts,
  sameDraft,
  withEntry,
  withTaken,
  withoutEntry,
  withoutTaken,
} from '../../model/index.js';
import type { Draft, DraftAttachment, TakenWords } from '../../model/index.js';
import type { AgentScope } from '../storage/index.js';
import { looks } from '../tabs/index.js';
import type { LookOptions } from '../tabs/index.js';
import { OBSERVED, RecentlyMade, SerialSubject } from '../operators/index.js';
import type { DraftSaved, Replaced } from '../platform.js';

/** How far what is stored may lag behind what is typed, in milliseconds. */
export const DRAFT_LAG = 250;

export interface DraftOptions extends LookOptions {
  readonly scope$: Observable<AgentScope | null>;
}

type StoredDrafts = ReadonlyMap<string, Draft>;

/** A failed message on the disk whose words stand in a draft. */
interface Taken {
  readonly clientId: string;
  /** What leaves the draft again where another tab has made something else of the message; null where it was this tab that did. */
  readonly words: TakenWords | null;
}

/** What the agent has prepared and not sent, by interaction: kept over reload and crash, and the same in all tabs of the agent. */
export class Drafts {
  readonly #drafts$ = new SerialSubject<StoredDrafts>(new Map());
  #drafts: StoredDrafts = new Map();
  readonly #typed$ = new Subject<void>();
  /** Typed here, and not known to be stored: of each what is being written, or null when nothing is. */
  readonly #unsaved = new Map<string, Draft | null>();
  /** Changed here before it was known what is stored: that must not be written over. */
  readonly #unread = new Set<string>();
  /** Changed here, and not known to be so on the disk: other writes than those of this class carry some of it. */
  readonly #own = new Set<string>();
  /** By interaction: failed messages whose words its draft has, and which leave the disk with its storing. */
  readonly #taken = new Map<string, readonly Taken[]>();
  /** By interaction: as the disk was last known to have it, and what may stand there by what this tab has written since. Anything else is another tab's. */
  readonly #known = new Map<string, readonly Draft[]>();
  /** Changed here since the disk was asked: what it answers is older. null while it is not being asked. */
  #changed: Set<string> | null = null;
  readonly #observables = new RecentlyMade(OBSERVED, (interaction: string) => this.#observe(interaction));
  readonly #subscription = new Subscription();
  readonly #read$ = new BehaviorSubject(false);
  #scope: AgentScope | null = null;

  /** Whether what is stored is known. Replays. */
  readonly read$: Observable<boolean> = this.#read$.pipe(distinctUntilChanged());

  constructor(options: DraftOptions) {
    const { scope$, visible$, scheduler = asyncScheduler } = options;
    const hidden$ = visible$.pipe(filter((visible) => !visible));
    // Not debounced: who types without a pause would lose it all.
    const due$ = merge(this.#typed$.pipe(auditTime(DRAFT_LAG, scheduler)), hidden$);
    this.#subscription.add(due$.subscribe(() => this.flush()));
    this.#subscription.add(
      scope$
        .pipe(
          tap((scope) => this.#use(scope)),
          switchMap((scope) => (scope ? this.#follow(scope, options) : EMPTY)),
        )
        .subscribe(),
    );
  }

  /** Replays; empty when there is none. The same observable for the same interaction. */
  draft$(interaction: string): Observable<Draft> {
    return this.#observables.get(interaction);
  }

  get(interaction: string): Draft {
    return this.#drafts.get(interaction) ?? EMPTY_DRAFT;
  }

  /** Whether some draft has a file. */
  names(file: string): boolean {
    return [...this.#drafts.values()].some(({ attachments }) => attachments.some(({ id }) => id === file));
  }

  save(interaction: string, draft: Draft): void {
    if (sameDraft(draft, this.get(interaction))) return;
    this.#change(interaction, draft);
    this.#type(interaction);
  }

  /**
   * A text is being sent, and files. If the draft says just that, its words are cleared, and the message answers what the draft did; what else was prepared
   * stays.
   * @returns What the storing of the messages is to take the place of, and what the first one answers.
   */
  sent(
    interaction: string,
    text: string,
    files: readonly DraftAttachment[] = [],
  ): Required<Replaced>['draft'] & Pick<Draft, 'replyTo'> {
    const draft = this.get(interaction);
    const attachments = draft.attachments.filter(({ id }) => !files.some((one) => one.id === id));
    const own = draft.text.trim() === text.trim();
    const changes = own || attachments.length < draft.attachments.length;
    // Should what stands there now not be stored in time, what was before goes in its place.
    const gone = changes ? [draft, ...this.#knownOf(interaction)] : [];
    if (changes) {
      // Until the message is stored, its words are safe as the draft.
      this.flush();
      const rest = { ...draft, ...(own && { text: '', replyTo: null, unfilled: [] }), attachments };
      this.#change(interaction, rest);
      this.#expect(interaction, rest);
      // The storing of the message clears what is stored; before the storage is open, its clearing is still to be asked for.
      if (this.#scope && !this.#taken.get(interaction)?.length) this.#unsaved.delete(interaction);
      if (!isEmptyDraft(rest)) this.#type(interaction);
    }
    // A file that another tab has attached meanwhile is in no message.
    const isKnown = ({ attachments: there }: Draft): boolean =>
      there.every(({ id }) => draft.attachments.some((one) => one.id === id));
    const isSent = (stored: Draft): boolean =>
      (stored.text.trim() === text.trim() && isKnown(stored)) ||
      gone.some((one) => !isEmptyDraft(one) && sameDraft(stored, one));
    return { interaction, isSent, replyTo: own ? draft.replyTo : null };
  }

  /**
   * The words of a failed message stand in the draft again, and are stored with its removal.
   * @param clientId null when it is not on the disk.
   * @param isReplaced Whether this tab was sending it anew: should that be stored after all, the words are in no other tab.
   */
  takeBack(interaction: string, words: TakenWords, clientId: string | null, isReplaced: boolean): void {
    if (clientId !== null) {
      const taken = { clientId, words: isReplaced ? null : words };
      this.#taken.set(interaction, [...(this.#taken.get(interaction) ?? []), taken]);
    }
    this.#change(interaction, withTaken(this.get(interaction), words));
    this.#unsaved.set(interaction, null);
    this.flush();
  }

  /** The interaction is over. */
  forget(interaction: string): void {
    this.#change(interaction, EMPTY_DRAFT);
    this.#expect(interaction, EMPTY_DRAFT);
    this.#unsaved.delete(interaction);
  }

  /** Stores what has been typed now. */
  flush(): void {
    const scope = this.#scope;
    if (!scope) return;
    for (const [interaction, writing] of this.#unsaved) {
      // When the disk has been read, this is called again.
      if (this.#unread.has(interaction)) continue;
      const asked = this.get(interaction);
      // What waits to be stored is stored as it is by then.
      if (writing && (scope.storage.waits || sameDraft(writing, asked))) continue;
      this.#unsaved.set(interaction, asked);
      // Told before it is done as well: should this tab die meanwhile, those that look now find it a moment later.
      scope.tabs.postChanged('drafts');
      let draft = asked;
      let taken: readonly Taken[] = [];
      scope.storage
        .write((storage) => {
          // Sent meanwhile.
          if (this.#scope !== scope || !this.#unsaved.has(interaction)) return EMPTY;
          draft = this.get(interaction);
          taken = this.#taken.get(interaction) ?? [];
          this.#expect(interaction, draft);
          const ids = taken.map(({ clientId }) => clientId);
          return from(storage.saveDraft(interaction, isEmptyDraft(draft) ? null : draft, ids)).pipe(
            tap((saved) => this.#restore(interaction, draft, taken, saved)),
          );
        })
        .pipe(filter((done) => done && this.#scope === scope))
        .subscribe(() => {
          scope.tabs.postChanged('drafts');
          if (taken.length > 0) scope.tabs.postChanged('outbox');
          if (this.#unsaved.get(interaction) === asked) this.#written(interaction, draft);
        });
    }
  }

  close(): void {
    // Nobody is there any more to put it behind what is stored: what was written last counts.
    this.#unread.clear();
    this.flush();
    this.#subscription.unsubscribe();
    this.#drafts$.complete();
  }

  #use(scope: AgentScope | null): void {
    this.#scope = scope;
    this.#read$.next(false);
    // What the former one could not store is written by this one.
    for (const interaction of this.#unsaved.keys()) this.#unsaved.set(interaction, null);
    if (scope) return;
    for (const kept of [this.#unsaved, this.#unread, this.#own, this.#taken, this.#known]) kept.clear();
    this.#tell(new Map());
  }

  #follow(scope: AgentScope, options: DraftOptions): Observable<unknown> {
    const { storage, tabs } = scope;
    return merge(
      storage.outdated$.pipe(tap(() => this.flush())),
      looks(tabs, 'drafts', options).pipe(
        switchMap(() => {
          this.#changed = new Set();
          // What is still being written may not be there yet.
          const { reliable } = storage;
          return storage
            .read<StoredDrafts | null>((stored) => stored.drafts(), null)
            .pipe(
              tap((stored) => {
                if (stored) this.#take(stored, reliable);
                // What cannot be read is not waited for.
                else if (storage.disk) this.#unread.clear();
                this.#changed = null;
                this.flush();
                if (stored) this.#read$.next(true);
              }),
            );
        }),
      ),
    );
  }

  #observe(interaction: string): Observable<Draft> {
    return this.#drafts$.pipe(
      map((drafts) => drafts.get(interaction) ?? EMPTY_DRAFT),
      distinctUntilChanged(),
    );
  }

  /** Only what is on the disk as it stands is not written again. */
  #written(interaction: string, draft: Draft): void {
    if (sameDraft(draft, this.get(interaction))) {
      this.#unsaved.delete(interaction);
      this.#own.delete(interaction);
    } else {
      this.#unsaved.set(interaction, null);
      this.flush();
    }
  }

  /**
   * What has been typed here meanwhile wins over what the disk says.
   * @param reliable Whether all that was ever to be stored has been: else what was changed here is newer, until the disk has said the same.
   */
  #take(stored: StoredDrafts, reliable: boolean): void {
    for (const interaction of new Set([...stored.keys(), ...this.#known.keys(), ...this.#own])) {
      const draft = stored.get(interaction) ?? EMPTY_DRAFT;
      const written = this.get(interaction);
      // It stands behind what is stored; where nothing is left of it, the disk has its say.
      if (this.#unread.delete(interaction)) {
        if (isEmptyDraft(written)) this.#unsaved.delete(interaction);
        else if (!this.#isKnown(interaction, draft)) this.#set(interaction, joinDrafts(draft, written));
        this.#known.set(interaction, [draft]);
      }
      if (this.#unsaved.has(interaction) || this.#changed?.has(interaction)) continue;
      if (reliable || sameDraft(draft, written)) this.#own.delete(interaction);
      if (this.#own.has(interaction)) continue;
      this.#known.set(interaction, [draft]);
      this.#set(interaction, draft);
    }
  }

  #knownOf(interaction: string): readonly Draft[] {
    return this.#known.get(interaction) ?? [EMPTY_DRAFT];
  }

  #isKnown(interaction: string, draft: Draft): boolean {
    return this.#knownOf(interaction).some((one) => sameDraft(one, draft));
  }

  /** It may stand on the disk from now on. */
  #expect(interaction: string, draft: Draft): void {
    const known = this.#knownOf(interaction);
    if (known.at(-1) !== draft) this.#known.set(interaction, [...known, draft]);
  }

  /**
   * What was written may have taken the place of what this tab did not know of, and may have words of messages of which another tab has made something
   * else: what was there stands before it then, and those words go.
   */
  #restore(
    interaction: string,
    written: Draft,
    taken: readonly Taken[],
    { before = EMPTY_DRAFT, gone }: DraftSaved,
  ): void {
    const known = this.#knownOf(interaction);
    const isOwn = this.#isKnown(interaction, before);
    this.#known.set(interaction, known.slice(known.indexOf(written)));
    const waiting = this.#taken.get(interaction) ?? [];
    this.#taken.set(
      interaction,
      waiting.filter((one) => !taken.includes(one)),
    );
    // What another tab has written too is in its place.
    if (sameDraft(before, written)) return;
    let draft = this.get(interaction);
    for (const { clientId, words } of waiting)
      if (words && gone.includes(clientId)) draft = withoutTaken(draft, words);
    if (!isOwn && !isEmptyDraft(before))
      draft = sameDraft(draft, known[0] ?? EMPTY_DRAFT) ? before : joinDrafts(before, draft);
    this.save(interaction, draft);
  }

  /** What stands there now is to be stored. */
  #type(interaction: string): void {
    this.#unsaved.set(interaction, this.#unsaved.get(interaction) ?? null);
    this.#typed$.next();
  }

  #change(interaction: string, draft: Draft): void {
    this.#changed?.add(interaction);
    this.#own.add(interaction);
    if (!this.#read$.value) this.#unread.add(interaction);
    this.#set(interaction, draft);
  }

  #set(interaction: string, draft: Draft): void {
    if (sameDraft(draft, this.get(interaction))) return;
    const drafts = this.#drafts;
    this.#tell(
      isEmptyDraft(draft) ? withoutEntry(drafts, interaction) : withEntry(drafts, interaction, draft),
    );
  }

  #tell(drafts: StoredDrafts): void {
    this.#drafts = drafts;
    this.#drafts$.next(drafts);
  }
}
