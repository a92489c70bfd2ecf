import { delay, filter, map, merge, switchMap, tap } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { isEmptyDraft, joinDrafts } from '../../model/index.js';
import type { Unread } from '../attention/index.js';
import type { Drafts } from '../drafts/index.js';
import type { Outbox } from '../outbox/index.js';
import type { Store } from '../state/index.js';
import type { AgentScope } from '../storage/index.js';
import { endingIn, endings } from './ending.js';
import type { Ending } from './ending.js';

export interface TidyOptions {
  readonly store: Store;
  readonly scope$: Observable<AgentScope | null>;
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  readonly unread: Unread;
  readonly scheduler?: SchedulerLike;
}

/** Forgets what belongs to an interaction that is over; what it ended in takes over what was written and has not gone. */
export function tidy(options: TidyOptions): Observable<unknown> {
  const { store, scope$, outbox, drafts, unread } = options;
  const heard$ = store.folded$.pipe(
    map(endingIn),
    filter((ending) => ending !== null),
  );
  return scope$.pipe(
    switchMap((scope) => merge(heard$, unheard(options)).pipe(map((ending) => ({ scope, ending })))),
    tap(({ scope, ending }) => {
      const { interaction, into } = ending;
      // In a conversation of somebody else there is no place for what was written: it stays where it is.
      const successor = into === null ? null : store.state.interactions.get(into);
      if (successor === undefined) return;
      if (successor) outbox.move(interaction, successor);
      handOverDraft(drafts, ending);
      drafts.forget(interaction);
      unread.forget(interaction);
      scope?.storage.write((storage) => storage.forget(interaction));
    }),
  );
}

/** What ended while there was no link, and was told by a snapshot alone, as often as something of it comes to light. */
function unheard({ store, outbox, drafts, scheduler }: TidyOptions): Observable<Ending> {
  return endings(store).pipe(
    switchMap((now) =>
      merge(
        ...now.map((ending) =>
          merge(
            drafts.draft$(ending.interaction).pipe(filter((draft) => !isEmptyDraft(draft))),
            outbox.items$.pipe(
              filter((items) => items.some(({ interaction }) => interaction === ending.interaction)),
            ),
          ).pipe(map(() => ending)),
        ),
      ),
    ),
    // Drafts are told one by one as they are read: the other one's has to be there too.
    delay(0, scheduler),
  );
}

/** What was prepared in an interaction goes over into the one that it ended in: the same in all tabs, which all do it. */
function handOverDraft(drafts: Drafts, { interaction, into }: Ending): void {
  const draft = drafts.get(interaction);
  if (into === null || isEmptyDraft(draft)) return;
  drafts.save(into, joinDrafts(draft, drafts.get(into)));
  // Stored before the other one is removed.
  drafts.flush();
}
