import {
  EMPTY,
  Subscription,
  auditTime,
  concatMap,
  defer,
  distinctUntilChanged,
  filter,
  map,
  merge,
  switchMap,
  take,
  takeUntil,
  tap,
} from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { COPY_FORMAT, COPY_KEPT_FOR, newestPage } from '../../model/index.js';
import type { Clock, DeskCopy, Transcript, TranscriptPage, WorkspaceInput } from '../../model/index.js';
import type { AgentScope } from './agent-scope.js';
import { PAGE_SIZE } from '../paging/index.js';
import type { DeskIdentity, StoredCopy } from '../platform.js';
import type { Store } from '../state/index.js';
import type { Connection } from '../workspace.js';

/** How far the copy may lag behind the desk, in milliseconds. */
export const COPY_LAG = 5_000;

export interface OfflineCopyOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly scope$: Observable<AgentScope | null>;
  readonly connection$: Observable<Connection>;
  readonly visible$: Observable<boolean>;
  /** Whom the credentials name. */
  readonly claims: () => DeskIdentity | null;
  /** Opens the desk of an agent who has not been welcomed yet. */
  readonly assume: (identity: DeskIdentity) => void;
  /** Whether a copy is kept at all; else one that was kept is removed. */
  readonly enabled: boolean;
  readonly scheduler: SchedulerLike;
}

/**
 * Keeps the desk as it is now for a reload without a link: interactions, workbins and the newest page of each transcript. Until a try to connect
 * succeeds, that copy is shown, marked by `state.asOf`. It is never more than shown: the first snapshot takes its place.
 */
export class OfflineCopy {
  readonly #options: OfflineCopyOptions;
  readonly #subscription = new Subscription();
  /** The transcripts whose pages are stored, as they were then. */
  readonly #stored = new Map<string, Transcript>();
  #scope: AgentScope | null = null;
  #live = false;

  constructor(options: OfflineCopyOptions) {
    this.#options = options;
    const { scope$, enabled } = options;
    const kept$ = scope$.pipe(
      tap((scope) => this.#takeScope(scope)),
      switchMap((scope) => (scope && enabled ? this.#keep() : EMPTY)),
    );
    this.#subscription.add(kept$.subscribe());
    if (enabled) this.#subscription.add(this.#restore().subscribe((input) => options.store.dispatch(input)));
  }

  close(): void {
    if (this.#options.enabled) this.#save();
    this.#subscription.unsubscribe();
  }

  #takeScope(scope: AgentScope | null): void {
    this.#scope = scope;
    this.#stored.clear();
    if (!this.#options.enabled) scope?.storage.write((storage) => storage.forgetCopy());
  }

  #keep(): Observable<unknown> {
    const { store, connection$, visible$, scheduler } = this.#options;
    let visible = true;
    const hidden$ = visible$.pipe(
      tap((now) => (visible = now)),
      filter((now) => !now),
    );
    // Of several tabs those write that can be seen, and each once more when it is hidden.
    const changed$ = store.state$.pipe(
      auditTime(COPY_LAG, scheduler),
      filter(() => visible),
    );
    const online$ = connection$.pipe(
      map(({ at }) => at === 'online'),
      distinctUntilChanged(),
      tap((online) => {
        // What is known when the link is lost is what was true then.
        if (!online) this.#save();
        this.#live = online;
      }),
    );
    return merge(online$, merge(hidden$, changed$).pipe(tap(() => this.#save())));
  }

  #save(): void {
    const scope = this.#scope;
    const { agent, policy, interactions, workbins, transcripts, cursor } = this.#options.store.state;
    // One that waits to be stored is enough: it would be followed by as many as the desk changes.
    if (!scope || scope.storage.waits || !this.#live || !cursor || agent?.id !== scope.identity.agent) return;
    const copy: DeskCopy = {
      format: COPY_FORMAT,
      at: this.#options.clock.now(),
      agent,
      policy,
      interactions: [...interactions.values()],
      workbins: [...workbins.values()],
    };
    const pages = new Map<string, TranscriptPage | null>();
    for (const id of this.#stored.keys()) if (!interactions.has(id)) pages.set(id, null);
    for (const [id, transcript] of transcripts) {
      if (!interactions.has(id) || this.#stored.get(id) === transcript) continue;
      const page = newestPage(transcript, PAGE_SIZE, cursor);
      if (!page) continue;
      pages.set(id, page);
      this.#stored.set(id, transcript);
    }
    for (const [id, page] of pages) if (!page) this.#stored.delete(id);
    scope.storage.write((storage) => storage.saveCopy(copy, pages));
  }

  /** Emits the copy, once there is one of the agent whom the credentials name, unless a try to connect has succeeded. */
  #restore(): Observable<WorkspaceInput> {
    const { store, scope$, connection$, claims, assume, scheduler } = this.#options;
    const copy$ = defer(() => {
      const claimed = store.state.agent ? null : claims();
      if (!claimed) return EMPTY;
      assume(claimed);
      return scope$.pipe(
        filter((scope) => scope !== null),
        take(1),
        filter(({ identity }) => identity.agent === claimed.agent && identity.issuer === claimed.issuer),
        concatMap(({ storage }) => storage.read((stored) => stored.copy(), null)),
      );
    });
    return connection$.pipe(
      takeUntil(connection$.pipe(filter(({ at }) => at === 'online'))),
      filter(({ at }) => at === 'waiting'),
      concatMap(() => copy$),
      map((stored) => stored && restored(stored, scheduler.now())),
      filter((input) => input !== null),
      take(1),
    );
  }
}

/** null for a copy that is too old, from the future, or in another form. */
function restored({ desk, pages, at }: StoredCopy, now: number): WorkspaceInput | null {
  if (Math.abs(now - at) > COPY_KEPT_FOR) return null;
  const copy = desk as DeskCopy | null;
  if (copy?.format !== COPY_FORMAT) return null;
  return { kind: 'restored', copy, pages: pages as ReadonlyMap<string, TranscriptPage> };
}
