import { BehaviorSubject, EMPTY, filter, startWith, switchMap, tap } from 'rxjs';
import type { Observable, Subscription } from 'rxjs';
import { DEFAULT_SETTINGS, settingsOf } from '../../model/index.js';
import type { AgentSettings } from '../../model/index.js';
import type { AgentScope } from '../storage/index.js';

/** Under which name they are stored. */
const NAME = 'settings';

/** The agent's own settings, kept over reloads and the same in all tabs. Those of one agent are never another's. */
export class Settings {
  readonly #settings$ = new BehaviorSubject<AgentSettings>(DEFAULT_SETTINGS);
  readonly #subscription: Subscription;
  #scope: AgentScope | null = null;
  /** Chosen here, and not known to be stored: what is read meanwhile is older. */
  #unsaved: Partial<AgentSettings> = {};

  /** Replays. */
  readonly settings$: Observable<AgentSettings> = this.#settings$.asObservable();

  constructor(scope$: Observable<AgentScope | null>) {
    this.#subscription = scope$.pipe(switchMap((scope) => this.#follow(scope))).subscribe();
  }

  change(change: Partial<AgentSettings>): void {
    this.#settings$.next({ ...this.#settings$.value, ...change });
    this.#unsaved = { ...this.#unsaved, ...change };
    if (this.#scope) this.#write(this.#scope);
  }

  close(): void {
    this.#subscription.unsubscribe();
    this.#settings$.complete();
  }

  #follow(scope: AgentScope | null): Observable<unknown> {
    const hadDesk = this.#scope !== null;
    this.#scope = scope;
    if (!scope) {
      if (hadDesk) {
        this.#unsaved = {};
        this.#settings$.next(DEFAULT_SETTINGS);
      }
      return EMPTY;
    }
    if (Object.keys(this.#unsaved).length > 0) this.#write(scope);
    return scope.tabs.messages$('changed').pipe(
      filter(({ what }) => what === 'settings'),
      startWith(null),
      switchMap(() => scope.storage.read((storage) => storage.remembered(NAME), null)),
      tap((stored) => {
        if (stored) this.#settings$.next({ ...settingsOf(stored.value), ...this.#unsaved });
      }),
    );
  }

  /** Only what was chosen: the rest may have been chosen in another tab, or be of a later version. */
  #write(scope: AgentScope): void {
    let change: Partial<AgentSettings> | undefined;
    scope.storage
      .write((storage) =>
        storage.remember(NAME, (stored) => {
          // As things are by then: tried again behind a later choice, it must not undo that.
          if (this.#scope === scope) change = this.#unsaved;
          return { ...(stored as object | undefined), ...change };
        }),
      )
      .subscribe((done) => {
        if (!done || this.#scope !== scope) return;
        // What has been chosen since is written with all of it.
        if (this.#unsaved === change) this.#unsaved = {};
        scope.tabs.postChanged('settings');
      });
  }
}
