import {
  asyncScheduler,
  combineLatest,
  debounceTime,
  distinctUntilChanged,
  filter,
  groupBy,
  map,
  merge,
  mergeMap,
  throttleTime,
} from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import type { CommandArgs, Interaction } from '../../model/index.js';
import type { Store } from '../state/index.js';

/** How long a message must be in front before it counts as seen, in milliseconds. */
export const SEEN_AFTER = 1_000;

/** How often WhatsApp is told that somebody still writes, in milliseconds: it shows that for 25 seconds. */
export const TYPING_REPEAT = 20_000;

export interface ReadMarksOptions {
  readonly store: Pick<Store, 'state' | 'state$'>;
  /** The interaction that the agent can see on this page. */
  readonly looking$: Observable<string | null>;
  /** The interaction in which the agent has just typed something. */
  readonly writing$: Observable<string>;
  readonly scheduler?: SchedulerLike;
}

/** What the contact centre is told of what the agent has in front and answers, as far as it wants to know. */
export function readMarks({
  store,
  looking$,
  writing$,
  scheduler = asyncScheduler,
}: ReadMarksOptions): Observable<CommandArgs['mark-read']> {
  const seen$ = combineLatest([looking$, store.state$]).pipe(
    map(([interaction]) => (wants(store, 'seen') ? waitingIn(store, interaction) : null)),
    distinctUntilChanged((a, b) => a?.interaction === b?.interaction && a?.message === b?.message),
    debounceTime(SEEN_AFTER, scheduler),
    filter((place) => place !== null),
    map((place) => ({ ...place, typing: false })),
  );
  const typing$ = writing$.pipe(
    filter(() => wants(store, 'writing')),
    groupBy((interaction) => interaction),
    mergeMap((ofOne$) => ofOne$.pipe(throttleTime(TYPING_REPEAT, scheduler))),
    map((interaction) => waitingIn(store, interaction)),
    filter((place) => place !== null),
    map((place) => ({ ...place, typing: true })),
  );
  return merge(seen$, typing$);
}

function wants({ state }: ReadMarksOptions['store'], when: 'seen' | 'writing'): boolean {
  const { readReceipts, typingIndicator } = state.policy;
  return state.features.includes('mark-read') && (typingIndicator === when || readReceipts === when);
}

/** The contact's message that is the last one in an interaction of this agent's; null where there is none. */
function waitingIn(
  { state }: ReadMarksOptions['store'],
  id: string | null,
): { readonly interaction: string; readonly message: string } | null {
  const interaction: Interaction | undefined = id === null ? undefined : state.interactions.get(id);
  const last = interaction?.lastMessage;
  const isMine = interaction?.state === 'active' && interaction.agent === state.agent?.id;
  return isMine && last?.direction === 'inbound' ? { interaction: interaction.id, message: last.id } : null;
}
