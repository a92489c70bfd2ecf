import { combineLatest, filter, map, merge, mergeMap, of, switchMap, tap } from 'rxjs';
import type { Observable } from 'rxjs';
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
}

/** Forgets what belongs to an interaction that is over; what it ended in takes over what was written and has not gone. */
export function tidy(options: TidyOptions): Observable<unknown> {
  const { store, scope$, outbox, drafts, unread } = options;
  const tidied$ = scope$.pipe(
    switchMap((scope) =>
      over(options, scope).pipe(
        tap((ending) => {
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
      ),
    ),
  );
  return merge(tidied$, moving(options));
}

/** What is over, heard of or told by a snapshot alone. What ended in another one only once what is stored is known: a draft that was not read would be lost. */
function over({ store, drafts }: TidyOptions, scope: AgentScope | null): Observable<Ending> {
  const known$ = scope
    ? combineLatest([drafts.read$, scope.storage.usable$]).pipe(map(([read, usable]) => read || !usable))
    : of(false);
  const heard$ = store.folded$.pipe(
    map(endingIn),
    filter((ending) => ending !== null),
  );
  // Not as often as a draft is stored: a tab that has not heard of the end yet may be writing there.
  const found$ = endings(store).pipe(
    mergeMap((now) => now),
    filter(({ interaction }) => !isEmptyDraft(drafts.get(interaction))),
  );
  return known$.pipe(
    switchMap((known) => (known ? merge(heard$, found$) : heard$.pipe(filter(({ into }) => into === null)))),
  );
}

/** Moves what waits in an interaction that has ended in another one, as often as something of it comes to light. */
function moving({ store, outbox }: TidyOptions): Observable<unknown> {
  return endings(store).pipe(
    switchMap((now) => outbox.items$.pipe(mergeMap(() => now))),
    tap(({ interaction, into }) => {
      const successor = store.state.interactions.get(into ?? '');
      if (successor) outbox.move(interaction, successor);
    }),
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
